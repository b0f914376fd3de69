import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../src/db/connect.ts'
import { readStudy } from '../../src/db/read-study.ts'
import { saveStudy } from '../../src/db/save-study.ts'
import { studyFileOf } from '../../src/export/study-file/study-file-of.ts'
import { writeStudyFile } from '../../src/export/study-file/write-study-file.ts'
import { readStudyFile } from '../../src/import/study-file/read-study-file.ts'
import type { StudyRecord } from '../../src/model/study-record.ts'
import { anyStudyFile } from '../arbitrary/study-file.ts'
import { ENGINE } from '../engines.ts'
import { type ScratchDatabase, scratchDatabase } from '../scratch.ts'
import { sortedRecord } from '../sorted-record.ts'
import { VOCABULARIES } from '../vocabularies.ts'
import { open } from './saving.ts'
import { ORIGIN } from './study-variants.ts'

let scratch: ScratchDatabase
let db: Database
beforeAll(async () => {
  scratch = await scratchDatabase()
  db = await open(scratch)
})
afterAll(() => db.$disconnect())

const EMPTIED = ['study', 'publication', 'author', 'mesh_descriptor', 'mesh_qualifier']
const read = (text: string): StudyRecord => readStudyFile(Buffer.from(text), 'any.yaml', VOCABULARIES)
const stored = async (slug: string): Promise<StudyRecord> => {
  const record = await readStudy(db, slug)
  if (!record) throw new Error(`${slug} isn't there`)
  return record
}

test('any study is read back from the database as it was saved, and its file changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (g) => {
      await scratch.exec(EMPTIED.map((table) => `DELETE FROM "${table}"`).join(';'))
      const record = read(JSON.stringify(anyStudyFile(g)))
      expect(await saveStudy(db, record, ORIGIN)).toBe('created')
      const back = await stored(record.slug)
      expect(sortedRecord(back)).toEqual(sortedRecord(record))
      const text = writeStudyFile(studyFileOf(back))
      expect(text).toBe(writeStudyFile(studyFileOf(record)))
      expect(await saveStudy(db, read(text), ORIGIN)).toBe('unchanged')
      expect(writeStudyFile(studyFileOf(await stored(record.slug)))).toBe(text)
    }),
    { numRuns: ENGINE === 'sqlite' ? 12 : 6, endOnFailure: true },
  )
})
