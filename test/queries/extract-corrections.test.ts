import { beforeAll, describe, expect, test } from 'vitest'
import {
  CORRECTION_COLUMNS,
  type Database,
  extractAnalyses,
  extractCorrections,
  extractDichotomous,
  extractEvidence,
  extractLong,
  type StudyFile,
} from '../../src/index.ts'
import { coded, entry } from '../db/study-variants.ts'
import { evibase, seededDatabase } from '../scratch.ts'
import { STUDY, seeded, withVariants } from './seeded.ts'

test('the first study’s corrected P has its notice, and no original: nobody knows it', async () => {
  const rows = await extractCorrections(await seeded())
  expect(rows).toEqual([
    {
      study: STUDY,
      table: 'outcome_analysis',
      row: 'a00002',
      field: 'p_value',
      value: 0.064,
      printed: '.064',
      original: null,
      original_missing_reason: 'not_reported',
      notice: '[corrected]',
      quote: expect.stringMatching(/^A trend toward improved survival was seen .* P2 = \.064 \[corrected\]\)\.$/),
      section: 'Results',
      publication: null,
    },
  ])
  expect(rows.map((row) => Object.keys(row))).toEqual([Object.keys(CORRECTION_COLUMNS)])
})

test('the command prints them', async () => {
  const { url } = await seededDatabase()
  const run = await evibase(['extract', 'corrections', STUDY, '--json'], { db: url })
  expect(run).toMatchObject({ code: 0, stderr: '' })
  expect(JSON.parse(run.stdout)).toMatchObject([{ field: 'p_value', value: 0.064, notice: '[corrected]' }])
})

/** The first study with an erratum that corrects numbers of several tables. */
function withErratum(file: StudyFile): void {
  file.publications.push({
    code: 'erratum',
    role: 'correction',
    pmid: '9999999',
    title: 'An invented erratum',
    authors: { missing: 'not_reported' },
    sources: [{ code: 'erratum-text', kind: 'full_text', label: 'Erratum' }],
  } as StudyFile['publications'][number])
  file.quotes?.push({ code: 'erratum', source: 'erratum-text', locator: 'page 1' })
  const corrected = { original: '9', notice: 'Erratum: for 9 read 10', publication: 'erratum' }
  const complete = entry(coded(file.outcomes, 'complete-response').measurements)
  complete.corrections = [{ field: 'events', ...corrected }]
  complete.quotes?.push({ field: 'events', role: 'correction', quote: 'erratum' })
  entry(file.enrolment, ({ ref }) => ref === 'treated').corrections = [
    { field: 'participants', original: '180', notice: 'Erratum' },
  ]
  entry(file.follow_up).corrections = [{ field: 'value', original: { missing: 'unclear' }, notice: 'Erratum' }]
  entry(file.baseline).corrections = [{ field: 'count', original: '96', notice: 'Erratum' }]
  const deaths = coded(file.adverse_events, 'treatment-related-death')
  entry(deaths.counts).corrections = [{ field: 'percent', original: '3.2%', notice: 'Erratum' }]
  coded(file.adverse_events, 'other-toxicity').corrections = [
    { field: 'narrative', original: 'All resolved.', notice: 'Erratum' },
  ]
  const melanoma = entry(coded(file.outcomes, 'survival').analyses, ({ comparison }) => comparison === 'renal-cell')
  melanoma.corrections = [{ field: 'finding', original: 'a difference', notice: 'Erratum' }]
}

describe('numbers that an erratum corrects', () => {
  let db: Database
  beforeAll(async () => {
    db = await withVariants(withErratum)
  })

  test('keep both values, in the order of their keys', async () => {
    const rows = await extractCorrections(db, { studies: [STUDY] })
    expect(rows.map(({ table, row, field, value, original }) => [table, row, field, value, original])).toEqual([
      ['adverse_event_count', 'e00001', 'percent', 3.3, '3.2%'],
      ['adverse_event_term', 'other-toxicity', 'narrative', 'Resolved when IL-2 was stopped.', 'All resolved.'],
      ['baseline_measurement', 'b00001', 'count', 97, '96'],
      ['enrolment', 'all+treated', 'participants', 181, '180'],
      ['follow_up', 'u00001', 'value', 63.2, null],
      ['outcome_analysis', 'a00002', 'p_value', 0.064, null],
      ['outcome_analysis', 'a00003', 'finding', 'no difference', 'a difference'],
      ['outcome_measurement', 'm00001', 'events', 10, '9'],
    ])
  })

  test('name the publication and its place, though its words are not ours to hold', async () => {
    expect((await extractCorrections(db)).at(-1)).toMatchObject({
      printed: '10',
      notice: 'Erratum: for 9 read 10',
      quote: null,
      section: 'Erratum, page 1',
      publication: 'pmid-9999999',
    })
  })

  test('are those that every other table gives', async () => {
    expect((await extractDichotomous(db))[0]).toMatchObject({ outcome: 'Complete response', ai: 10, n1i: 85 })
  })

  test('are marked in the evidence, and what stands beside them is not', async () => {
    const results = (await extractEvidence(db)).map(({ result }) => result)
    expect(results.filter((result) => result.includes('[corrected]'))).toEqual([
      '181 [corrected]',
      '63.2 months [corrected]',
      '97/181 [corrected]',
      '10/85 [corrected]',
      'a trend toward improved survival with IL-2 plus LAK cells; P = .064, two-sided [corrected]',
      'no difference [corrected]',
      '6, 3.3% [corrected]',
      'Resolved when IL-2 was stopped. [corrected]',
    ])
  })

  test('are told in the evidence as they were printed first, and what was made of them is not', async () => {
    const rows = (await extractEvidence(db, { asPrinted: true })).filter(({ result }) => result.endsWith(']'))
    const told = rows.filter(({ result }) => /as first|before its|made of/.test(result))
    expect(told.map(({ result }) => result)).toEqual([
      '180 [participants: as first printed, now 181]',
      '[value: before its correction [unclear]]',
      '96/181 [count: as first printed, now 97]',
      // 181 − 97 − 54, by our formula.
      'of 181 [count: made of a value that was corrected]',
      '9/85 [events: as first printed, now 10]',
      // Complete and partial responses together, by our formula.
      'of 85 [events: made of a value that was corrected]',
      'a trend toward improved survival with IL-2 plus LAK cells [p_value: before its correction [not reported]]',
      'a difference [finding: as first printed, now no difference]',
      '6, 3.2% [percent: as first printed, now 3.3]',
      'All resolved. [narrative: as first printed, now Resolved when IL-2 was stopped.]',
    ])
    // The words give the number as it is now.
    expect(told[0]?.source).toBeNull()
    expect(told[3]?.source).not.toContain('derived')
  })

  test('are numbers as they were printed first, with no words beside them, or none', async () => {
    const rows = await extractLong(db, { asPrinted: true, derived: true })
    const changed = rows.filter(({ correction }) => correction !== null)
    expect(
      changed.map(({ row, field, value, printed, quote, correction }) => [
        row,
        field,
        value,
        printed,
        quote,
        correction,
      ]),
    ).toEqual([
      ['all+treated', 'participants', 180, '180', null, 'as first printed, now 181'],
      ['b00001', 'count', 96, '96', null, 'as first printed, now 97'],
      ['m00001', 'events', 9, '9', null, 'as first printed, now 10'],
      ['e00001', 'percent', 3.2, '3.2%', null, 'as first printed, now 3.3'],
    ])
    const places = rows.map(({ row, field }) => `${row} ${field}`)
    expect(places).toContain('b00003 total')
    for (const gone of ['b00003 count', 'm00005 events', 'u00001 value', 'a00002 p_value'])
      expect(places).not.toContain(gone)
    const { notes } = rows.metadata
    expect(notes.map(({ note, rows: named }) => `${note}: ${named.join(', ')}`)).toEqual([
      `the value before its correction is not known: ${STUDY}/u00001 value, ${STUDY}/a00002 p_value`,
      `a value was made of one that was corrected: ${STUDY}/b00003 count, ${STUDY}/m00005 events`,
    ])
  })

  test('are marked among the analyses', async () => {
    expect((await extractAnalyses(db)).map(({ corrected }) => corrected)).toEqual([false, true, true])
  })
})
