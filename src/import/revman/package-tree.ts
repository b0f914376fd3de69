import type { Sheet } from '../effect-rows/sheet.ts'
import type { XmlElement } from '../stream/xml-element.ts'

/** The tables of a data package, by what their files' names end in. Only the rows of data are always there. */
export interface PackageTables {
  readonly 'data-rows': Sheet
  readonly 'overall-estimates-and-settings': Sheet
  readonly 'study-information'?: Sheet
  readonly 'risk-of-bias'?: Sheet
}

/** Elements of references by the names of the studies that they report. */
export type PackageReferences = ReadonlyMap<string, readonly XmlElement[]>

interface Row {
  readonly line: number
  /** A cell's words; undefined where it is empty, or the column isn't there. */
  readonly cell: (column: string) => string | undefined
}

const rowsOf = (sheet: Sheet | undefined): readonly Row[] =>
  sheet?.rows.map((cells, index) => ({
    line: sheet.issue(index, undefined, '').line,
    cell: (column) => cells[sheet.columns.indexOf(column)]?.trim() || undefined,
  })) ?? []

/**
 * A data package of RevMan Web, version 1, in the shape of a review of RevMan 5. Of a row only those cells are taken that
 * its type of data has: in the others the package writes 0.0. A type that isn't known has words alone.
 *
 * @param id  what the package's files are called by
 * @source https://documentation.cochrane.org/revman-kb/previous-version-version-1-data-package-332136475.html
 */
export function packageTree(id: string, tables: PackageTables, references: PackageReferences): XmlElement {
  const information = rowsOf(tables['study-information'])
  const data = rowsOf(tables['data-rows'])
  const known = new Map(information.map((row) => [row.cell('Study'), row]))
  // Without a table of studies, those are in that have a row.
  const listed =
    information.length > 0 ? information : [...new Map(data.map((row) => [row.cell('Study'), row])).values()]
  const studies = listed.map((row) =>
    element(
      'STUDY',
      row.line,
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
      row.line,
      { STUDY_ID: idOf(row) },
      ['Methods', 'Participants', 'Interventions', 'Outcomes', 'Notes'].map((name) =>
        words(`CHAR_${name.toUpperCase()}`, row, row.cell(`Char: ${name}`)),
      ),
    ),
  )
  const inside = (name: string, content: readonly XmlElement[]) => element(name, 1, {}, content)
  return element('COCHRANE_REVIEW', 1, { ID: id, TYPE: 'INTERVENTION' }, [
    inside('STUDIES_AND_REFERENCES', [inside('STUDIES', [inside('INCLUDED_STUDIES', studies)])]),
    inside('CHARACTERISTICS_OF_STUDIES', [inside('CHARACTERISTICS_OF_INCLUDED_STUDIES', characteristics)]),
    inside('QUALITY_ITEMS', itemsOf(tables['risk-of-bias'])),
    inside('ANALYSES_AND_DATA', comparisonsOf(rowsOf(tables['overall-estimates-and-settings']), data)),
  ])
}

/** RevMan Web knows studies by their names. */
const idOf = (row: Row): string | undefined => {
  const name = row.cell('Study')
  return name === undefined ? undefined : `STD-${name}`
}

function element(
  name: string,
  line: number,
  attributes: Readonly<Record<string, string | undefined>>,
  content: XmlElement['content'] = [],
): XmlElement {
  const given = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  )
  return { name, index: 0, place: { line }, attributes: Object.fromEntries(given), content }
}

const words = (name: string, { line }: Row, text: string | undefined): XmlElement =>
  element(
    name,
    line,
    {},
    (text ?? '')
      .split(/\r?\n/)
      .filter((part) => part.trim() !== '')
      .map((part) => element('P', line, {}, [part])),
  )

const RESULTS: Readonly<Record<string, string>> = { 'low risk': 'YES', 'high risk': 'NO', 'unclear risk': 'UNKNOWN' }

function itemsOf(sheet: Sheet | undefined): readonly XmlElement[] {
  const domains = (sheet?.columns ?? []).flatMap((column) => /^Domain \(judgement\): (.+)$/.exec(column)?.[1] ?? [])
  return domains.map((domain, index) => {
    const entries = rowsOf(sheet).flatMap((row) => {
      const judgement = row.cell(`Domain (judgement): ${domain}`)
      if (judgement === undefined || /^not applicable$/i.test(judgement)) return []
      const result = RESULTS[judgement.toLowerCase().replace(/ of bias$/, '')] ?? judgement
      const support = words('DESCRIPTION', row, row.cell(`Domain (support): ${domain}`))
      return [element('QUALITY_ITEM_DATA_ENTRY', row.line, { STUDY_ID: idOf(row), RESULT: result }, [support])]
    })
    return element('QUALITY_ITEM', 1, { ID: `QIT-${index + 1}` }, [
      element('NAME', 1, {}, [domain]),
      element('QUALITY_ITEM_DATA', 1, {}, entries),
    ])
  })
}

/** What RevMan 5 calls a type of data. */
const KINDS: readonly (readonly [RegExp, 'DICH' | 'CONT' | 'IV' | 'IPD'])[] = [
  [/^dichotomous$/i, 'DICH'],
  [/^continuous$/i, 'CONT'],
  [/^(?:contrast level|generic inverse variance)$/i, 'IV'],
  [/^o\s*-\s*e and variance$/i, 'IPD'],
]

function comparisonsOf(settings: readonly Row[], data: readonly Row[]): readonly XmlElement[] {
  const groups = new Map<string, { readonly name: string; readonly outcomes: XmlElement[] }>()
  for (const row of settings) {
    const group = row.cell('Analysis group') ?? ''
    const found = groups.get(group) ?? { name: row.cell('Analysis group name') ?? '', outcomes: [] }
    groups.set(group, found)
    const number = row.cell('Analysis number')
    const own = data.filter((one) => one.cell('Analysis group') === group && one.cell('Analysis number') === number)
    found.outcomes.push(outcomeOf(row, `CMP-${group.padStart(3, '0')}.${(number ?? '').padStart(2, '0')}`, own))
  }
  return [...groups].map(([group, { name, outcomes }]) => {
    const attributes = { ID: `CMP-${group.padStart(3, '0')}`, NO: group }
    return element('COMPARISON', 1, attributes, [element('NAME', 1, {}, [name]), ...outcomes])
  })
}

function outcomeOf(row: Row, id: string, data: readonly Row[]): XmlElement {
  const { line, cell } = row
  const type = cell('Data type') ?? ''
  const kind = KINDS.find(([pattern]) => pattern.test(type))?.[1] ?? 'OTHER'
  const measure = cell('Effect measure')
  const label = (name: string, text: string | undefined) =>
    text === undefined ? [] : [element(name, line, {}, [text])]
  const rowsIn = (subgroup: string | undefined) =>
    data.filter((one) => one.cell('Subgroup') === subgroup).map((one) => dataOf(kind, one))
  const subgroups = [...new Set(data.flatMap((one) => one.cell('Subgroup') ?? []))]
  return element(
    `${kind}_OUTCOME`,
    line,
    {
      ID: id,
      EFFECT_MEASURE: measure,
      UNITS: cell('Unit of effect measure'),
      LOG_DATA: cell('Log-scale data')?.toLowerCase() === 'true' ? 'YES' : 'NO',
      SWAP_EVENTS: cell('Swap event and non-event')?.toLowerCase() === 'true' ? 'YES' : 'NO',
      CI_STUDY: cell('Study CI')?.replace(/\s*%$/, ''),
    },
    [
      ...label('NAME', cell('Analysis name')),
      ...label('GROUP_LABEL_1', cell('Experimental group label') ?? cell('Experimental intervention')),
      ...label('GROUP_LABEL_2', cell('Control group label') ?? cell('Control intervention')),
      ...rowsIn(undefined),
      ...subgroups.map((name, index) =>
        element(`${kind}_SUBGROUP`, line, { ID: `${id}.${String(index + 1).padStart(2, '0')}` }, [
          element('NAME', line, {}, [name]),
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

function dataOf(kind: keyof typeof CELLS, row: Row): XmlElement {
  const cells = Object.entries(CELLS[kind]).map(([name, column]) => [name, row.cell(column) ?? ''] as const)
  const notes = row.cell('Footnotes')
  const where = row.cell('Applicability')
  const said = [where === 'SUBGROUP_AND_OVERALL' ? undefined : where, notes].filter((part) => part !== undefined)
  const footnote = said.length === 0 ? [] : [words('FOOTNOTE', row, said.join('\n'))]
  const attributes = { STUDY_ID: idOf(row), ...Object.fromEntries(cells) }
  return element(`${kind}_DATA`, row.line, attributes, footnote)
}
