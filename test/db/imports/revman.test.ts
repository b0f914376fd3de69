import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { REVMAN } from '../../../src/export/targets/revman.ts'
import { REVMAN5 } from '../../../src/export/targets/revman5.ts'
import { readReviewFile } from '../../../src/import/review-file/read-review-file.ts'
import { type Database, readStudyFile, saveReview, saveStudy } from '../../../src/index.ts'
import { EFFECTS_INPUT, type EffectInputRow } from '../../../src/queries/extract-effects-input.ts'
import type { ExtractionChoices } from '../../../src/queries/extraction/choices.ts'
import { traceStudy } from '../../../src/queries/trace-study.ts'
import { verifyEvidenceBase } from '../../../src/queries/verify-evidence-base.ts'
import { fleiss, REVIEW } from '../../export/revman/fleiss.ts'
import { filesWritten, written } from '../../export/targets/written.ts'
import { outcome, review, study, table } from '../../import/revman/a-review.ts'
import { empty, STUDY, seeded } from '../../queries/seeded.ts'
import { ROOT, SEEDS } from '../../scratch.ts'
import { VOCABULARIES } from '../../vocabularies.ts'
import { ORIGIN } from '../study-variants.ts'
import { importFile } from './import-file.ts'

const importReview = (db: Database, file: string) => importFile(db, 'revman', file)

const digest = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const A = study('ID="STD-A"', {
  bias: `<QUALITY_ITEM ID="Q"><NAME>Allocation concealment</NAME><QUALITY_ITEM_DATA>
    <QUALITY_ITEM_DATA_ENTRY STUDY_ID="STD-A" RESULT="YES"/></QUALITY_ITEM_DATA></QUALITY_ITEM>`,
})
const rows = (events: string) =>
  outcome('DICH', 1, table('STD-A') + table('STD-B', `EVENTS_1="${events}" TOTAL_1="9" EVENTS_2="1" TOTAL_2="9"`))

describe('importing a review of RevMan', () => {
  test('saves its studies, changes nothing again, and then what a changed file changed', async () => {
    const db = await empty()
    const file = (events: string) => review([A, study('ID="STD-B"')], rows(events))
    expect(await importReview(db, file('2'))).toMatchObject({ status: 'done', read: 3, saved: 3, failed: 0 })
    expect(await importReview(db, file('2'))).toMatchObject({ read: 3, saved: 0, unchanged: 3 })
    // B's and the review's records.
    expect(await importReview(db, file('3'))).toMatchObject({ read: 3, saved: 2, unchanged: 1 })
    expect(await importReview(db, file('3'))).toMatchObject({ read: 3, saved: 0, unchanged: 3 })
    const measured = await db.outcomeMeasurement.findMany({ orderBy: { id: 'asc' } })
    expect(measured.map(({ studyId, events, total }) => [studyId, events, total])).toEqual([
      ['revman-42-a', 3, 10],
      ['revman-42-a', 5, 12],
      ['revman-42-b', 3, 9],
      ['revman-42-b', 1, 9],
    ])
    expect(await db.riskOfBias.findMany()).toMatchObject([{ judgement: 'rob-1/2011/low', studyId: 'revman-42-a' }])
  })

  test('saves the review with its studies’ results, and takes away what the file no longer has', async () => {
    const db = await empty()
    const both = review([A, study('ID="STD-B"')], rows('2'))
    await importReview(db, both)
    const held = () => db.reviewResult.findMany({ where: { reviewId: 'revman-42' }, orderBy: { id: 'asc' } })
    expect((await held()).map(({ studyId, outcomeId }) => [studyId, outcomeId])).toEqual([
      ['revman-42-a', 'revman-42-a/cmp-001-01'],
      ['revman-42-b', 'revman-42-b/cmp-001-01'],
    ])
    const less = review([A, study('ID="STD-B"')], outcome('DICH', 1, table('STD-A')))
    expect(await importReview(db, less)).toMatchObject({ read: 3, saved: 2, unchanged: 1, failed: 0 })
    expect((await held()).map(({ studyId }) => studyId)).toEqual(['revman-42-a'])
    expect(await db.importRun.findMany({ where: { reviewId: 'revman-42' } })).toHaveLength(2)
    expect(await importReview(db, both)).toMatchObject({ read: 3, saved: 2, unchanged: 1, failed: 0 })
    expect((await held()).map(({ studyId }) => studyId)).toEqual(['revman-42-a', 'revman-42-b'])
  })

  test('names the kept record behind each number, and leaves the evidence base sound', async () => {
    const db = await empty()
    await importReview(db, review([A, study('ID="STD-B"')], rows('2')))
    const traced = await traceStudy(db, 'revman-42-a')
    expect(traced.filter(({ table }) => table === 'outcome_measurement')).toHaveLength(4)
    expect(new Set(traced.map(({ verdict }) => verdict))).toEqual(new Set(['record_held']))
    expect((await verifyEvidenceBase(db)).filter(({ problems }) => problems)).toEqual([])
    expect(new Set(traced.map(({ section }) => section))).toEqual(new Set(['the record revman:42/STD-A']))
    // A number that loses its record is without a source.
    await db.importedRecord.delete({ where: { key: 'revman:42/STD-A' } })
    expect(new Set((await traceStudy(db, 'revman-42-a')).map(({ verdict }) => verdict))).toEqual(new Set(['no_source']))
    expect((await verifyEvidenceBase(db)).filter(({ problems }) => problems)).toMatchObject([
      { check: 'quotes', of: 'revman-42-a', problems: 4 },
    ])
  })

  test('keeps the file whole as the review’s record, beside what of it concerns each study', async () => {
    const db = await empty()
    const file = review([A, study('ID="STD-B"')], `${rows('2')}<!-- Thé, and 2 < 3 -->`)
    await importReview(db, file)
    const records = await db.importedRecord.findMany({ orderBy: { key: 'asc' } })
    expect(records.map(({ key, studyId, reviewId }) => [key, studyId, reviewId])).toEqual([
      ['revman:42', null, 'revman-42'],
      ['revman:42/STD-A', 'revman-42-a', null],
      ['revman:42/STD-B', 'revman-42-b', null],
    ])
    const contents = records.map(({ content }) => inflateRawSync(Buffer.from(content, 'base64')))
    expect(contents[0]?.toString()).toBe(file)
    expect(records.map(({ sha256 }) => sha256)).toEqual(contents.map(digest))
    expect(contents[2]?.toString()).toMatch(/^<COCHRANE_REVIEW .*STUDY_ID="STD-B" EVENTS_1="2".*<\/COCHRANE_REVIEW>$/s)
    // What changes no row is another record all the same.
    const other = file.replace('Thé', 'Tee')
    expect(await importReview(db, other)).toMatchObject({ read: 3, saved: 1, unchanged: 2 })
    const { sha256 } = await db.importedRecord.findUniqueOrThrow({ where: { key: 'revman:42' } })
    expect(sha256).toBe(digest(other))
    expect(await importReview(db, other)).toMatchObject({ read: 3, saved: 0, unchanged: 3 })
  })

  test('takes the first of two files of one review', async () => {
    const db = await empty()
    const one = (events: string) =>
      review(
        [study('ID="STD-B"')],
        outcome('DICH', 1, table('STD-B', `EVENTS_1="${events}" TOTAL_1="9" EVENTS_2="1" TOTAL_2="9"`)),
      )
    const files = new Map(['2', '3'].map((events) => [`${events}.rm5`, Buffer.from(one(events))]))
    const result = await importFile(db, 'revman', files)
    expect(result).toMatchObject({ read: 4, saved: 2, failed: 2 })
    expect(result.issues.at(-1)).toMatchObject({
      part: '3.rm5',
      key: '42',
      message: expect.stringMatching(/42 before/),
    })
    expect(await db.outcomeMeasurement.count({ where: { events: 2 } })).toBe(1)
  })

  test('saves the good studies among bad ones with their review, says what is wrong, and takes them in once they are good', async () => {
    const db = await empty()
    const both = (events: string) => review([A, study('ID="STD-B"')], rows(events))
    const result = await importReview(db, both('many'))
    expect(result).toMatchObject({ status: 'done', read: 3, saved: 2, failed: 1 })
    expect(result.issues).toMatchObject([
      { record: 2, line: 7, kind: 'failed', message: 'DICH_DATA: EVENTS_1 is "many"; expected a whole number' },
      {
        record: 3,
        kind: 'note',
        message: expect.stringMatching(/^1 study can't be saved .+ results of: revman-42-b$/),
      },
    ])
    const included = async () => ({
      studies: (await db.reviewStudy.findMany({ orderBy: { id: 'asc' } })).map(({ studyId }) => studyId),
      results: (await db.reviewResult.findMany({ orderBy: { id: 'asc' } })).map(({ studyId }) => studyId),
    })
    expect(await included()).toEqual({ studies: ['revman-42-a'], results: ['revman-42-a'] })
    expect(await importReview(db, both('many'))).toMatchObject({ read: 3, saved: 0, unchanged: 2, failed: 1 })
    expect(await importReview(db, both('2'))).toMatchObject({ read: 3, saved: 2, unchanged: 1, failed: 0 })
    const whole = { studies: ['revman-42-a', 'revman-42-b'], results: ['revman-42-a', 'revman-42-b'] }
    expect(await included()).toEqual(whole)
    // What was good stays in the review, but not as its result.
    expect(await importReview(db, both('many'))).toMatchObject({ read: 3, saved: 1, unchanged: 1, failed: 1 })
    expect(await included()).toEqual({ ...whole, results: ['revman-42-a'] })
  })

  test('saves a review without the results of a study that the database refuses', async () => {
    const db = await empty()
    const both = (numbers: string) => review([A, study('ID="STD-B"')], rows(numbers))
    await importReview(db, both('2'))
    // Another review holds a result of B's, which the next file takes away.
    await db.review.create({
      data: {
        ...{ id: 'other', label: 'Other', title: 'Other', population: 'All', intervention: 'Tea' },
        outcomes: {
          create: {
            ...{ id: 'other/cough', position: 1, label: 'Cough', kind: 'dichotomous', role: 'primary' },
            direction: 'harm',
          },
        },
        studies: { create: { id: 'other/revman-42-b', position: 1, studyId: 'revman-42-b', decision: 'included' } },
      },
    })
    await db.reviewResult.create({
      data: {
        ...{ id: 'other/r00001', reviewId: 'other', reviewStudyId: 'other/revman-42-b', studyId: 'revman-42-b' },
        reviewOutcomeId: 'other/cough',
        outcomeId: 'revman-42-b/cmp-001-01',
        comparisonId: 'revman-42-b/comparison-1',
      },
    })
    const result = await importReview(db, review([A, study('ID="STD-B"')], outcome('DICH', 1, table('STD-A'))))
    expect(result).toMatchObject({ read: 3, saved: 1, unchanged: 1, failed: 1 })
    expect(result.issues).toMatchObject([
      { key: '42/STD-B', kind: 'failed', message: expect.stringMatching(/^The review other holds/) },
      { key: '42', kind: 'note', message: expect.stringMatching(/without results of: revman-42-b$/) },
    ])
    expect(await db.reviewResult.findMany({ where: { reviewId: 'revman-42' } })).toMatchObject([
      { studyId: 'revman-42-a' },
    ])
    expect(await db.reviewStudy.count({ where: { reviewId: 'revman-42' } })).toBe(2)
  })

  test('tells which studies of the review before are not in the file, each time, and leaves them', async () => {
    const db = await empty()
    await importReview(db, review([A, study('ID="STD-B"')], rows('2')))
    // Its ID begins as the other's does.
    await importReview(db, review([study('ID="STD-Z"')], '', 'ID="42-b"'))
    const less = () => importReview(db, review([A], outcome('DICH', 1, table('STD-A'))))
    const note = {
      ...{ record: 2, key: '42', kind: 'note' },
      message: '1 study of the review before is not in this file, and stays as it is: revman-42-b',
    }
    expect(await less()).toMatchObject({ read: 2, saved: 1, unchanged: 1, failed: 0, issues: [note] })
    expect(await less()).toMatchObject({ read: 2, saved: 0, unchanged: 2, failed: 0, issues: [note] })
    expect(await db.study.count()).toBe(3)
    expect(await db.reviewStudy.findMany({ where: { reviewId: 'revman-42' } })).toMatchObject([
      { studyId: 'revman-42-a' },
    ])
  })

  test('leaves a publication as the file of another study has it, and ties its study to that', async () => {
    const db = await seeded()
    const [before] = await db.publication.findMany({ where: { pmid: '8468720' } })
    const reference = `<REFERENCE PRIMARY="YES"><TI>Another title</TI><IDENTIFIERS>
      <IDENTIFIER TYPE="PUBMED" VALUE="8468720"/></IDENTIFIERS></REFERENCE>`
    const two = [study('ID="STD-A"', { study: reference }), study('ID="STD-B"', { study: reference })]
    expect(await importReview(db, review(two))).toMatchObject({ saved: 3, failed: 0 })
    expect(await db.publication.findMany({ where: { pmid: '8468720' } })).toEqual([before])
    const links = await db.studyPublication.findMany({ where: { publicationId: before?.id ?? '' } })
    expect(links.map(({ studyId }) => studyId).sort()).toEqual(['revman-42-a', 'revman-42-b', STUDY])
  })

  test('knows two studies’ one new publication as one', async () => {
    const db = await empty()
    const reference = (title: string) =>
      `<REFERENCE PRIMARY="YES"><TI>${title}</TI><IDENTIFIERS><IDENTIFIER TYPE="DOI" VALUE="10.1000/x"/></IDENTIFIERS></REFERENCE>`
    const two = [study('ID="STD-A"', { study: reference('One') }), study('ID="STD-B"', { study: reference('Other') })]
    expect(await importReview(db, review(two))).toMatchObject({ saved: 3, failed: 0 })
    expect(await db.publication.findMany()).toMatchObject([{ id: 'doi-10.1000/x', title: 'One' }])
    expect(await db.studyPublication.count()).toBe(2)
  })
})

/** The numbers of all pairs, by what RevMan can hold of them: the study's code, the outcome and the arms. */
async function pairsOf(db: Database, choices: ExtractionChoices): Promise<readonly Partial<EffectInputRow>[]> {
  const found: Partial<EffectInputRow>[] = []
  for await (const page of EFFECTS_INPUT.pages(db, choices))
    for (const { data, ai, ci, n1i, n2i, m1i, m2i, sd1i, sd2i, study: key, review_outcome, outcome: own } of page)
      found.push({
        study: key.replace(/^revman-(?:\d+|fleiss-1993)-/, ''),
        outcome: review_outcome ?? own,
        ...{ data, ai, ci, n1i, n2i, m1i, m2i, sd1i, sd2i },
      })
  return found.sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1))
}

async function bcg(): Promise<Database> {
  const db = await empty()
  const bytes = (...parts: readonly string[]) => readFileSync(path.join(ROOT, 'seeds', ...parts))
  for (const slug of SEEDS.studies.filter((name) => name.endsWith('-bcg')))
    await saveStudy(db, readStudyFile(bytes('studies', `${slug}.yaml`), slug, VOCABULARIES), ORIGIN)
  await saveReview(db, readReviewFile(bytes('reviews', 'colditz-1994-bcg', 'review.yaml'), 'review'), ORIGIN)
  return db
}

describe('a review that Evibase writes for RevMan 5', () => {
  test.each([
    ['the tables of 13 trials', bcg, 'colditz-1994-bcg', 13],
    ['tables and means', fleiss, REVIEW, 12],
  ])('comes back with %s', async (_, made, slug, studies) => {
    const before = await made()
    const { text } = await written(REVMAN5, before, { review: slug })
    const db = await empty()
    expect(await importReview(db, text)).toMatchObject({ read: studies + 1, saved: studies + 1, failed: 0 })
    const expected = await pairsOf(before, { review: slug })
    expect(expected.length).toBeGreaterThanOrEqual(studies)
    expect(await pairsOf(db, {})).toEqual(expected)
    const [{ id } = { id: '' }] = await db.review.findMany()
    expect(await pairsOf(db, { review: id })).toEqual(expected)
  })
})

test('a data package that Evibase writes comes back with its tables and means', async () => {
  const before = await fleiss()
  const { files } = await filesWritten(REVMAN, before, { review: REVIEW })
  const db = await empty()
  expect(await importFile(db, 'revman', files)).toMatchObject({ read: 13, saved: 13, failed: 0 })
  expect(await importFile(db, 'revman', files)).toMatchObject({ read: 13, saved: 0, unchanged: 13 })
  const cited = (of: Database) =>
    of.publication.findMany({ select: { doi: true, title: true }, orderBy: { id: 'asc' } })
  expect(await cited(db)).toEqual(await cited(before))
  expect(await pairsOf(db, { review: `revman-${REVIEW}` })).toEqual(await pairsOf(before, { review: REVIEW }))
})
