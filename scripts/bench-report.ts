/** One thing that was measured, in milliseconds unless its name says otherwise, beside what it is held against. */
export interface BenchRow {
  readonly name: string
  readonly ours: number
  readonly baseline: number
  readonly ratio: number
  /** The ratio that we hold ourselves to. */
  readonly aim: number
  readonly holds: boolean
}

/** The middle value; of an even number of them the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1)
  if (middle.length === 0) throw new RangeError('median of no values')
  return middle.reduce((sum, value) => sum + value, 0) / middle.length
}

/** The medians of both, their ratio, and whether it stays within the aim. */
export function benchRow(name: string, ours: readonly number[], baseline: readonly number[], aim: number): BenchRow {
  const [own, base] = [median(ours), median(baseline)]
  const ratio = own / base
  return { name, ours: own, baseline: base, ratio, aim, holds: ratio <= aim }
}

/** Two digits behind the point, or two that are not 0. */
const digits = (ratio: number): string => (ratio >= 0.1 ? ratio.toFixed(2) : String(Number(ratio.toPrecision(2))))

/** One digit behind the point, or two where that would be all. */
const size = (value: number): string => value.toFixed(value < 10 ? 2 : 1)

/** The rows as a table for people, or as JSON for programs. */
export function formatBenchRows(rows: readonly BenchRow[], json: boolean): string {
  if (json) return `${JSON.stringify(rows, null, 2)}\n`
  const cells = [
    ['', 'ours', 'baseline', 'ratio', 'aim', ''],
    ...rows.map((row) => [
      row.name,
      size(row.ours),
      size(row.baseline),
      digits(row.ratio),
      `≤ ${Number(row.aim.toPrecision(3))}`,
      row.holds ? 'holds' : 'missed',
    ]),
  ]
  const width = (column: number) => Math.max(...cells.map((row) => row[column]?.length ?? 0))
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(width(column)) : cell.padStart(width(column)))).join('  ')
  return `${cells.map((row) => line(row).trimEnd()).join('\n')}\n`
}
