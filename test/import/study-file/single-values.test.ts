import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readStudyFile } from '../../../src/index.ts'
import { SEED_FILE } from '../../scratch.ts'

const seed = readFileSync(SEED_FILE, 'utf8')
const read = (from: string, to: string) => {
  if (!seed.includes(from)) throw new Error(`the file lacks ${from}`)
  return readStudyFile(Buffer.from(seed.replace(from, to)), 'study.yaml')
}

test.each([
  ['a zero byte', String.raw`"Rosenberg\0 1993"`],
  ['half of a surrogate pair', String.raw`"Rosenberg \ud800 1993"`],
])('%s written as an escape is refused at its place: no database gives it back', (_, label) => {
  expect(() => read('label: Rosenberg 1993', `label: ${label}`)).toThrow(
    /study\.yaml:8:10: an escaped character that no text can hold/,
  )
})

test('a whole pair written as an escape is a character like any other', () => {
  const { rows } = read('label: Rosenberg 1993', String.raw`label: "Rosenberg \U0001F600 1993"`)
  expect(rows.study[0]?.label).toBe('Rosenberg 😀 1993')
})

test('a whole map can be named once and repeated, as YAML allows', () => {
  const { rows } = readStudyFile(Buffer.from(seed), 'study.yaml')
  const repeated = read(
    'masking: { missing: not_reported }\n  phase: { missing: not_reported }',
    'masking: &unknown { missing: not_reported }\n  phase: *unknown',
  )
  expect(repeated.rows).toEqual(rows)
})

test('one MeSH identifier under two names is refused at the second', () => {
  expect(() => read('mesh: { ui: D008545, name: Melanoma }', 'mesh: { ui: D008545, name: Melanomas }')).toThrow(
    /study\.yaml:\d+:\d+: MeSH D008545 is "Melanoma" here and "Melanomas" elsewhere; expected one name/,
  )
})
