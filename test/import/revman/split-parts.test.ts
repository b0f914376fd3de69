import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { unzipSync, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { readRevman } from '../../../src/import/revman/read-revman.ts'
import { splitRevmanParts } from '../../../src/import/revman/split-parts.ts'
import type { RawRecord, StudyReading } from '../../../src/model/reading.ts'
import { ROOT } from '../../scratch.ts'
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
  records
    .filter(({ fault }) => fault === undefined)
    .map(readRevman)
    .flatMap((reading) => (reading.kind === 'study' ? [reading] : []))

const withoutPlaces = (studies: readonly StudyReading[]) => studies.map(({ record }) => record.rows)

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
      [4, 'data.zip/x/42-study-information.csv', true],
      [5, 'data.zip/x/42-data-rows.csv', true],
    ])
  })

  test('with what has no place in it says so with file and line, and is read without', async () => {
    const files = {
      ...PACKAGE,
      'x/42-data-rows.csv': `${PACKAGE['x/42-data-rows.csv']}\n1,1,,,Two 2000,0,0,0,0,1,2,0,0,1,2,0,0,\n9,1,,,One 1990,0,0,0,0,1,2,0,0,1,2,0,0,`,
      'x/42-overall-estimates-and-settings.csv': `${PACKAGE['x/42-overall-estimates-and-settings.csv']}\n2,1,Cost,Money,Currency,false,,,,95%`,
      'x/42-risk-of-bias.csv': `${PACKAGE['x/42-risk-of-bias.csv']}\nThree,Low risk,,,`,
    }
    const records = await recordsOf(files)
    expect(records.flatMap(({ part, line, fault }) => (fault === undefined ? [] : [[part, line, fault]]))).toEqual([
      ['x/42-risk-of-bias.csv', 3, expect.stringMatching(/QUALITY_ITEM_DATA_ENTRY is of the study "STD-Three"/)],
      ['x/42-data-rows.csv', 7, expect.stringMatching(/DICH_DATA is of the study "STD-Two 2000"/)],
      ['x/42-overall-estimates-and-settings.csv', 6, expect.stringMatching(/^the analysis 2\.1 .+ "Currency"/)],
      ['x/42-data-rows.csv', 8, 'the analysis 9.1 has rows, but no settings'],
    ])
    expect(withoutPlaces(studiesOf(records))).toEqual(withoutPlaces(studiesOf(await recordsOf(PACKAGE))))
  })

  test('is the same review, and its whole the same bytes, in whatever folders and order its files lie', async () => {
    const base = (name: string) => name.replace('x/', '')
    const further = { 'x/42-excluded.ris': 'TY  - JOUR\nER  - ', 'x/42-subgroup-estimates.csv': 'a\n' }
    const [one = [], other = []] = await Promise.all(
      [
        { ...PACKAGE, ...further, 'x/43-excluded.ris': 'of another', 'notes.csv': 'of none' },
        Object.fromEntries(
          Object.entries({ ...PACKAGE, ...further })
            .reverse()
            .map(([name, content]) => [base(name), content]),
        ),
      ].map(recordsOf),
    )
    const plain = (records: readonly RawRecord[]) => records.map(({ bytes }) => Buffer.from(bytes).toString())
    expect(plain(one)).toEqual(plain(other))
    const [whole = new Uint8Array(), second] = [one, other].map((records) => records.at(-1)?.whole)
    expect(Buffer.from(whole)).toEqual(Buffer.from(second ?? []))
    const inside = Object.entries(unzipSync(whole)).map(([name, bytes]) => [name, Buffer.from(bytes).toString()])
    expect(Object.fromEntries(inside)).toEqual(
      Object.fromEntries(Object.entries({ ...PACKAGE, ...further }).map(([name, content]) => [base(name), content])),
    )
  })

  test('among several that is bad leaves the others as good as they are', async () => {
    const other = Object.fromEntries(
      Object.entries(PACKAGE).map(([name, content]) => [name.replace('42', '43'), content]),
    )
    const { 'x/43-data-rows.csv': _, ...incomplete } = other
    const records = await recordsOf({ ...incomplete, ...PACKAGE })
    expect(records.map(({ number, fault }) => [number, fault])).toEqual([
      [
        1,
        'a.zip: the data package 43 has no data-rows.csv; x/42-data-rows.csv is of another package. All files of a package belong together',
      ],
      [2, undefined],
      [3, undefined],
    ])
    expect(studiesOf(records.slice(1)).map(({ record }) => record.slug)).toEqual(['revman-42-one-1990'])
  })

  const { 'x/42-overall-estimates-and-settings.csv': settings, ...withoutSettings } = PACKAGE
  test.each([
    ['nothing of the kind', { 'a.txt': 'words' }, /holds no review/],
    ['a package without settings', withoutSettings, /42 has no overall-estimates-and-settings\.csv/],
    ['a table that is none', { ...PACKAGE, 'x/42-data-rows.csv': `${ROWS}\n1,2` }, /2:1: the row has 2 cells/],
    [
      'a table twice',
      { ...PACKAGE, 'y/42-data-rows.csv': ROWS },
      /42 has two files of data-rows: x\/42-data-rows\.csv and y\/42-data-rows\.csv/,
    ],
    [
      'files of no review’s name',
      { 'x/data-rows.csv': ROWS, 'x/study-information.csv': 'Study' },
      /data-rows\.csv doesn't say/,
    ],
    ['diagnostic tests', { ...PACKAGE, 'x/42-parameters.csv': 'a' }, /42 is of a review of diagnostic tests/],
    [
      'a table without a column',
      { ...PACKAGE, 'x/42-data-rows.csv': PACKAGE['x/42-data-rows.csv']?.toString().replace('GIV SE', 'SE') ?? '' },
      /42-data-rows\.csv:1:1: there is no column GIV SE/,
    ],
    ['a damaged zip', { 'data.zip': 'PK nothing' }, /data\.zip: it can't be unpacked/],
  ])('a zip with %s is refused', async (_, files, message) => {
    expect(settings).toBeDefined()
    await expect(recordsOf(files)).rejects.toThrow(message)
  })
})

/**
 * Its columns are those that two public programs name which read packages of version 2, its rows invented: no real package lies
 * here to be held against.
 */
const VERSION_2 = path.join(ROOT, 'test/fixtures/revman/package-2')

test.each([
  ['empty cells', ''],
  ['#N/A', '#N/A'],
])(
  'a package of version 2 with %s where there is nothing is read by the columns that it shares with 1',
  async (_, nothing) => {
    const files = filesIn(VERSION_2, (name, text) =>
      /(?:data-rows|settings)\.csv$/.test(name) ? text.replace(/(?<=,)(?=[,\n])/g, nothing) : text,
    )
    const records = await recordsOf(files)
    expect(records.map(({ fault }) => fault)).toEqual([undefined, undefined, undefined])
    const [one, two] = studiesOf(records)
    expect([one, two].map((study) => study?.record.slug)).toEqual(['revman-422-doe-1999', 'revman-422-roe-2001'])
    const numbers = (study: StudyReading | undefined) =>
      study?.record.rows.outcomeMeasurement.map(({ events, mean, sd, total }) => [events, mean, sd, total])
    expect(numbers(one)).toEqual([
      [3, null, null, 10],
      [5, null, null, 12],
      [2, null, null, 7],
      [4, null, null, 6],
      [null, 5, 4.7, 13],
      [null, 6.5, 3.8, 13],
    ])
    expect(numbers(two)).toEqual([
      [0, null, null, 8],
      [0, null, null, 9],
      [3, null, null, 8],
      [5, null, null, 9],
    ])
    expect(two?.record.rows.outcomeAnalysis).toMatchObject([
      { measure: 'hazard_ratio', estimate: expect.closeTo(Math.exp(-0.5), 14), groupDescription: null },
      { measure: 'odds_ratio', estimate: expect.closeTo(Math.exp(-2 / 4), 14) },
    ])
    expect(one?.record.publications.map(({ publication: [row] }) => row?.doi)).toEqual(['10.1000/doe'])
    expect(one?.record.rows.riskOfBias).toMatchObject([{ judgement: 'rob-1/2011/low', support: 'Envelopes' }])
    expect(Buffer.from(records[1]?.bytes ?? []).toString()).toMatch(/<IV_OUTCOME [^>]*CI_STUDY="95"/)
  },
)

test('packages of both versions that say the same are read as the same', async () => {
  const read = async (version: number, id: string) => {
    const files = filesIn(path.join(ROOT, `test/fixtures/revman/package-${version}`))
    return JSON.stringify(studiesOf(await recordsOf(files)).map(({ record }) => record)).replaceAll(id, '')
  }
  expect(await read(2, '422')).toBe(await read(1, '421'))
})

function filesIn(folder: string, change = (_: string, text: string) => text): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name))
  return Object.fromEntries(names.map((name) => [name, change(name, readFileSync(path.join(folder, name), 'utf8'))]))
}

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
