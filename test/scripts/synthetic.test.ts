import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Driver from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HAND_WRITTEN_EXTRACTS, HELPER_COLUMNS } from '../../scripts/hand-written/extracts.ts'
import { foundByHand, HAND_WRITTEN_FINDS, keptByHand } from '../../scripts/hand-written/finds.ts'
import { writeDatabase } from '../../scripts/synthetic/database.ts'
import { studyRows } from '../../scripts/synthetic/study.ts'
import { type Database, findStudies, openEvidenceBase, saveStudy, whereFilter } from '../../src/index.ts'
import { EXTRACTIONS } from '../../src/queries/extractions.ts'
import { asOtherStudy, fillEveryTable, ORIGIN, variant } from '../db/study-variants.ts'
import { scratchFile } from '../scratch.ts'

const STUDIES = 120

const folder = mkdtempSync(path.join(tmpdir(), 'evibase-synthetic-'))
const file = path.join(folder, 'synthetic.db')
let db: Database
let driver: Driver.Database

beforeAll(async () => {
  writeDatabase(file, STUDIES)
  db = await openEvidenceBase(`file:${file}`)
  driver = new Driver(file, { readonly: true })
})
afterAll(async () => {
  driver.close()
  await db.$disconnect()
  rmSync(folder, { recursive: true, force: true })
})

type Row = Readonly<Record<string, unknown>>

/** Rows as sorted lines, with columns by name, truth values as SQLite has them, and numbers to 12 digits. */
const lines = (rows: readonly Row[]): readonly string[] =>
  rows
    .map((row) =>
      JSON.stringify(
        Object.keys(row)
          .filter((name) => !(HELPER_COLUMNS as readonly string[]).includes(name))
          .sort()
          .map((name) => {
            const value = row[name]
            if (typeof value === 'boolean') return [name, Number(value)]
            return [name, typeof value === 'number' ? Number(value.toPrecision(12)) : value]
          }),
      ),
    )
    .sort()

describe('a synthetic evidence base', () => {
  test('breaks no rule of the schema', () => {
    expect(driver.pragma('foreign_key_check')).toEqual([])
    expect(driver.pragma('integrity_check', { simple: true })).toBe('ok')
  })

  test('is shaped as a registry: 3 arms, 10 outcomes, 40 adverse events, 8 headings', () => {
    const mean = (table: string) => (driver.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number) / STUDIES
    expect(mean('study')).toBe(1)
    expect(mean('outcome')).toBe(10)
    expect(Math.abs(mean('arm') - 3)).toBeLessThan(0.3)
    expect(Math.abs(mean('adverse_event_term') - 40)).toBeLessThan(4)
    expect(Math.abs(mean('publication_mesh') - 8)).toBeLessThan(1)
  })

  test('is the same every time, and no study like another', () => {
    expect(studyRows(3)).toEqual(studyRows(3))
    expect(studyRows(3).adverseEventCount).not.toEqual(studyRows(4).adverseEventCount)
  })
})

describe('SQL that was written by hand gives the rows of', () => {
  test.each(Object.entries(HAND_WRITTEN_EXTRACTS))('extract %s', async (table, sql) => {
    const ours = await (await EXTRACTIONS[table as keyof typeof EXTRACTIONS].load()).extract(db)
    const theirs = driver.prepare(sql).all() as Row[]
    expect(theirs.length).toBeGreaterThan(STUDIES / 2)
    expect(lines(theirs)).toEqual(lines(ours as unknown as readonly Row[]))
  })

  // What synthetic studies don't have costs hand-written SQL its time as well.
  test('extracts of studies with subgroups, corrections, quotes of judgements and outcomes within others', async () => {
    const scratch = await scratchFile()
    const [rich, byHand] = [await openEvidenceBase(scratch.url), new Driver(scratch.file, { readonly: true })]
    try {
      for (const slug of ['a', 'a-b', 'b'])
        await saveStudy(
          rich,
          variant((study) => {
            asOtherStudy(study, slug, `${slug.length}${slug.charCodeAt(0)}`)
            fillEveryTable(study)
          }),
          ORIGIN,
        )
      for (const [table, sql] of Object.entries(HAND_WRITTEN_EXTRACTS).filter(([name]) => name !== 'long')) {
        const ours = await (await EXTRACTIONS[table as keyof typeof EXTRACTIONS].load()).extract(rich)
        expect(lines(byHand.prepare(sql).all() as Row[]), table).toEqual(lines(ours as unknown as readonly Row[]))
      }
    } finally {
      byHand.close()
      await rich.$disconnect()
    }
  })

  test.each(Object.entries(HAND_WRITTEN_FINDS))('find: %s', async (_name, find) => {
    const ours = await findStudies(db, whereFilter(find.where))
    const theirs = foundByHand(keptByHand(driver), find)
    const shown = ({ study, title, year, enrolment, conditions, interventions, pmid, highlight }: Row) =>
      [study, title, year, enrolment, conditions, interventions, pmid, highlight ?? null] as const
    expect(theirs.map(shown)).toEqual(ours.rows.map((row) => shown({ ...row })))
    expect(theirs.length).toBeLessThan(STUDIES)
  })
})
