import { describe, expect, test } from 'vitest'
import { readRevman } from '../../../src/import/revman/read-revman.ts'
import { splitRevman } from '../../../src/import/revman/split-revman.ts'
import { chunks, split } from '../chunks.ts'
import { outcome, review, type StudyOfReview, study, table } from './a-review.ts'

const ID = 'ID="STD-Tea_x002d_1"'
const OF = 'STD-Tea_x002d_1'

async function readingOf(more: Omit<StudyOfReview, 'id'>) {
  const { records, error } = await split(splitRevman, chunks(review([study(ID, more)])))
  const [record] = records
  if (record === undefined || record.fault !== undefined) throw new Error(String(error ?? record?.fault))
  const reading = readRevman(record)
  if (reading.kind !== 'study') throw new Error('no study')
  return reading
}
const rowsOf = async (data: string) => (await readingOf({ data })).record.rows

describe('the record of a study', () => {
  test('is a study under the review’s and its own name, with what is said of it', async () => {
    const { key, record } = await readingOf({
      study: '<IDENTIFIERS><IDENTIFIER TYPE="OTHER" VALUE="NCT00000001"/></IDENTIFIERS>',
      characteristics: `<INCLUDED_CHAR STUDY_ID="${OF}"><CHAR_METHODS><P>Open<BR/>trial of CO<SUB>2</SUB></P>
        <P>Second</P></CHAR_METHODS><CHAR_NOTES/></INCLUDED_CHAR>`,
    })
    expect(key).toBe('42/STD-Tea_x002d_1')
    expect(record.slug).toBe('revman-42-tea-1')
    expect(record.rows.study).toMatchObject([
      { label: 'Study', registry: 'revman', allocationMissingReason: 'unclear' },
    ])
    expect(record.rows.studyText.map(({ name, text }) => [name, text])).toEqual([
      ['methods', 'Open\ntrial of CO2\nSecond'],
      ['year', '1999'],
    ])
    expect(record.rows.studyIdentifier).toMatchObject([{ registry: 'clinicaltrials.gov', value: 'NCT00000001' }])
  })

  test('has its references as publications, the primary one as that', async () => {
    const reference = (primary: string, inside: string) =>
      `<REFERENCE PRIMARY="${primary}" TYPE="JOURNAL_ARTICLE">${inside}</REFERENCE>`
    const { record, unmapped } = await readingOf({
      study: [
        reference(
          'NO',
          '<AU>van der Berg A-B, WHO, et al</AU><TI>First.</TI><SO>Lancet</SO><YR>1998</YR><VL>3</VL><NO>2</NO><PG>1-9</PG>' +
            '<IDENTIFIERS><IDENTIFIER TYPE="DOI" VALUE="10.1000/ABC"/><IDENTIFIER TYPE="CENTRAL" VALUE="CN-1"/></IDENTIFIERS>',
        ),
        reference('YES', '<TI>Second</TI><IDENTIFIERS><IDENTIFIER TYPE="PUBMED" VALUE="123"/></IDENTIFIERS>'),
        reference('NO', '<AU>Nobody N</AU>'),
      ].join(''),
    })
    expect(record.publications.map(({ publication }) => publication[0])).toMatchObject([
      { id: 'doi-10.1000/abc', title: 'First', journal: 'Lancet', year: 1998, volume: '3', issue: '2', pages: '1-9' },
      { id: 'pmid-123', title: 'Second', authorsMissingReason: 'not_reported' },
    ])
    expect(record.rows.studyPublication.map(({ role, code }) => [role, code])).toEqual([
      ['secondary', 'ref1'],
      ['primary', 'ref2'],
    ])
    expect(record.vocabulary.author).toMatchObject([
      { lastName: 'van der Berg', initials: 'A-B' },
      { collectiveName: 'WHO' },
    ])
    const place = 'STUDIES_AND_REFERENCES/STUDIES/INCLUDED_STUDIES/STUDY/REFERENCE[]'
    expect(unmapped).toContain(`${place}/AU`)
    expect(unmapped).toContain(`${place}/IDENTIFIERS/IDENTIFIER[]/@VALUE`)
  })

  test('has judgements by RoB 1; unclear without a word is none, and other items are texts', async () => {
    const item = (name: string, result: string, support: string) =>
      `<QUALITY_ITEM ID="Q${name.length}" LEVEL="STUDY"><NAME>${name}</NAME><QUALITY_ITEM_DATA>
      <QUALITY_ITEM_DATA_ENTRY STUDY_ID="${OF}" RESULT="${result}"><DESCRIPTION>${support}</DESCRIPTION>
      </QUALITY_ITEM_DATA_ENTRY></QUALITY_ITEM_DATA></QUALITY_ITEM>`
    const { rows } = (
      await readingOf({
        bias: [
          item('Adequate sequence generation?', 'YES', '<P>Dice</P>'),
          item('Allocation concealment (selection bias)', 'UNKNOWN', '<P>Not said</P>'),
          item('Other bias', 'UNKNOWN', ''),
          item('Blinding?', 'NO', '<P>Tea has a taste</P>'),
        ].join(''),
      })
    ).record
    expect(rows.riskOfBias.map(({ domainId, judgement, support }) => [domainId, judgement, support])).toEqual([
      ['rob-1/2011/sequence-generation', 'rob-1/2011/low', 'Dice'],
      ['rob-1/2011/allocation-concealment', 'rob-1/2011/unclear', 'Not said'],
    ])
    expect(rows.studyText.map(({ name, text }) => [name, text])).toContainEqual([
      'Blinding?',
      'High risk of bias. Tea has a taste',
    ])
  })
})

describe('a row of data', () => {
  test('of counts is two measurements of a compared pair, also where it says too many events', async () => {
    const rows = await rowsOf(
      outcome('DICH', 1, table(OF, 'EVENTS_1="13" TOTAL_1="10" EVENTS_2="" TOTAL_2="0"').replace('YES', 'NO')),
    )
    expect(rows.studyGroup.map(({ label }) => label)).toEqual(['Tea', 'Water'])
    expect(rows.comparison).toMatchObject([
      { experimentalGroupId: 'revman-42-tea-1/experimental-1', referenceGroupId: 'revman-42-tea-1/control-1' },
    ])
    expect(rows.outcome).toMatchObject([{ kind: 'dichotomous', label: 'Outcome 1', definition: 'Tea versus water' }])
    expect(rows.outcomeMeasurement).toMatchObject([
      { events: 13, total: 10, missingReason: null, note: 'Not estimable, RevMan says' },
      { events: null, total: 0, missingReason: 'zero_at_risk' },
    ])
  })

  test('of means keeps how they are written', async () => {
    const numbers = 'MEAN_1="5.0" SD_1="4.7" TOTAL_1="13" MEAN_2="-1.5E1" SD_2="0" TOTAL_2="14"'
    const rows = await rowsOf(outcome('CONT', 1, `<CONT_DATA STUDY_ID="${OF}" ${numbers}/>`, 'UNITS="mm"'))
    expect(rows.outcome).toMatchObject([{ kind: 'continuous', unit: 'mm' }])
    expect(rows.outcomeMeasurement).toMatchObject([
      { mean: 5, sd: 4.7, total: 13, events: null },
      { mean: -15, sd: 0, total: 14 },
    ])
    expect(rows.fact.map(({ field, printed }) => [field, printed])).toContainEqual(['mean', '5.0'])
  })

  test('of an estimate is an analysis on its own scale', async () => {
    // exp(−0.5) and exp(−0.5 ± 1.959963984540054 × 0.2), by Python
    const row = `<EFFECT_MEASURE>Hazard Ratio</EFFECT_MEASURE><IV_DATA STUDY_ID="${OF}" ESTIMATE="-0.5" SE="0.2" TOTAL_1="30" TOTAL_2="0"/>`
    const [analysis] = (await rowsOf(outcome('IV', 1, row, 'LOG_DATA="YES" CI_STUDY="95"'))).outcomeAnalysis
    expect(analysis).toMatchObject({
      measure: 'hazard_ratio',
      derived: true,
      estimateComment: 'Entered: estimate -0.5, standard error 0.2, of the natural logarithm',
      groupDescription: 'Tea: 30 participants',
    })
    expect(analysis?.estimate).toBeCloseTo(0.606530659712633, 14)
    expect(analysis?.ciLower).toBeCloseTo(0.409838214102804, 13)
    expect(analysis?.ciUpper).toBeCloseTo(0.897621130759572, 13)
  })

  test('of an estimate keeps the interval that RevMan shows, and none where there is no standard error', async () => {
    const row = (se: string) =>
      `<EFFECT_MEASURE>Score</EFFECT_MEASURE><IV_DATA STUDY_ID="${OF}" ESTIMATE="1.5" SE="${se}" CI_START="1" CI_END="2"/>`
    const of = async (se: string) =>
      (await rowsOf(outcome('IV', 1, row(se), 'LOG_DATA="NO" CI_STUDY="90"'))).outcomeAnalysis
    expect(await of('0.3')).toMatchObject([
      {
        measure: 'other',
        measurePrinted: 'Score',
        estimate: 1.5,
        ciLower: 1,
        ciUpper: 2,
        ciLevel: 0.9,
        derived: false,
      },
    ])
    expect(await of('0')).toMatchObject([{ estimate: null, ciLower: null, missingReason: 'not_estimable' }])
  })

  test('of a logarithm whose ratio is no number has none', async () => {
    const row = `<IV_DATA STUDY_ID="${OF}" ESTIMATE="1000" SE="0.2"/>`
    expect((await rowsOf(outcome('IV', 1, row, 'LOG_DATA="YES"'))).outcomeAnalysis).toMatchObject([
      { estimate: null, missingReason: 'unclear', estimateComment: expect.stringContaining('1000') },
    ])
  })

  test('of O − E and variance is their quotient’s ratio, with the counts', async () => {
    // exp(−2 / 4) and exp(−2 / 4 ± 1.959963984540054 / √4)
    const row = `<IPD_DATA STUDY_ID="${OF}" EVENTS_1="3" TOTAL_1="10" EVENTS_2="5" TOTAL_2="12" O_E="-2.0" VAR="4.0"/>`
    const rows = await rowsOf(outcome('IPD', 1, row, 'EFFECT_MEASURE="PETO_OR"'))
    expect(rows.outcome).toMatchObject([{ kind: 'time_to_event' }])
    expect(rows.outcomeMeasurement).toMatchObject([
      { events: 3, total: 10 },
      { events: 5, total: 12 },
    ])
    expect(rows.outcomeAnalysis).toMatchObject([
      { measure: 'odds_ratio', estimateComment: 'Entered: O − E -2.0, variance 4.0', derived: true },
    ])
    expect(rows.outcomeAnalysis[0]?.estimate).toBeCloseTo(Math.exp(-0.5), 14)
    expect(rows.outcomeAnalysis[0]?.ciUpper).toBeCloseTo(Math.exp(-0.5 + 0.979981992270027), 12)
  })

  test('of words is a text of the study', async () => {
    const rows = await rowsOf(outcome('OTHER', 1, `<OTHER_DATA STUDY_ID="${OF}"><P>Nobody coughed</P></OTHER_DATA>`))
    expect(rows.outcome).toEqual([])
    expect(rows.studyText).toContainEqual(expect.objectContaining({ name: 'Outcome 1', text: 'Nobody coughed' }))
  })

  test('in a subgroup is of a part of the outcome', async () => {
    const subgroup = (number: number) =>
      `<DICH_SUBGROUP ID="CMP-001.01.0${number}" NO="${number}"><NAME>Part ${number}</NAME>${table(OF)}</DICH_SUBGROUP>`
    const rows = await rowsOf(outcome('DICH', 1, subgroup(1) + subgroup(2)))
    const whole = 'revman-42-tea-1/cmp-001-01'
    expect(rows.outcome).toMatchObject([
      { id: whole, partOfId: null },
      { id: `${whole}-01`, partOfId: whole, classTitle: 'Part 1', label: 'Outcome 1: Part 1' },
      { id: `${whole}-02`, partOfId: whole, classTitle: 'Part 2' },
    ])
    expect(rows.outcomeMeasurement.map(({ outcomeId }) => outcomeId.slice(whole.length))).toEqual([
      '-01',
      '-01',
      '-02',
      '-02',
    ])
  })

  test.each([
    ['without a number', table(OF, 'EVENTS_1="3" TOTAL_1="10" EVENTS_2="5"'), /DICH_DATA: TOTAL_2 is missing/],
    ['with a word', table(OF).replace('"3"', '"many"'), /EVENTS_1 is "many"; expected a whole number/],
    ['with half a person', table(OF).replace('"3"', '"3.5"'), /EVENTS_1 is "3.5"; expected a whole number/],
    ['twice', table(OF) + table(OF), /DICH_OUTCOME CMP-001.01: it has two rows of the study/],
  ])('%s is refused with its place', async (_, rows, message) => {
    await expect(rowsOf(outcome('DICH', 1, rows))).rejects.toThrow(message)
  })

  test('of an outcome with the ID of another is refused', async () => {
    const same = outcome('DICH', 1, table(OF))
    await expect(rowsOf(same + same)).rejects.toThrow(/DICH_OUTCOME CMP-001.01: another outcome before it has its ID/)
  })
})

test('the record of the review is its question, its studies with decisions and reasons, its outcomes and what answers them', async () => {
  const subgroup = `<DICH_SUBGROUP ID="CMP-001.02.01" NO="1"><NAME>Part</NAME>${table(OF)}</DICH_SUBGROUP>`
  const xml = review([
    study(ID, { data: outcome('DICH', 1, table(OF), 'EFFECT_MEASURE="PETO_OR"') + outcome('DICH', 2, subgroup) }),
  ])
    .replace('ID="42"', 'ID="42" DOI="10.1000/x"')
    .replace(
      '<STUDIES_AND_REFERENCES>',
      `<MAIN_TEXT><BODY><METHODS><SELECTION_CRITERIA><CRIT_PARTICIPANTS><P>Who coughs</P></CRIT_PARTICIPANTS>
      </SELECTION_CRITERIA></METHODS></BODY></MAIN_TEXT><STUDIES_AND_REFERENCES>`,
    )
    .replace(
      '<EXCLUDED_STUDIES/>',
      `<EXCLUDED_STUDIES><STUDY ID="STD-X" NAME="X 1"><REFERENCE><AU>Doe J</AU><TI>Milk.</TI><SO>Lancet</SO><YR>1990</YR>
      <VL>3</VL><NO>1</NO><PG>2-9</PG></REFERENCE></STUDY><STUDY ID="STD-Y" NAME="Y 2"/></EXCLUDED_STUDIES>
      <AWAITING_STUDIES><STUDY ID="STD-Z" NAME="Z 3"/></AWAITING_STUDIES>`,
    )
    .replace(
      '</CHARACTERISTICS_OF_STUDIES>',
      `<CHARACTERISTICS_OF_EXCLUDED_STUDIES><EXCLUDED_CHAR STUDY_ID="STD-X"><CHAR_REASON_FOR_EXCLUSION><P>No tea</P>
      </CHAR_REASON_FOR_EXCLUSION></EXCLUDED_CHAR></CHARACTERISTICS_OF_EXCLUDED_STUDIES></CHARACTERISTICS_OF_STUDIES>`,
    )
  const { records } = await split(splitRevman, chunks(xml))
  const last = records.at(-1)
  if (last === undefined) throw new Error('no record')
  const reading = readRevman(last)
  if (reading.kind !== 'review') throw new Error('no review')
  const { rows } = reading.record
  expect(rows.review).toMatchObject([
    {
      id: 'revman-42',
      title: 'Tea for coughs',
      population: 'Who coughs',
      intervention: 'not stated',
      note: 'DOI: 10.1000/x',
    },
  ])
  expect(rows.reviewStudy.map(({ id, decision, reason, citation }) => [id, decision, reason, citation])).toEqual([
    ['revman-42/revman-42-tea-1', 'included', null, null],
    ['revman-42/x', 'excluded', 'No tea', 'Doe J. Milk. Lancet 1990;3(1):2-9.'],
    ['revman-42/y', 'excluded', 'The review gives no reason.', null],
    ['revman-42/z', 'awaiting', null, null],
  ])
  expect(rows.reviewOutcome.map(({ id, measure }) => [id, measure])).toEqual([
    ['revman-42/cmp-001-01', 'odds_ratio'],
    ['revman-42/cmp-001-02', null],
  ])
  expect(rows.reviewResult.map(({ reviewOutcomeId, outcomeId }) => [reviewOutcomeId, outcomeId])).toEqual([
    ['revman-42/cmp-001-01', 'revman-42-tea-1/cmp-001-01'],
    ['revman-42/cmp-001-02', 'revman-42-tea-1/cmp-001-02-01'],
  ])
})

test('a review of which two outcomes have one ID is refused, since nobody knows which of them a result answers', async () => {
  const xml = review([study(ID, { data: outcome('DICH', 1, table(OF)) })], outcome('DICH', 1, ''))
  const { records } = await split(splitRevman, chunks(xml))
  const [one, itself] = records.map((record) => () => readRevman(record))
  expect(one?.()).toMatchObject({ kind: 'study' })
  expect(itself).toThrow('two outcomes of the review have the ID CMP-001.01')
})
