import { expect, test } from 'vitest'
import type { Context } from '../../src/cli/context.ts'
import { progressOf } from '../../src/cli/progress.ts'

/** What stands on the terminal after something that takes as many milliseconds as its steps say. */
function shown(interactive: boolean, steps: readonly (readonly [milliseconds: number, done: number])[], of?: number) {
  const written: string[] = []
  let time = 5_000
  const context = { interactive, show: (text: string) => void written.push(text) } as unknown as Context
  const progress = progressOf(context, () => time)
  for (const [milliseconds, done] of steps) {
    time += milliseconds
    progress.reach(done, 'pages', of)
  }
  progress.end()
  return written
}

test('nothing is written in the first second, nor where nobody watches', () => {
  expect(shown(true, [[999, 10]])).toEqual([])
  expect(
    shown(false, [
      [999, 10],
      [9_000, 20],
    ]),
  ).toEqual([])
})

test('then one line says how far it has come and how fast, and goes at the end', () => {
  expect(
    shown(
      true,
      [
        [500, 1_000],
        [1_500, 4_000],
        [100, 4_100],
        [400, 5_000],
      ],
      8_000,
    ),
  ).toEqual([
    '\r\u001b[K4,000 of 8,000 (50 %) pages, 2,000 a second',
    '\r\u001b[K5,000 of 8,000 (62 %) pages, 2,000 a second',
    '\r\u001b[K',
  ])
  expect(shown(true, [[2_000, 4_000]])).toEqual(['\r\u001b[K4,000 pages, 2,000 a second', '\r\u001b[K'])
})
