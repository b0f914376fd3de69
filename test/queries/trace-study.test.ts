import { beforeAll, describe, expect, test } from 'vitest'
import { type Database, FAILED_VERDICTS, type TraceRow, traceStudy } from '../../src/index.ts'
import { STUDY, seeded, withVariants } from './seeded.ts'

let db: Database
let rows: readonly TraceRow[]
beforeAll(async () => {
  db = await seeded()
  rows = await traceStudy(db, STUDY)
})

const failed = (traced: readonly TraceRow[]) =>
  traced
    .filter(({ verdict }) => FAILED_VERDICTS.includes(verdict))
    .map(({ row, field, verdict }) => `${row} ${field} ${verdict}`)

describe('the trace of the first study', () => {
  test('finds every word, and every formula gives its value', () => {
    expect(rows.length).toBeGreaterThan(100)
    expect(rows.filter(({ verdict }) => verdict !== 'found' && verdict !== 'derived')).toEqual([])
    expect(
      rows
        .filter(({ verdict }) => verdict === 'derived')
        .map(({ table, field, value, formula }) => [table, field, value, formula]),
    ).toEqual([
      ['baseline_measurement', 'count', 30, 'treated - renal - melanoma (melanoma = 54, renal = 97, treated = 181)'],
      ['outcome_measurement', 'events', 24, 'complete + partial (complete = 10, partial = 14)'],
      ['outcome_measurement', 'total', 85, 'assessable (assessable = 85)'],
      ['outcome_measurement', 'events', 16, 'complete + partial (complete = 4, partial = 12)'],
      ['outcome_measurement', 'total', 79, 'assessable (assessable = 79)'],
    ])
  })

  // Offsets counted in the published text of the section, from 0.
  test.each([
    { row: 'm00001', field: 'events', value: 10, printed: '10', section: 'Results', start: 44, end: 200 },
    { row: 'm00002', field: 'events', value: 4, printed: 'four', section: 'Results', start: 44, end: 200 },
    { row: 'a00001', field: 'p_value', value: 0.089, printed: '.089', section: 'Results', start: 318, end: 450 },
  ])('$row $field $value was printed $printed', ({ row, field, value, printed, section, start, end }) => {
    const [first] = rows.filter((traced) => traced.row === row && traced.field === field && traced.role === 'value')
    expect(first).toMatchObject({ value, printed, section, start, end, span: printed, verdict: 'found' })
  })

  test('gives a value that was corrected with its notice', () => {
    const corrected = rows.filter(({ correction }) => correction !== null)
    expect(
      new Set(corrected.map(({ row, field, value, correction }) => `${row} ${field} ${value} ${correction}`)),
    ).toEqual(new Set(['a00002 p_value 0.064 [corrected]']))
  })

  test('has no number without a row for the words that give it, or its formula', async () => {
    // Every number that a measurement, analysis, count or size holds, read without the trace.
    const numbers: string[] = []
    const collect = (found: readonly object[], fields: readonly string[]) => {
      for (const row of found as readonly Record<string, unknown>[])
        for (const field of fields)
          if (typeof row[field] === 'number')
            numbers.push(`${String(row.id).slice(STUDY.length + 1)} ${field} ${row[field]}`)
    }
    collect(await db.outcomeMeasurement.findMany(), ['events', 'total', 'proportion', 'mean', 'sd', 'median'])
    collect(await db.outcomeAnalysis.findMany(), ['estimate'])
    collect(await db.adverseEventCount.findMany(), ['affected', 'percent', 'events'])
    collect(await db.enrolment.findMany(), ['participants'])
    collect(await db.baselineMeasurement.findMany(), ['count', 'total'])
    collect(await db.followUp.findMany(), ['value'])
    expect(numbers.length).toBeGreaterThan(30)
    const traced = new Set(
      rows
        .filter(({ role, verdict }) => role === 'value' || role === 'denominator' || verdict === 'derived')
        .map(({ row, field, value }) => `${row} ${field} ${value}`),
    )
    expect(numbers.filter((number) => !traced.has(number))).toEqual([])
  })
})

describe('the trace sees', () => {
  test.each([
    {
      what: 'words that were changed',
      sql: `UPDATE quote SET words = replace(words, '10 complete', '11 complete') WHERE id = '${STUDY}/complete-responses'`,
      fails: /^(m0000[1-4] (events|total)|il2(-lak)?(\+assessable)? (label|participants)|assessable label) not_found$/,
    },
    {
      what: 'a text that was changed',
      sql: `UPDATE publication_text SET body = replace(body, 'None of 26', 'None of 27')`,
      fails: /not_found$/,
    },
    {
      what: 'a letter that slipped in before them',
      sql: `UPDATE publication_text SET body = ' ' || body WHERE label = 'Methods'`,
      fails: /not_found$/,
    },
    {
      what: 'a text that was cut off',
      sql: `UPDATE publication_text SET body = substr(body, 1, 100) WHERE label = 'Results'`,
      fails: /not_found$/,
    },
    {
      what: 'a value behind a formula that was changed',
      sql: `UPDATE outcome_measurement SET events = 11 WHERE id = '${STUDY}/m00001'`,
      fails: /^(m00001 events other_value|m00005 events not_derived)$/,
    },
    {
      what: 'a derived value that was changed',
      sql: `UPDATE outcome_measurement SET events = 17 WHERE id = '${STUDY}/m00006'`,
      fails: /^m00006 events not_derived$/,
    },
    {
      what: 'a value behind a formula that is gone',
      sql: `UPDATE baseline_measurement SET count = NULL WHERE category = 'Melanoma'`,
      fails: /^b00003 count not_derived$/,
    },
    {
      what: 'a derived value that is gone',
      sql: `UPDATE outcome_measurement SET events = NULL WHERE id = '${STUDY}/m00006'`,
      fails: /^m00006 events not_derived$/,
    },
    {
      what: 'arms that changed places',
      sql: `UPDATE outcome_measurement SET study_group_id = CASE study_group_id WHEN '${STUDY}/il2' THEN '${STUDY}/il2-lak' ELSE '${STUDY}/il2' END WHERE id IN ('${STUDY}/m00001', '${STUDY}/m00002')`,
      fails: /^m0000[12] (events|total) other_group$/,
    },
    {
      what: 'a number for one arm that is said to be for all',
      sql: `UPDATE outcome_measurement SET study_group_id = '${STUDY}/all' WHERE id = '${STUDY}/m00001'`,
      fails: /^m00001 (events|total) other_group$/,
    },
    {
      what: 'a subgroup that is another one',
      sql: `UPDATE outcome_measurement SET study_group_id = '${STUDY}/renal-cell-il2' WHERE id = '${STUDY}/m00017'`,
      fails: /^m00017 events other_group$/,
    },
    {
      what: 'a time that is another one',
      sql: `UPDATE timepoint SET from_time = 42 WHERE id = '${STUDY}/36-months'`,
      fails: /^m000\d\d proportion other_time$/,
    },
    {
      what: 'the end of a time that is another one',
      sql: `UPDATE timepoint SET to_time = 60 WHERE id = '${STUDY}/50-66-months'`,
      fails: /^m00007 events other_time$/,
    },
    {
      what: 'a percentage stored as a count',
      sql: `UPDATE outcome_measurement SET proportion = 31 WHERE proportion = 0.31`,
      fails: /^m000\d\d proportion other_value$/,
    },
    {
      what: 'the operator of a p value',
      sql: `UPDATE outcome_analysis SET p_operator = '<' WHERE id = '${STUDY}/a00001'`,
      fails: /^a00001 p_value other_value$/,
    },
    {
      what: 'a number that nothing stands behind',
      sql: `UPDATE outcome_measurement SET mean = 12 WHERE id = '${STUDY}/m00001'`,
      fails: /^m00001 mean no_source$/,
    },
    {
      what: 'a formula that was changed',
      sql: `UPDATE derivation SET formula = 'complete - partial' WHERE fact_id LIKE '%m00006/events'`,
      fails: /^m00006 events not_derived$/,
    },
    {
      what: 'a formula that can no longer be read',
      sql: `UPDATE derivation SET formula = '(' WHERE fact_id LIKE '%m00006/events'`,
      fails: /^m00006 events not_derived$/,
    },
  ])('$what', async ({ sql, fails }) => {
    const edited = failed(await traceStudy(await seeded(sql), STUDY))
    expect(edited.length).toBeGreaterThan(0)
    expect(edited.filter((row) => !fails.test(row))).toEqual([])
  })

  test('the span within the words, as it stands there', async () => {
    const edited = await seeded(
      `UPDATE quote_link SET span_end = 100000 WHERE span_end IS NOT NULL AND fact_id LIKE '%/m00001/events'`,
    )
    expect(failed(await traceStudy(edited, STUDY))).toContain('m00001 events not_found')
  })
})

test('a quote from a table whose text is not stored says so, and is no failure', async () => {
  const base = await withVariants((file) => {
    file.publications[0]?.sources.push({ code: 'table-2', kind: 'table', label: 'Table 2' })
    file.quotes?.push({ code: 'cell', source: 'table-2', locator: 'row 1', words: '10' })
    file.outcomes?.[0]?.measurements?.[0]?.quotes?.push({ field: 'events', role: 'value', quote: 'cell', span: '10' })
  })
  const traced = (await traceStudy(base, STUDY)).filter(({ quote }) => quote === '10')
  expect(traced).toEqual([
    expect.objectContaining({
      verdict: 'source_not_held',
      section: 'Table 2, row 1',
      start: null,
      span: '10',
      publication: 'pmid-8468720',
    }),
  ])
})

test('a number of a source that is not held is read as it was printed', async () => {
  const base = await withVariants((file) => {
    file.publications[0]?.sources.push({ code: 'table-2', kind: 'table', label: 'Table 2' })
    file.quotes?.push({ code: 'cell', source: 'table-2', locator: 'row 1' })
    const [measurement] = file.outcomes?.[0]?.measurements ?? []
    if (measurement)
      measurement.quotes = [
        { field: 'events', role: 'value', quote: 'cell', printed: 'ten' },
        { field: 'total', role: 'denominator', quote: 'cell', printed: '85' },
      ]
  })
  const traced = async () =>
    (await traceStudy(base, STUDY))
      .filter(({ row }) => row === 'm00001')
      .map(({ field, printed, section, quote, verdict, problem }) => [field, printed, section, quote, verdict, problem])
  expect(await traced()).toEqual([
    ['events', 'ten', 'Table 2, row 1', null, 'source_not_held', null],
    ['total', '85', 'Table 2, row 1', null, 'source_not_held', null],
  ])
  await base.outcomeMeasurement.update({ where: { id: `${STUDY}/m00001` }, data: { total: 58 } })
  expect((await traced())[1]).toEqual(['total', '85', 'Table 2, row 1', null, 'other_value', '"85" gives 85'])
})
