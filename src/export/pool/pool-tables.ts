import type { Cell, Table } from '../table.ts'
import { isMissing, type Part } from './parts.ts'
import type { Further } from './pool-further.ts'
import type { PoolRecord } from './pool-record.ts'

const POOL_COLUMNS = [
  'measure',
  'method',
  'test',
  'k',
  'estimate',
  'ci_lower',
  'ci_upper',
  'p_value',
  'tau2',
  'i2',
  'q',
  'q_df',
  'q_p',
  'pi_lower',
  'pi_upper',
] as const

/** Digits that a person reads. */
const DIGITS = 4

/**
 * Pools as tables: one row per study with its weight in each pool, and one row per pool, on the scale that people read: a
 * ratio, not its logarithm.
 *
 * @param isRounded  to four digits, for people; programs get all of them
 */
export function poolTables(
  records: readonly PoolRecord[],
  { isRounded }: { readonly isRounded: boolean },
): { readonly studies: Table; readonly pools: Table } {
  const shown = (value: Cell): Cell => (isRounded ? rounded(value) : value)
  const [first] = records
  // No test changes a weight.
  const methods = [...new Map(records.map((record) => [record.method, record])).values()]
  const weights = methods.map(({ method }) => (methods.length === 1 ? 'weight' : `weight ${method}`))
  return {
    studies: {
      columns: ['study', 'yi', 'vi', ...weights],
      rows: (first?.studies ?? []).map(({ study, yi, vi }, i) => ({
        study,
        yi: shown(yi),
        vi: shown(vi),
        ...Object.fromEntries(weights.map((name, j) => [name, shown(methods[j]?.studies[i]?.weight ?? null)])),
      })),
    },
    pools: {
      columns: [...POOL_COLUMNS],
      rows: records.map((record) => {
        const row: Readonly<Record<string, Cell>> = { ...pick(record), ...record.transformed }
        return Object.fromEntries(POOL_COLUMNS.map((column) => [column, shown(row[column] ?? null)]))
      }),
    },
  }
}

const rounded = (value: Cell): Cell =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(DIGITS)) : value

/** What was asked beside the pool, for people: tables by their titles, without those that cannot be told. */
export function furtherTables(further: Further): { readonly title: string; readonly table: Table }[] {
  return Object.entries(further).flatMap(([title, part]) => {
    if (isMissing(part)) return []
    if (isList(part)) return [{ title, table: tableOfParts(part) }]
    const within = Object.entries(part).flatMap(([key, value]) =>
      isList(value) && value.length > 0 ? [{ title: `${title}, ${key}`, table: tableOfParts(value) }] : [],
    )
    return [{ title, table: tableOfParts([part]) }, ...within]
  })
}

const isList = (value: Cell | Part | readonly Part[]): value is readonly Part[] => Array.isArray(value)

const isCell = (value: Cell | Part | readonly Part[]): value is Cell => value === null || typeof value !== 'object'

/** What belongs to the scale on which was pooled, and why some of it is not there: they say nothing beside transformed numbers. */
const OF_SCALE = ['se', 'statistic', 'df', 'reason']

function tableOfParts(parts: readonly Part[]): Table {
  const rows = parts.map(({ transformed, ...part }) => {
    const isShown = transformed !== undefined && !isCell(transformed) && !isList(transformed)
    const cells = Object.entries({ ...part, ...(isShown && transformed) }).flatMap(([key, value]) =>
      isCell(value) && !(isShown && OF_SCALE.includes(key)) ? [[key, rounded(value)] as const] : [],
    )
    return Object.fromEntries(cells)
  })
  return { columns: [...new Set(rows.flatMap((row) => Object.keys(row)))], rows }
}

const pick = ({ measure, method, test, k, p_value, tau2, i2, q, q_df, q_p }: PoolRecord) => ({
  measure,
  method,
  test,
  k,
  p_value,
  tau2,
  i2,
  q,
  q_df,
  q_p,
})
