import type { Data, RowOf } from '../../stats/effect-sizes/measure.ts'
import { dataText } from '../number-text.ts'
import type { ForestColumn } from './forest-data.ts'

/** What the two groups are called over their columns. */
export interface GroupNames {
  readonly experimental: string
  readonly control: string
}

/** A column of data: where its number comes from, and whether a sum over studies means anything. */
interface Column {
  readonly over: keyof GroupNames | undefined
  readonly heading: string
  readonly isSum: boolean
}

const column = (heading: string, isSum = false, over?: keyof GroupNames): Column => ({ heading, isSum, over })

const ofBoth = (columns: readonly Column[]): readonly Column[] =>
  (['experimental', 'control'] as const).flatMap((over) => columns.map((one) => ({ ...one, over })))

const COLUMNS: Readonly<Record<Data, readonly Column[]>> = {
  'two-by-two': ofBoth([column('Events', true), column('Total', true)]),
  'person-time': ofBoth([column('Events', true), column('Time', true)]),
  means: ofBoth([column('Mean'), column('SD'), column('N', true)]),
  proportion: [column('Events', true), column('Total', true)],
  rate: [column('Events', true), column('Time', true)],
  mean: [column('Mean'), column('SD'), column('N', true)],
  'paired-means': [column('Mean 1'), column('SD 1'), column('Mean 2'), column('SD 2'), column('N', true)],
  correlation: [column('r'), column('N', true)],
  generic: [],
}

/** The columns of a kind of data, as a forest plot heads them. */
export const dataColumns = (data: Data, names: GroupNames): readonly ForestColumn[] =>
  COLUMNS[data].map(({ over, heading }) => ({ heading, over: over === undefined ? undefined : names[over] }))

/** The numbers of a study, in the order of the columns; none where the file gives its effect alone. */
function numbersOf(row: RowOf[Data] | undefined): readonly number[] {
  if (row === undefined) return []
  if ('experimental' in row) return [...groupNumbers(row.experimental), ...groupNumbers(row.control)]
  if ('first' in row) return [row.first.mean, row.first.sd, row.second.mean, row.second.sd, row.n]
  if ('correlation' in row) return [row.correlation, row.n]
  return 'events' in row || 'mean' in row ? groupNumbers(row) : []
}

type GroupRow = RowOf['proportion'] | RowOf['rate'] | RowOf['mean']

function groupNumbers(row: GroupRow): readonly number[] {
  if ('total' in row) return [row.events, row.total]
  return 'time' in row ? [row.events, row.time] : [row.mean, row.sd, row.n]
}

/** A study's numbers as they are printed: whole ones whole, others with two decimals. */
export const dataCells = (row: RowOf[Data] | undefined): readonly string[] => numbersOf(row).map(dataText)

/** Sums over studies, in the columns where they mean something: of people, events, time. */
export function sumCells(data: Data, rows: readonly (RowOf[Data] | undefined)[]): readonly string[] {
  const numbers = rows.map(numbersOf)
  return COLUMNS[data].map(({ isSum }, i) => {
    if (!isSum) return ''
    return dataText(numbers.reduce((all, row) => all + (row[i] ?? 0), 0))
  })
}
