import { readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Database, Transaction } from '../../src/db/connect.ts'
import { mergePublications, separateRecords } from '../../src/db/imports/merge-publications.ts'
import type { Difference } from '../../src/db/imports/record-differences.ts'
import { verifyRecords } from '../../src/db/imports/verify-records.ts'
import { type OpenedMesh, saveMesh } from '../../src/db/save-mesh.ts'
import { formatOfRecords, readAgain } from '../../src/import/record-formats.ts'
import { openEvidenceBase } from '../../src/index.ts'
import type { RecordFormat } from '../../src/model/reading.ts'
import { type VerifyRow, verifyEvidenceBase } from '../../src/queries/verify-evidence-base.ts'
import { ENGINE } from '../engines.ts'
import { realFiles } from '../import/real-files.ts'
import { empty, saveFile } from '../queries/seeded.ts'
import { evibase, ROOT, scratchDatabase } from '../scratch.ts'
import { importFile } from './imports/import-file.ts'
import { importTrial, trial } from './reports/reporting.ts'
import { entry, seedFile } from './study-variants.ts'

const READERS = { readAgain, readBy: (format: RecordFormat) => formatOfRecords(format).readBy }
const recordsOf = async (db: Database): Promise<readonly VerifyRow[]> =>
  (await verifyEvidenceBase(db, undefined, READERS)).filter(({ check }) => check === 'records')
/** The differences alone, in words of the test's own. */
async function problemsOf(db: Transaction): Promise<readonly string[]> {
  const found: Difference[] = []
  await verifyRecords(db, READERS, (difference) => void found.push(difference))
  return found.map(
    ({ record, table, row, field, here, inRecord }) => `${table} ${row}: ${field} ${here}; ${inRecord} in ${record}`,
  )
}

const fixture = (...names: readonly string[]) => readFileSync(path.join(ROOT, 'test/fixtures', ...names), 'utf8')
const FILES: readonly (readonly [RecordFormat, string])[] = [
  ['pubmed_xml', fixture('pubmed', 'invented.xml')],
  ['medline', fixture('medline', 'invented.nbib')],
  ['ris', fixture('ris', 'invented.ris')],
  ['ctgov_json', fixture('ctgov', 'all-leaves.json')],
  ['ctgov_xml', fixture('ctgov', 'small.xml')],
  ['revman', fixture('revman', 'tea.rm5')],
]

async function imported(): Promise<Database> {
  const db = await empty()
  for (const [format, file] of FILES) await importFile(db, format, file)
  await importTrial(db, trial('NCT00000001'))
  return db
}

describe('db verify --records', () => {
  test('finds nothing in what was imported, and says what it has not looked at', async () => {
    const db = await imported()
    const rows = await recordsOf(db)
    expect(rows.filter(({ problems }) => problems !== null)).toEqual([])
    const counted = await db.importedRecord.groupBy({
      by: ['format'],
      where: { reviewId: null },
      _count: true,
      orderBy: { format: 'asc' },
    })
    expect(rows.map(({ of, checked }) => [of, checked]).sort()).toEqual(
      [...counted.map(({ format, _count }) => [format, _count]), ['review', 0]].sort(),
    )
    expect(rows.at(-1)?.detail).toContain("1 of RevMan's reviews not read again")
  })

  /** What is found after edits by hand, which don't stay. */
  let base: Database | undefined
  beforeAll(async () => {
    base = await imported()
  })
  async function problemsAfter(...edits: readonly string[]): Promise<readonly string[]> {
    let problems: readonly string[] = []
    const undone = base?.$transaction(
      async (tx) => {
        for (const sql of edits) await tx.$executeRawUnsafe(sql)
        problems = await problemsOf(tx)
        throw new Error('undone')
      },
      { timeout: 60_000 },
    )
    await expect(undone).rejects.toThrow('undone')
    return problems
  }

  test('finds a number that was edited by hand, with both values', async () => {
    if (base === undefined) throw new Error('nothing was imported')
    const db = base
    const measured = await db.outcomeMeasurement.findMany({ where: { events: { not: null } }, orderBy: { id: 'asc' } })
    const [first, last] = [measured.at(0), measured.at(-1)]
    if (first === undefined || last === undefined || first.studyId === last.studyId) throw new Error('no two studies')
    const expected: string[] = []
    const edits: string[] = []
    for (const { id, studyId, events } of [first, last]) {
      edits.push(`UPDATE outcome_measurement SET events = events + 1 WHERE id = '${id}'`)
      const [{ key } = { key: '' }] = await db.importedRecord.findMany({ where: { studyId } })
      expected.push(`outcome_measurement ${id}: events ${(events ?? 0) + 1}; ${events} in ${key}`)
    }
    expect([...(await problemsAfter(...edits))].sort()).toEqual(expected.sort())
  })

  test.each([
    {
      edit: 'a title',
      sql: `UPDATE publication SET title = 'Mine' WHERE pmid = '99999001'`,
      found:
        /^publication pmid-99999001: title Mine; .+ in medline:99999001 and pubmed:99999001 and ris:Embase:L123456789$/,
    },
    {
      edit: 'words of an abstract',
      sql: `UPDATE publication_text SET body = body || ' not' WHERE id = (SELECT min(id) FROM publication_text WHERE publication_id = 'pmid-99999001')`,
      found: /^publication_text pmid-99999001\/[\w-]+: body .+ not; /,
    },
    {
      edit: 'an author who is gone',
      sql: `DELETE FROM authorship WHERE publication_id = 'pmid-99999001' AND position = 1`,
      found:
        /^authorship pmid-99999001\/1: null null; a row in medline:99999001 and pubmed:99999001 and ris:Embase:L123456789$/,
    },
    {
      edit: 'a keyword of one’s own',
      sql: `INSERT INTO keyword (publication_id, position, keyword) VALUES ('pmid-99999001', 99, 'mine')`,
      found:
        /^keyword pmid-99999001\/99: null a row; null in medline:99999001 and pubmed:99999001 and ris:Embase:L123456789$/,
    },
    {
      edit: 'a number by which trials are found',
      sql: `UPDATE study_identifier SET value = 'NCT09999999' WHERE value = 'NCT01234567'`,
      found: /^study_identifier NCT01234567\/clinicaltrials.gov\/NCT0(?:1234567|9999999): null /,
    },
    {
      edit: 'a tie of a publication to a study',
      sql: `UPDATE study_publication SET role = 'primary' WHERE tied_by = 'registration'`,
      found: /^study_publication NCT00000001\/pmid-99999001: role primary; not_stated in registrations and decisions$/,
    },
    {
      edit: 'a kept record',
      sql: `UPDATE imported_record SET content = 'q1YqTi0uzsxLVbJScs7PLUgsKlGq5QIA' WHERE key = 'pubmed:99999001'`,
      found: /^imported_record pubmed:99999001: content its bytes/,
    },
  ])('finds $edit', async ({ sql, found }) => {
    const problems = await problemsAfter(sql)
    expect(problems.length).toBeGreaterThan(0)
    for (const problem of problems) expect(problem).toMatch(found)
  })

  test('takes what Evibase itself did for no difference', { timeout: 60_000 }, async () => {
    const db = await imported()
    // A study's file takes a publication over, and PubMed completes what RevMan's reference made.
    const file = seedFile()
    const publication = entry(file.publications)
    publication.pmid = '99999004'
    await saveFile(db, file)
    const article = (pmid: number, doi: string, more = '') =>
      `<PubmedArticle><MedlineCitation><PMID>${pmid}</PMID><Article><ArticleTitle>Tea for ${pmid}</ArticleTitle>
       <ELocationID EIdType="doi">${doi}</ELocationID></Article>${more}</MedlineCitation></PubmedArticle>`
    const articles = (...all: readonly string[]) => `<PubmedArticleSet>${all.join('')}</PubmedArticleSet>`
    const erratum = `<CommentsCorrectionsList><CommentsCorrections RefType="ErratumFor"><RefSource>J</RefSource><PMID>3</PMID>
      </CommentsCorrections></CommentsCorrectionsList>`
    await importFile(db, 'pubmed_xml', articles(article(1, '10.1000/doe'), article(2, '10.1000/two', erratum)))
    expect(await db.studyPublication.findMany({ where: { publicationId: 'pmid-1' } })).toHaveLength(1)
    // A DOI that another publication has; a merge, of which one record is taken out again; an erratum's article that comes later.
    await importFile(
      db,
      'medline',
      'PMID- 4\nTI  - Another trial of tea\nMH  - Hiccup\nAID - 10.1000/two [doi]\nDP  - 2001\n\n',
    )
    await importFile(db, 'ris', 'TY  - JOUR\nTI  - Thé contre le hoquet\nDO  - 10.1000/fr\nER  - \n')
    expect(await mergePublications(db, 'pmid-2', 'doi-10.1000/fr', 'the same', readAgain)).toBe('pmid-2')
    await separateRecords(db, ['pubmed:2'], 'not the same', readAgain)
    await importFile(db, 'pubmed_xml', articles(article(3, '10.1000/three')))
    await importFile(
      db,
      'pubmed_xml',
      '<PubmedArticleSet><DeleteCitation><PMID>1</PMID></DeleteCitation></PubmedArticleSet>',
    )
    // MeSH comes to know the headings that a record has by name, and then other names for them.
    for (const mesh of [hiccup(2015, 'Hiccup'), hiccup(2016, 'Singultus')]) {
      expect(await problemsOf(db)).toEqual([])
      await saveMesh(db, { fileName: 'd.bin', now: () => new Date(0) }, mesh, { part: true })
      expect(await problemsOf(db)).toEqual([])
    }
    const [held] = (await recordsOf(db)).filter(({ of }) => of === 'pubmed_xml')
    expect(held?.detail).toBe('1 of publications that files describe')
  })

  test('leaves alone what an older reader read, and says so', async () => {
    const db = await imported()
    await db.$executeRaw`UPDATE imported_record SET read_by = 0 WHERE format = 'ris'`
    await db.$executeRaw`UPDATE publication SET title = 'Mine'`
    const rows = await recordsOf(db)
    expect(rows.filter(({ of }) => of === 'ris')).toEqual([
      {
        check: 'records',
        of: 'ris',
        checked: 0,
        problems: null,
        detail: expect.stringMatching(/^\d were read by another version/),
      },
    ])
    const ofRis = await db.importedRecord.findMany({ where: { format: 'ris' } })
    for (const { key } of ofRis) expect(rows.some(({ detail }) => detail?.includes(key))).toBe(false)
  })

  test('tells of the command line where what differs', async () => {
    const { url, exec } = await scratchDatabase()
    const db = await openEvidenceBase(url)
    await importFile(db, 'ctgov_xml', fixture('ctgov', 'small.xml'))
    await db.$disconnect()
    const verify = () => evibase(['db', 'verify', '--records'], { db: url })
    expect(await verify()).toMatchObject({ code: 0, stderr: 'Everything is as it should be.\n' })
    await exec(`UPDATE study SET title = 'Mine'`)
    expect(await verify()).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^1 problem was found, first: title is "Mine", and "/),
    })
  })
})

const REAL = [
  ['pubmed_xml', 'pubmed'],
  ['medline', 'medline'],
  ['ris', 'ris'],
  ['ctgov_json', 'ctgov/v2'],
  ['revman', 'revman'],
] as const
/** Both engines must give the same; one of them may look at more. */
const MOST_BYTES = ENGINE === 'sqlite' ? 300_000 : 60_000
const missing = process.env.EVIBASE_FIXTURES === undefined

describe.skipIf(missing)('real files of all formats together (EVIBASE_FIXTURES)', () => {
  test('stand as their records say', { timeout: 300_000 }, async () => {
    const db = await empty()
    for (const [format, folder] of REAL) {
      const files = realFiles(folder).filter(({ name, bytes }) => bytes.length < MOST_BYTES && !name.endsWith('.csv'))
      const result = await importFile(db, format, new Map(files.map(({ name, bytes }) => [name, bytes])))
      expect(result.saved, folder).toBeGreaterThan(5)
    }
    expect(await problemsOf(db)).toEqual([])
  })
})

/** A vocabulary of one heading, under a name of that year. */
const hiccup = (year: number, name: string) => async (): Promise<OpenedMesh> => ({
  content: 'descriptors',
  year,
  batches: (async function* () {
    yield [{ ui: 'D006606', name, scopeNote: null, treeNumbers: ['C23.888'], entryTerms: [] }]
  })(),
  sha256: () => 'f'.repeat(64),
})
