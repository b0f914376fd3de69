import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { PUBLICATION_TABLES, STUDY_TABLES } from '../../../src/db/tables.ts'
import { studyFileOf } from '../../../src/export/study-file/study-file-of.ts'
import { writeStudyFile } from '../../../src/export/study-file/write-study-file.ts'
import { readStudyFile } from '../../../src/import/study-file/read-study-file.ts'
import { studyFileSchema } from '../../../src/model/study-file.ts'
import type { StudyRecord } from '../../../src/model/study-record.ts'
import { optionalKeys } from '../../arbitrary/optional-keys.ts'
import { anyStudyFile } from '../../arbitrary/study-file.ts'
import { SEED_FILE } from '../../scratch.ts'
import { sortedRecord } from '../../sorted-record.ts'
import { VOCABULARIES } from '../../vocabularies.ts'

const read = (text: string): StudyRecord => readStudyFile(Buffer.from(text), 'any.yaml', VOCABULARIES)

// What a person may write, a record, and back: fast-check prints the seed of a study that doesn't come back.
test('any study makes the same record again when it is written back, by the same bytes each time', () => {
  fc.assert(
    fc.property(fc.gen(), (g) => {
      const written = anyStudyFile(g)
      const plainly = JSON.stringify(written)
      expect(parse(writeStudyFile(written), { stringKeys: true })).toEqual(JSON.parse(plainly))
      const record = read(plainly)
      const file = studyFileOf(record)
      const again = read(writeStudyFile(file))
      expect(sortedRecord(again)).toEqual(sortedRecord(record))
      expect(writeStudyFile(studyFileOf(again))).toBe(writeStudyFile(file))
      expect(JSON.parse(writeStudyFile(file, 'json'))).toEqual(file)
      // Keys in the order of the schema.
      expect(JSON.stringify(file)).toBe(JSON.stringify(studyFileSchema.parse(file)))
    }),
    { numRuns: 25, endOnFailure: true },
  )
})

test('the first study comes back from its dump, and its dump from itself', () => {
  const record = read(readFileSync(SEED_FILE, 'utf8'))
  const text = writeStudyFile(studyFileOf(record))
  expect(sortedRecord(read(text))).toEqual(sortedRecord(record))
  expect(writeStudyFile(studyFileOf(read(text)))).toBe(text)
})

test('any study has rows of every table, and each key that may be left out both there and not', () => {
  const tables = new Set<string>()
  const keys = new Map<string, Set<boolean>>()
  fc.assert(
    fc.property(fc.gen(), (g) => {
      const file = anyStudyFile(g)
      const { rows, publications } = read(JSON.stringify(file))
      for (const content of [rows, ...publications])
        for (const [table, list] of Object.entries(content)) if (list.length > 0) tables.add(table)
      for (const { key, given } of optionalKeys(studyFileSchema, file)) {
        const name = key.replace(/^\..+\.(quotes|derived|corrections)(?=\.|$)/, 'any entry.$1')
        keys.set(name, (keys.get(name) ?? new Set()).add(given))
      }
    }),
    { numRuns: 60, seed: 1993, endOnFailure: true },
  )
  expect(
    [...Object.keys(STUDY_TABLES), ...Object.keys(PUBLICATION_TABLES)].filter((table) => !tables.has(table)),
    'but those of registries',
  ).toEqual(['studyText', 'studyReference'])
  expect([...keys].filter(([, seen]) => seen.size < 2).map(([key]) => key)).toEqual([])
  expect(keys.size).toBeGreaterThan(150)
})
