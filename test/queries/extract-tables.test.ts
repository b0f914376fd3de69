import { beforeAll, describe, expect, test } from 'vitest'
import {
  ADVERSE_EVENT_COLUMNS,
  ANALYSIS_COLUMNS,
  ARM_COLUMNS,
  CHARACTERISTICS_COLUMNS,
  type Database,
  EVIDENCE_COLUMNS,
  extractAdverseEvents,
  extractAnalyses,
  extractArms,
  extractCharacteristics,
  extractCorrections,
  extractDichotomous,
  extractEvidence,
  extractSurvival,
  type StudyFile,
  SURVIVAL_COLUMNS,
  TRACE_COLUMNS,
  traceStudy,
} from '../../src/index.ts'
import { empty, STUDY, seeded, withVariants } from './seeded.ts'

let db: Database
beforeAll(async () => {
  db = await seeded()
})

// The columns, in its order; more may follow.
test.each([
  {
    table: 'characteristics',
    columns: CHARACTERISTICS_COLUMNS,
    first: 'study, year, design, allocation, enrolled, conditions, arms, interventions, follow_up, publication',
  },
  { table: 'arms', columns: ARM_COLUMNS, first: 'study, arm, label, role, interventions, analysis_set, n' },
  {
    table: 'survival',
    columns: SURVIVAL_COLUMNS,
    first: 'study, outcome, subgroup, time_months, group, probability, ci_lower, ci_upper, n',
  },
  {
    table: 'analyses',
    columns: ANALYSIS_COLUMNS,
    first:
      'study, outcome, subgroup, timepoint, experimental, control, measure, estimate, ci_lower, ci_upper, p_operator, p_value, p_text, p_sides, method, finding, corrected',
  },
  {
    table: 'adverse events',
    columns: ADVERSE_EVENT_COLUMNS,
    first:
      'study, term, parent, group, affected, at_risk, events, percent, serious, related, fatal, narrative, missing_reason',
  },
  {
    table: 'trace',
    columns: TRACE_COLUMNS,
    first: 'study, table, row, field, value, printed, role, quote, section, start, end, verdict',
  },
])('the table of $table has the columns of the issue first', ({ columns, first }) => {
  expect(Object.keys(columns).join(', ').startsWith(first)).toBe(true)
})

test('each row has the names of its columns for keys, in their order', async () => {
  for (const [columns, rows] of [
    [CHARACTERISTICS_COLUMNS, await extractCharacteristics(db)],
    [ARM_COLUMNS, await extractArms(db)],
    [SURVIVAL_COLUMNS, await extractSurvival(db)],
    [ANALYSIS_COLUMNS, await extractAnalyses(db)],
    [ADVERSE_EVENT_COLUMNS, await extractAdverseEvents(db)],
    [EVIDENCE_COLUMNS, await extractEvidence(db)],
  ] as const) {
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) expect(Object.keys(row)).toEqual(Object.keys(columns))
  }
})

test.each([
  { unit: 'years', from: 2, months: 24 },
  { unit: 'days', from: 30.4375, months: 1 },
  { unit: 'weeks', from: 52, months: (52 * 7) / 30.4375 },
])('survival at $from $unit is survival at $months months', async ({ unit, from, months }) => {
  const edited = await seeded(
    `UPDATE timepoint SET from_time = ${from}, unit = '${unit}' WHERE id = '${STUDY}/36-months'`,
  )
  expect((await extractSurvival(edited))[0]?.time_months).toBeCloseTo(months, 10)
})

describe('several studies', () => {
  const as = (slug: string, pmid: string, year: string) => (file: StudyFile) => {
    file.study.slug = slug
    Object.assign(file.publications[0] ?? {}, { pmid, doi: `10.1000/${slug}`, published: year })
  }

  test('come in the order of their keys, each with its own year, and can be chosen', async () => {
    const many = await withVariants(as('b-2', '2', '2002'), as('a-1', '1', '2001'), as('b-10', '3', '2010'))
    const years = async (studies?: string[]) =>
      (await extractDichotomous(many, studies ? { studies } : {})).map(({ study, year }) => `${study} ${year}`)
    expect([...new Set(await years())]).toEqual(['a-1 2001', 'b-10 2010', 'b-2 2002'])
    expect(await years()).toHaveLength(9)
    expect([...new Set(await years(['b-2', 'a-1', 'b-2']))]).toEqual(['a-1 2001', 'b-2 2002'])
    expect((await extractEvidence(many)).map(({ study }) => study)).toEqual(
      (await extractEvidence(many)).map(({ study }) => study).sort(),
    )
  })

  test('the trace of one has nothing of another', async () => {
    const two = await withVariants(as('a-1', '1', '2001'), as('a-10', '2', '2002'))
    const rows = await traceStudy(two, 'a-1')
    expect(new Set(rows.map(({ study, publication }) => `${study} ${publication}`))).toEqual(
      new Set(['a-1 pmid-1', 'a-1 null']),
    )
  })
})

describe('a study that is not there', () => {
  test.each([
    { query: 'characteristics', run: (base: Database, studies: string[]) => extractCharacteristics(base, { studies }) },
    { query: 'arms', run: (base: Database, studies: string[]) => extractArms(base, { studies }) },
    { query: 'dichotomous', run: (base: Database, studies: string[]) => extractDichotomous(base, { studies }) },
    { query: 'survival', run: (base: Database, studies: string[]) => extractSurvival(base, { studies }) },
    { query: 'analyses', run: (base: Database, studies: string[]) => extractAnalyses(base, { studies }) },
    { query: 'adverse events', run: (base: Database, studies: string[]) => extractAdverseEvents(base, { studies }) },
    { query: 'corrections', run: (base: Database, studies: string[]) => extractCorrections(base, { studies }) },
    { query: 'evidence', run: (base: Database, studies: string[]) => extractEvidence(base, { studies }) },
  ])('is not passed over by $query', async ({ run }) => {
    await expect(run(db, [STUDY, 'rosenberg-1993'])).rejects.toMatchObject({
      code: 'STUDY_NOT_FOUND',
      message: `The database has no study "rosenberg-1993". It has ${STUDY}.`,
    })
  })

  test('is not found in a database without studies', async () => {
    await expect(traceStudy(await empty(), STUDY)).rejects.toMatchObject({
      code: 'STUDY_NOT_FOUND',
      message: `The database has no study "${STUDY}". It has none yet; load one with \`evibase load FILE\`.`,
    })
  })

  test('and no study at all is no mistake', async () => {
    expect(await extractDichotomous(await empty())).toEqual([])
    expect(await extractEvidence(await empty())).toEqual([])
  })
})
