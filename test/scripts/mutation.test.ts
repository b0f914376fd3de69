import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../scratch.ts'
import { environment, finished } from './prisma-project.ts'

interface Tally {
  readonly caught: number
  readonly total: number
}
type Report = Tally & {
  readonly by_kind: Readonly<Record<string, Tally>>
  readonly derived: Tally
  readonly not_held: Tally
  readonly misread: Tally
  readonly escaped: readonly { readonly kind: string; readonly origin: string }[]
}

test('slips in the studies that come with Evibase are caught as the README says, and at least 95 % where the text is held', async () => {
  const { status, stdout } = await finished(
    path.join(ROOT, 'node_modules/.bin/tsx'),
    ['scripts/mutation.ts', '--json'],
    {
      cwd: ROOT,
      env: environment({}),
    },
  )
  expect(status).toBe(0)
  const report = JSON.parse(stdout) as Report
  expect(report.total).toBeGreaterThan(150)
  expect(report.caught / report.total).toBeGreaterThanOrEqual(0.95)
  expect(Object.keys(report.by_kind).length).toBeGreaterThanOrEqual(6)
  const kinds = Object.values(report.by_kind)
  expect(kinds.reduce((sum, { total }) => sum + total, 0)).toBe(report.total)
  const all = [report, report.derived, report.not_held, report.misread]
  expect(report.escaped).toHaveLength(all.reduce((sum, { caught, total }) => sum + total - caught, 0))
  const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8')
  const published = [...readme.matchAll(/^\| .+ \| (\d+ of \d+) \|$/gm)].map(([, figure]) => figure)
  expect(published).toEqual(all.map(({ caught, total }) => `${caught} of ${total}`))
}, 120_000)
