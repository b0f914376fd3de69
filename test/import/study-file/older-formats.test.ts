import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readStudyFile } from '../../../src/import/study-file/read-study-file.ts'
import { SEED_FILE } from '../../scratch.ts'
import { fixture, HERE, INVENTED, marked, mistakesIn } from './invented-study.ts'

/** A file of each format that there was, kept as it was written, and the file that says the same today. */
const KEPT = [
  { format: 'evibase-study/1', kept: 'rosenberg-1993-il2-lak.evibase-study-1.yaml', today: SEED_FILE },
] as const

describe.each(KEPT)('a file of the format $format', ({ format, kept, today }) => {
  const bytes = readFileSync(fixture(kept))

  test('is read as what it says today', () => {
    expect(bytes.toString()).toContain(`\nformat: ${format}\n`)
    const { rows, ...record } = readStudyFile(readFileSync(today), 'today.yaml')
    // Nothing could say then that an outcome lies within another.
    const outcome = rows.outcome.map((row) => ({ ...row, parentId: null }))
    expect(readStudyFile(bytes, 'kept.yaml')).toEqual({ ...record, rows: { ...rows, outcome } })
  })
})

test('mistakes of an older file are told at the places where they stand in it', () => {
  const { text, mistakes } = marked(
    INVENTED.replace('format: 1', 'format: evibase-study/1')
      .replace(
        '{ code: overall, experimental: honey, reference: plain }',
        `${HERE}{ code: overall, experimental: honey, reference: honey }`,
      )
      .replace('allocation: randomised', `allocation: ${HERE}tossed`),
    'allocation is "tossed"; expected one of: randomised, non_randomised, not_applicable, or { missing: … }',
    '"honey" is compared with itself; expected two groups',
  )
  expect(mistakesIn(text)).toEqual(mistakes)
})
