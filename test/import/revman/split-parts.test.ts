import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { unzipSync, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { readRevman } from '../../../src/import/revman/read-revman.ts'
import { splitRevmanParts } from '../../../src/import/revman/split-parts.ts'
import type { RawRecord, StudyReading } from '../../../src/model/reading.ts'
import { chunks } from '../chunks.ts'
import { review, study } from './a-review.ts'

type Files = Readonly<Record<string, string | Uint8Array>>

async function* partsOf(files: Files) {
  for (const [name, content] of Object.entries(files)) yield { name, bytes: chunks(content) }
}

async function recordsOf(files: Files): Promise<readonly RawRecord[]> {
  const records: RawRecord[] = []
  for await (const batch of splitRevmanParts(partsOf(files), 'a.zip')) records.push(...batch)
  return records
}

const studiesOf = (records: readonly RawRecord[]): readonly StudyReading[] =>
  records.map(readRevman).flatMap((reading) => (reading.kind === 'study' ? [reading] : []))

const ROWS =
  'Analysis group,Analysis number,Subgroup,Applicability,Study,GIV Mean,GIV SE,Experimental mean,Experimental SD,Experimental cases,Experimental N,Control mean,Control SD,Control cases,Control N,O-E,Variance,Footnotes'
const SETTINGS =
  'Analysis group,Analysis number,Analysis name,Analysis group name,Data type,Log-scale data,Experimental group label,Control group label,Effect measure,Study CI'

/** A package with a row of each type of data, and what it writes into the cells that a type has no use for. */
const PACKAGE: Files = {
  'x/42-data-rows.csv': [
    ROWS,
    '1,1,Young,SUBGROUP_ONLY,One 1990,0.0,0.0,0.0,0.0,3,10,0.0,0.0,5,12,0.0,0.0,',
    '1,1,Old,SUBGROUP_AND_OVERALL,One 1990,0.0,0.0,0.0,0.0,4,11,0.0,0.0,6,13,0.0,0.0,By hand',
    '1,2,,SUBGROUP_AND_OVERALL,One 1990,-0.5,0.2,0.0,0.0,0,0,0.0,0.0,0,0,0.0,0.0,',
    '1,3,,SUBGROUP_AND_OVERALL,One 1990,0.0,0.0,0.0,0.0,3,10,0.0,0.0,5,12,-2.0,4.0,',
    '1,4,,SUBGROUP_AND_OVERALL,One 1990,0.0,0.0,5.0,1.5,0,10,0.0,2.5,0,12,0.0,0.0,',
  ].join('\n'),
  'x/42-overall-estimates-and-settings.csv': [
    SETTINGS,
    '1,1,Death,Tea v. water,Dichotomous,true,Tea,Water,Risk Ratio,95%',
    '1,2,Cough,Tea v. water,Contrast level,true,Tea,Water,Hazard Ratio,95%',
    '1,3,Fever,Tea v. water,O-E and Variance,true,Tea,Water,Peto Odds Ratio,95%',
    '1,4,Pain,Tea v. water,Continuous,false,Tea,Water,Mean Difference,95%',
  ].join('\n'),
  'x/42-study-information.csv': 'Study,Year,Data source,Char: Methods\nOne 1990,1990,PUB,"Open\ntrial"\n',
  'x/42-risk-of-bias.csv': [
    'Study,Domain (judgement): Allocation concealment,Domain (support): Allocation concealment,Domain (judgement): Missing data,Domain (support): Missing data',
    'One 1990,Low risk,Envelopes,Some concerns,Two left',
  ].join('\n'),
}

describe('a data package', () => {
  test('has its studies with what each type of data has, and nothing of the other cells', async () => {
    const records = await recordsOf(PACKAGE)
    const [one, ...others] = studiesOf(records)
    expect(others).toEqual([])
    const { slug, rows } = one?.record ?? {}
    expect(slug).toBe('revman-42-one-1990')
    expect(rows?.outcome.map(({ label, kind }) => [label, kind])).toEqual([
      ['Death', 'dichotomous'],
      ['Death: Young', 'dichotomous'],
      ['Death: Old', 'dichotomous'],
      ['Cough', 'other'],
      ['Fever', 'time_to_event'],
      ['Pain', 'continuous'],
    ])
    expect(
      rows?.outcomeMeasurement.map(({ events, total, mean, sd, note }) => [events, total, mean, sd, note]),
    ).toEqual([
      [3, 10, null, null, 'SUBGROUP_ONLY'],
      [5, 12, null, null, 'SUBGROUP_ONLY'],
      [4, 11, null, null, 'By hand'],
      [6, 13, null, null, 'By hand'],
      [3, 10, null, null, null],
      [5, 12, null, null, null],
      [null, 10, 5, 1.5, null],
      // A mean that is 0, and not an empty cell.
      [null, 12, 0, 2.5, null],
    ])
    expect(rows?.outcomeAnalysis).toMatchObject([
      { measure: 'hazard_ratio', groupDescription: null, estimate: expect.closeTo(Math.exp(-0.5), 14) },
      { measure: 'odds_ratio', estimate: expect.closeTo(Math.exp(-0.5), 14) },
    ])
    expect(rows?.riskOfBias).toMatchObject([{ judgement: 'rob-1/2011/low', support: 'Envelopes' }])
    expect(rows?.studyText.map(({ name, text }) => [name, text])).toEqual([
      ['methods', 'Open\ntrial'],
      ['year', '1990'],
      ['data source', 'published data only'],
      ['Missing data', 'Some concerns. Two left'],
    ])
    const [itself] = records.map(readRevman).filter(({ kind }) => kind === 'review')
    expect(itself?.kind === 'review' && itself.record.rows.reviewOutcome.map(({ measure }) => measure)).toEqual([
      'risk_ratio',
      'hazard_ratio',
      'odds_ratio',
      'mean_difference',
    ])
  })

  test('has the references that name its studies; one without a title is none', async () => {
    const ris = [
      'TY  - JOUR\nNS  - One 1990\nAU  - Doe, Jane A.\nAU  - Tea Group\nTI  - Tea\nJO  - Lancet\nPY  - 1990\nVL  - 3\nSP  - 2\nEP  - 9\nDO  - 10.1000/X\nER  - ',
      'TY  - JOUR\nNS  - One 1990\nER  - ',
      'TY  - JOUR\nNS  - Nobody\nTI  - Milk\nER  - ',
    ]
    const [one] = studiesOf(await recordsOf({ ...PACKAGE, 'x/42-included.ris': `\ufeff${ris.join('\n\n')}\n` }))
    expect(one?.record.publications.map(({ publication: [row] }) => row)).toMatchObject([
      { id: 'doi-10.1000/x', title: 'Tea', journal: 'Lancet', year: 1990, volume: '3', pages: '2-9' },
    ])
    expect(one?.record.vocabulary.author).toMatchObject([
      { lastName: 'Doe', initials: 'JA' },
      { collectiveName: 'Tea Group' },
    ])
    expect(one?.record.rows.studyPublication).toMatchObject([{ role: 'primary' }])
  })

  test('lies in a zip beside an article, and beside reviews of which one is bad', async () => {
    const inner = zipSync(
      Object.fromEntries(Object.entries(PACKAGE).map(([name, content]) => [name, Buffer.from(content)])),
    )
    const records = await recordsOf({
      'article.pdf': '%PDF',
      'data.zip': inner,
      'bad.rm5': '<svg/>',
      'good.rm5': review([study('ID="STD-A"')]),
    })
    expect(records.map(({ number, part, fault }) => [number, part, fault === undefined])).toEqual([
      [1, 'bad.rm5', false],
      [2, 'good.rm5', true],
      [3, 'good.rm5', true],
      [4, 'data.zip/x/42-data-rows.csv', true],
      [5, 'data.zip/x/42-data-rows.csv', true],
    ])
  })

  test('with a row of a study that it doesn’t describe says so with its line', async () => {
    const rows = `${PACKAGE['x/42-data-rows.csv']}\n1,1,,,Two 2000,0,0,0,0,1,2,0,0,1,2,0,0,`
    const records = await recordsOf({ ...PACKAGE, 'x/42-data-rows.csv': rows })
    expect(records.flatMap(({ line, fault }) => (fault === undefined ? [] : [[line, fault]]))).toEqual([
      [7, expect.stringMatching(/DICH_DATA is of the study "STD-Two 2000"/)],
    ])
  })

  const { 'x/42-overall-estimates-and-settings.csv': settings, ...withoutSettings } = PACKAGE
  test.each([
    ['nothing of the kind', { 'a.txt': 'words' }, /neither|holds no review/],
    ['a package without settings', withoutSettings, /42 has no overall-estimates-and-settings\.csv/],
    ['a table that is none', { ...PACKAGE, 'x/42-data-rows.csv': `${ROWS}\n1,2` }, /2:1: the row has 2 cells/],
    ['a damaged zip', { 'data.zip': 'PK nothing' }, /data\.zip: it can't be unpacked/],
  ])('a zip with %s is refused', async (_, files, message) => {
    expect(settings).toBeDefined()
    await expect(recordsOf(files)).rejects.toThrow(message)
  })
})

const folder = path.join(process.env.EVIBASE_FIXTURES ?? '', 'revman')

/** The tables within the package's inner zip, by a reader that isn't ours. */
function tableOf(outer: Readonly<Record<string, Uint8Array>>, name: string): Record<string, string>[] {
  const inner = Object.entries(outer).find(([file]) => file.endsWith('-data.zip'))?.[1] ?? new Uint8Array()
  const [, bytes] = Object.entries(unzipSync(inner)).find(([file]) => file.endsWith(name)) ?? []
  return parse(Buffer.from(bytes ?? []), { bom: true, columns: true })
}

test.skipIf(!process.env.EVIBASE_FIXTURES)(
  'the real package’s studies have the numbers of its own tables',
  async () => {
    const outer = unzipSync(readFileSync(path.join(folder, 'Fleiss1993.zip')))
    const studies = studiesOf(await recordsOf(outer))
    const kinds = new Map(
      tableOf(outer, 'settings.csv').map((row) => [row['Analysis number'], row['Data type'] === 'Continuous']),
    )
    const expected = tableOf(outer, 'data-rows.csv').flatMap((row) =>
      ['Experimental', 'Control'].map((side) =>
        [
          row.Study,
          side.toLowerCase(),
          Number(row[`${side} N`]),
          ...(kinds.get(row['Analysis number'])
            ? [null, Number(row[`${side} mean`]), Number(row[`${side} SD`])]
            : [Number(row[`${side} cases`]), null, null]),
        ].join(' '),
      ),
    )
    expect(expected).toHaveLength(24)
    const read = studies.flatMap(({ record: { rows } }) =>
      rows.outcomeMeasurement.map(({ studyGroupId, total, events, mean, sd }) =>
        [rows.study[0]?.label, studyGroupId.split('/')[1]?.replace(/-\d+$/, ''), total, events, mean, sd].join(' '),
      ),
    )
    expect([...read].sort()).toEqual([...expected].sort())
    expect(studies.map(({ record }) => record.rows.study[0]?.label).sort()).toEqual(
      tableOf(outer, 'study-information.csv')
        .map(({ Study: name }) => name)
        .sort(),
    )
  },
)
