import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { PUBLICATION_TABLES, STUDY_TABLES, sqlName } from '../../src/db/tables.ts'
import type { StudyRecord } from '../../src/model/study-record.ts'
import { ENGINE } from '../engines.ts'
import { type ScratchDatabase, scratchDatabase } from '../scratch.ts'
import { endlessProgram } from './endless-program.ts'
import { numberedStudy, pmidOf, slugOf } from './numbered-study.ts'
import { open } from './saving.ts'
import { STUDY_TO_NUMBER } from './study-variants.ts'

const KILLS = 12

type Counts = Readonly<Record<string, number>>

/** How many rows a record has in each table. */
const counts = ({ rows, publications: [publication] }: StudyRecord): Counts =>
  Object.fromEntries(
    Object.entries({ ...rows, ...publication })
      .filter(([, { length }]) => length > 0)
      .map(([table, { length }]) => [sqlName(table), length]),
  )

/** How many rows each study has in each table where it has some, as of one moment. */
async function stored(scratch: ScratchDatabase): Promise<ReadonlyMap<string, Counts>> {
  const columns = [
    ...Object.keys(STUDY_TABLES).map((table) => [sqlName(table), table === 'study' ? 'id' : 'study_id']),
    ...Object.keys(PUBLICATION_TABLES).map((table) => [
      sqlName(table),
      table === 'publication' ? 'id' : 'publication_id',
    ]),
  ]
  const rows = await scratch.rows<{ name: string; owner: string; rows: number }>(
    columns
      .map(
        ([table, column]) =>
          `SELECT '${table}' AS name, "${column}" AS owner, count(*) AS rows FROM "${table}" GROUP BY 2`,
      )
      .join(' UNION ALL '),
  )
  const studies = new Map<string, Record<string, number>>()
  for (const { name, owner, rows: count } of rows) {
    const number = Number(/^pmid-(\d+)$/.exec(owner)?.[1]) - Number(pmidOf(0))
    const slug = Number.isNaN(number) ? owner : slugOf(number)
    studies.set(slug, { ...studies.get(slug), [name]: count })
  }
  return studies
}

async function expectSound(scratch: ScratchDatabase): Promise<void> {
  // PostgreSQL lets nobody switch its keys off, and looks after its files itself.
  if (ENGINE === 'postgresql') return
  expect(await scratch.rows('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
  expect(await scratch.rows('PRAGMA foreign_key_check')).toEqual([])
}

test(`a program that is killed amid saving leaves each study complete or absent, ${KILLS} times`, {
  timeout: 120_000,
}, async () => {
  const texts = [STUDY_TO_NUMBER.short(), STUDY_TO_NUMBER.long()]
  const complete = texts.map((text) => counts(numberedStudy(text, 0)))
  expect(complete[0]).not.toEqual(complete[1])
  const killAll = async (scratch: ScratchDatabase) => {
    const saved = new Set<string>()
    for (let round = 0; round < KILLS / 2; round++) {
      const program = await endlessProgram(scratch, 1 + round * 1_000, texts)
      // At any moment.
      await delay(Math.random() * 300)
      for (const slug of await program.kill()) saved.add(slug)
      await (await open(scratch)).$disconnect()
      await expectSound(scratch)
      const studies = await stored(scratch)
      expect([...studies.keys()]).toEqual(expect.arrayContaining([...saved]))
      // What was being saved may just have come in, unsaid.
      expect(studies.size).toBeLessThanOrEqual(saved.size + round + 1)
      for (const [slug, there] of studies) expect(complete, slug).toContainEqual(there)
    }
  }
  await Promise.all([killAll(await scratchDatabase()), killAll(await scratchDatabase())])
})
