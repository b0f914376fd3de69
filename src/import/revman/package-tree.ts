import { groupedBy } from '../../model/grouped-by.ts'
import { invalidRows, type Sheet } from '../effect-rows/sheet.ts'
import type { XmlElement } from '../stream/xml-element.ts'
import { PACKAGE_TABLES, type PackageTable } from './package-files.ts'

/** The tables of a data package. Only the rows of data and the settings are always there. */
export type PackageTables = Readonly<Partial<Record<PackageTable, Sheet>>> & {
  readonly 'data-rows': Sheet
  readonly 'overall-estimates-and-settings': Sheet
}

/** Elements of references by the names of the studies that they report. */
export type PackageReferences = ReadonlyMap<string, readonly XmlElement[]>

/** A package in the shape of a review, and what of it has no place there. */
export interface PackageTree {
  readonly root: XmlElement
  readonly strays: readonly Stray[]
}

interface Stray {
  readonly table: PackageTable
  readonly line: number
  readonly message: string
}

interface Row {
  /** Where it stands. It takes a second reading of its table, and is asked for only where there is something to tell. */
  readonly line: number
  /** A cell's words; undefined where it is empty, or the column isn't there. */
  readonly cell: (column: string) => string | undefined
}

function rowsOf(sheet: Sheet | undefined): readonly Row[] {
  if (sheet === undefined) return []
  const places = new Map(sheet.columns.map((column, place) => [column, place]))
  return sheet.rows.map((cells, index) => ({
    get line() {
      return sheet.issue(index, undefined, '').line
    },
    cell: (column) => {
      const text = cells[places.get(column) ?? -1]?.trim()
      return text === '' || text === NOTHING ? undefined : text
    },
  }))
}

/** What RevMan Web writes into a cell that an analysis has no use for. */
const NOTHING = '#N/A'

/**
 * A data package of RevMan Web in the shape of a review of RevMan 5. Of a row only those cells are taken that its type of data
 * has: in the others version 1 writes 0.0. Version 2 has the same columns of what is read here, but names the level of all
 * intervals "CI/PI level"; that is what programs say that read such packages, and not yet held against one.
 *
 * @param id  what the package's files are called by
 * @throws EvidenceError IMPORT_FILE_INVALID  a table lacks a column
 * @source https://documentation.cochrane.org/revman-kb/previous-version-version-1-data-package-332136475.html
 */
export function packageTree(id: string, tables: PackageTables, references: PackageReferences): PackageTree {
  for (const table of PACKAGE_TABLES) requireColumns(tables[table], NEEDED[table])
  const information = rowsOf(tables['study-information'])
  const data = rowsOf(tables['data-rows'])
  const known = new Map(information.map((row) => [row.cell('Study'), row]))
  // Without a table of studies, those are in that have a row.
  const listed =
    information.length > 0 ? information : [...new Map(data.map((row) => [row.cell('Study'), row])).values()]
  const studies = listed.map((row) =>
    element(
      'STUDY',
      row,
      {
        ID: idOf(row),
        NAME: row.cell('Study'),
        YEAR: row.cell('Year') ?? row.cell('Study year'),
        DATA_SOURCE: row.cell('Data source'),
      },
      references.get(row.cell('Study') ?? '') ?? [],
    ),
  )
  const characteristics = [...known.values()].map((row) =>
    element(
      'INCLUDED_CHAR',
      row,
      { STUDY_ID: idOf(row) },
      ['Methods', 'Participants', 'Interventions', 'Outcomes', 'Notes'].map((name) =>
        words(`CHAR_${name.toUpperCase()}`, row, row.cell(`Char: ${name}`)),
      ),
    ),
  )
  const inside = (name: string, content: readonly XmlElement[]) => element(name, HEAD, {}, content)
  const { comparisons, strays } = comparisonsOf(rowsOf(tables['overall-estimates-and-settings']), data)
  const root = element('COCHRANE_REVIEW', HEAD, { ID: id, TYPE: 'INTERVENTION' }, [
    inside('STUDIES_AND_REFERENCES', [inside('STUDIES', [inside('INCLUDED_STUDIES', studies)])]),
    inside('CHARACTERISTICS_OF_STUDIES', [inside('CHARACTERISTICS_OF_INCLUDED_STUDIES', characteristics)]),
    inside('QUALITY_ITEMS', itemsOf(tables['risk-of-bias'])),
    inside('ANALYSES_AND_DATA', comparisons),
  ])
  return { root, strays }
}

/** A column that is called otherwise would be one without a number. @throws EvidenceError IMPORT_FILE_INVALID */
function requireColumns(sheet: Sheet | undefined, needed: readonly string[]): void {
  const missing = sheet === undefined ? [] : needed.filter((column) => !sheet.columns.includes(column))
  if (sheet === undefined || missing.length === 0) return
  const message = `there is no column ${missing.join(', ')}; expected the columns of a data package, version 1 or 2`
  throw invalidRows(sheet.file, [sheet.issue(-1, undefined, message)])
}

/** RevMan Web knows studies by their names. */
const idOf = (row: Row): string | undefined => {
  const name = row.cell('Study')
  return name === undefined ? undefined : `STD-${name}`
}

/** @param row  what it was made of */
function element(
  name: string,
  row: Pick<Row, 'line'>,
  attributes: Readonly<Record<string, string | undefined>>,
  content: XmlElement['content'] = [],
): XmlElement {
  const given = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  )
  const place = {
    get line() {
      return row.line
    },
  }
  return { name, index: 0, place, attributes: Object.fromEntries(given), content }
}

/** Where a table begins. */
const HEAD = { line: 1 }

const words = (name: string, row: Row, text: string | undefined): XmlElement =>
  element(
    name,
    row,
    {},
    (text ?? '')
      .split(/\r?\n/)
      .filter((part) => part.trim() !== '')
      .map((part) => element('P', row, {}, [part])),
  )

const RESULTS: Readonly<Record<string, string>> = { 'low risk': 'YES', 'high risk': 'NO', 'unclear risk': 'UNKNOWN' }

function itemsOf(sheet: Sheet | undefined): readonly XmlElement[] {
  const domains = (sheet?.columns ?? []).flatMap((column) => /^Domain \(judgement\): (.+)$/.exec(column)?.[1] ?? [])
  const rows = rowsOf(sheet)
  return domains.map((domain, index) => {
    const entries = rows.flatMap((row) => {
      const judgement = row.cell(`Domain (judgement): ${domain}`)
      if (judgement === undefined || /^not applicable$/i.test(judgement)) return []
      const result = RESULTS[judgement.toLowerCase().replace(/ of bias$/, '')] ?? judgement
      const support = words('DESCRIPTION', row, row.cell(`Domain (support): ${domain}`))
      return [element('QUALITY_ITEM_DATA_ENTRY', row, { STUDY_ID: idOf(row), RESULT: result }, [support])]
    })
    return element('QUALITY_ITEM', HEAD, { ID: `QIT-${index + 1}` }, [
      element('NAME', HEAD, {}, [domain]),
      element('QUALITY_ITEM_DATA', HEAD, {}, entries),
    ])
  })
}

/** What RevMan 5 calls a type of data. */
const KINDS: readonly (readonly [RegExp, keyof typeof CELLS])[] = [
  [/^dichotomous$/i, 'DICH'],
  [/^continuous$/i, 'CONT'],
  [/^(?:contrast level|generic inverse variance)$/i, 'IV'],
  [/^o\s*-\s*e and variance$/i, 'IPD'],
  [/^other(?: data)?$/i, 'OTHER'],
]

/** The analyses of each group, and the rows of data of none. */
function comparisonsOf(settings: readonly Row[], data: readonly Row[]) {
  const strays: Stray[] = []
  const analyses = groupedBy(data, analysisOf)
  const asked = new Set<string>()
  const groups = groupedBy(settings, (row) => row.cell('Analysis group') ?? '')
  const comparisons = [...groups].map(([group, rows]) => {
    const outcomes = rows.flatMap((row) => {
      asked.add(analysisOf(row))
      const type = row.cell('Data type')
      const kind = KINDS.find(([pattern]) => pattern.test(type ?? ''))?.[1]
      if (kind !== undefined) return [outcomeOf(row, kind, analyses.get(analysisOf(row)) ?? [])]
      const message = `the analysis ${analysisOf(row)} is of the type of data "${type ?? ''}", which nobody here knows; its rows are not read`
      strays.push({ table: 'overall-estimates-and-settings', line: row.line, message })
      return []
    })
    const attributes = { ID: comparisonId(group), NO: group }
    const name = rows[0]?.cell('Analysis group name') ?? ''
    return element('COMPARISON', HEAD, attributes, [element('NAME', HEAD, {}, [name]), ...outcomes])
  })
  for (const [analysis, [row]] of analyses)
    if (row !== undefined && !asked.has(analysis))
      strays.push({ table: 'data-rows', line: row.line, message: `the analysis ${analysis} has rows, but no settings` })
  return { comparisons, strays }
}

const analysisOf = (row: Row) => `${row.cell('Analysis group') ?? ''}.${row.cell('Analysis number') ?? ''}`
const comparisonId = (group: string) => `CMP-${group.padStart(3, '0')}`

function outcomeOf(row: Row, kind: keyof typeof CELLS, data: readonly Row[]): XmlElement {
  const { cell } = row
  const id = `${comparisonId(cell('Analysis group') ?? '')}.${(cell('Analysis number') ?? '').padStart(2, '0')}`
  const measure = cell('Effect measure')
  const label = (name: string, text: string | undefined) => (text === undefined ? [] : [element(name, row, {}, [text])])
  const bySubgroup = groupedBy(data, (one) => one.cell('Subgroup'))
  const rowsIn = (subgroup: string | undefined) => (bySubgroup.get(subgroup) ?? []).map((one) => dataOf(kind, one))
  const subgroups = [...bySubgroup.keys()].filter((name) => name !== undefined)
  return element(
    `${kind}_OUTCOME`,
    row,
    {
      ID: id,
      EFFECT_MEASURE: measure,
      UNITS: cell('Unit of effect measure'),
      LOG_DATA: cell('Log-scale data')?.toLowerCase() === 'true' ? 'YES' : 'NO',
      SWAP_EVENTS: cell('Swap event and non-event')?.toLowerCase() === 'true' ? 'YES' : 'NO',
      CI_STUDY: (cell('Study CI') ?? cell('CI/PI level'))?.replace(/\s*%$/, ''),
    },
    [
      ...label('NAME', cell('Analysis name')),
      ...label('GROUP_LABEL_1', cell('Experimental group label') ?? cell('Experimental intervention')),
      ...label('GROUP_LABEL_2', cell('Control group label') ?? cell('Control intervention')),
      ...rowsIn(undefined),
      ...subgroups.map((name, index) =>
        element(`${kind}_SUBGROUP`, row, { ID: `${id}.${String(index + 1).padStart(2, '0')}` }, [
          element('NAME', row, {}, [name]),
          ...rowsIn(name),
        ]),
      ),
    ],
  )
}

const COUNTS = {
  ...{ EVENTS_1: 'Experimental cases', TOTAL_1: 'Experimental N' },
  ...{ EVENTS_2: 'Control cases', TOTAL_2: 'Control N' },
}
/** The cells that count for a type of data. */
const CELLS: Readonly<Record<'DICH' | 'CONT' | 'IV' | 'IPD' | 'OTHER', Readonly<Record<string, string>>>> = {
  DICH: COUNTS,
  CONT: {
    ...{ MEAN_1: 'Experimental mean', SD_1: 'Experimental SD', TOTAL_1: 'Experimental N' },
    ...{ MEAN_2: 'Control mean', SD_2: 'Control SD', TOTAL_2: 'Control N' },
  },
  IV: { ESTIMATE: 'GIV Mean', SE: 'GIV SE', TOTAL_1: 'Experimental N', TOTAL_2: 'Control N' },
  IPD: { ...COUNTS, O_E: 'O-E', VAR: 'Variance' },
  OTHER: {},
}

/** The columns that a table can't do without. */
const NEEDED: Readonly<Record<PackageTable, readonly string[]>> = {
  'data-rows': [
    ...['Analysis group', 'Analysis number', 'Subgroup', 'Study'],
    ...new Set(Object.values(CELLS).flatMap((cells) => Object.values(cells))),
  ],
  'overall-estimates-and-settings': [
    ...['Analysis group', 'Analysis number', 'Analysis name', 'Data type', 'Log-scale data', 'Effect measure'],
  ],
  'study-information': ['Study'],
  'risk-of-bias': ['Study'],
}

function dataOf(kind: keyof typeof CELLS, row: Row): XmlElement {
  const cells = Object.entries(CELLS[kind]).map(([name, column]) => [name, row.cell(column) ?? ''] as const)
  const notes = row.cell('Footnotes')
  const where = row.cell('Applicability')
  const said = [where === 'SUBGROUP_AND_OVERALL' ? undefined : where, notes].filter((part) => part !== undefined)
  const footnote = said.length === 0 ? [] : [words('FOOTNOTE', row, said.join('\n'))]
  const attributes = { STUDY_ID: idOf(row), ...Object.fromEntries(cells) }
  return element(`${kind}_DATA`, row, attributes, footnote)
}
