import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readStudyObject } from '../../../src/import/ctgov/read-study.ts'
import { RAW_LEAVES } from '../../../src/import/ctgov/study-shape.ts'
import type { StudyRecord } from '../../../src/model/study-record.ts'
import { ROOT } from '../../scratch.ts'
import { describeFixtures, fixtures } from './fixtures.ts'
import { AS, LEAVES, recordOfLeaves } from './record-of-leaves.ts'

const isRaw = (path: string) =>
  Object.keys(RAW_LEAVES).some(
    (beginning) => path === beginning || (/^[.[]/.test(path.slice(beginning.length)) && path.startsWith(beginning)),
  )

/** Everything that a study's rows hold, as texts. */
function heldBy({ rows, vocabulary }: StudyRecord): { readonly values: ReadonlySet<string>; readonly all: string } {
  const values = new Set<string>()
  const texts: string[] = []
  for (const list of [...Object.values(rows), ...Object.values(vocabulary)])
    for (const row of list as readonly object[])
      for (const value of Object.values(row)) {
        if (value === null) continue
        values.add(String(value))
        if (typeof value === 'string') {
          values.add(value.toLowerCase())
          texts.push(value)
        }
      }
  return { values, all: texts.join('\n') }
}

const YES_NO = { true: 'yes', false: 'no' } as const

/** Whether rows hold a leaf's value: as it is, as a number, as one of the model's words, or within a longer text. */
function holds({ values, all }: ReturnType<typeof heldBy>, value: unknown): boolean {
  const text = String(value).trim()
  if (text === '' || values.has(text)) return true
  if (typeof value === 'boolean' || /^(?:true|false)$/.test(text))
    return values.has(YES_NO[text as keyof typeof YES_NO]) || values.has(text)
  const word = text.toLowerCase()
  // Two phases are one word of the model's, and that a denominator is one of participants its column says.
  const phase = /^(?:early_)?phase(\d)$/.exec(word)?.[1]
  if (phase !== undefined) return [...values].some((held) => held.includes('phase_') && held.includes(phase))
  if (word === 'participants') return true
  return (
    values.has(word) ||
    values.has(word.replaceAll('_', ' ')) ||
    values.has(word.replace(/[\s-]+/g, '_')) ||
    values.has(AS[text] ?? text) ||
    values.has(String(Number(text.replaceAll(',', '')))) ||
    values.has(String(Number(`${Number(text)}e-2`))) ||
    all.includes(text) ||
    // "Drug: Tadalafil" is a link to the intervention of that name and kind.
    all.includes(text.replace(/^[^:]+: /, '')) ||
    // Criteria are told apart by their headings and marks, which no row keeps.
    text
      .split('\n')
      .every(
        (line) =>
          all.includes(line.replace(/^\s*(?:[*•·–-]|\d{1,2}[.)]|[a-z][.)])\s+/, '').trim()) || /clusion/i.test(line),
      )
  )
}

describe('of the leaves of a record', () => {
  const { record, values } = recordOfLeaves()
  const { unmapped, record: study } = readStudyObject(record)
  const held = heldBy(study)

  test('there are 140 of results', () => {
    expect(LEAVES.filter(({ path }) => path.startsWith('resultsSection.'))).toHaveLength(140)
  })

  test.each(LEAVES)('$path is in a row, or left in the raw record with a reason', ({ path }) => {
    const left = unmapped.some((other) => other === path || other.startsWith(`${path}.`))
    expect(left).toBe(isRaw(path))
    if (!left) expect(holds(held, values.get(path)), `${String(values.get(path))} in a row`).toBe(true)
  })

  test('the record that is spoiled has them all', () => {
    const file = readFileSync(path.join(ROOT, 'test/fixtures/ctgov/all-leaves.json'), 'utf8')
    expect(JSON.parse(file)).toEqual(record)
  })

  test('nothing else is left', () => {
    expect(unmapped.filter((path) => !isRaw(path))).toEqual([])
  })

  test('each reason is of a leaf that there is', () => {
    const idle = Object.keys(RAW_LEAVES).filter((beginning) => !LEAVES.some(({ path }) => path.startsWith(beginning)))
    expect(idle).toEqual([])
  })
})

/** The leaves of a record with their paths, by walking it and nothing else. */
function* leavesOf(value: unknown, path = ''): Generator<readonly [path: string, value: unknown]> {
  if (Array.isArray(value)) for (const item of value) yield* leavesOf(item, `${path}[]`)
  else if (typeof value === 'object' && value !== null)
    for (const [name, item] of Object.entries(value)) yield* leavesOf(item, path === '' ? name : `${path}.${name}`)
  else yield [path, value]
}

describeFixtures('of real records', () => {
  test.each(fixtures('v2', '.json'))('$name every leaf is in a row or told as unmapped', ({ bytes, name }) => {
    const plain: unknown = JSON.parse(bytes.toString())
    if (/NCT(?:55555555|87654321)/.test(name))
      return expect(() => readStudyObject(plain)).toThrow(/designModule: a study is/)
    const { record, unmapped } = readStudyObject(plain)
    const held = heldBy(record)
    const told = new Set(unmapped)
    const lost = [...leavesOf(plain)].filter(
      ([path, value]) => value !== null && !told.has(path) && !holds(held, value),
    )
    expect(lost).toEqual([])
    expect([...told].filter((path) => !isRaw(path))).toEqual([])
  })
})
