import type { Data, RowOf } from '../../stats/effect-sizes/measure.ts'

/** A cell that a row cannot have, with what was expected. */
export class CellMistake extends Error {
  constructor(
    readonly column: string,
    message: string,
  ) {
    super(message)
  }
}

/** A number of the row; undefined where the cell is empty or NA, or there is no such column. */
export type NumberIn = (column: string) => number | undefined

interface DataColumns<Kind extends Data> {
  /** Of each of these, one column must be there. */
  readonly needed: readonly (readonly string[])[]
  /** What the row is made of; undefined where a number is missing. */
  readonly row: (numberIn: NumberIn) => RowOf[Kind] | undefined
  /** The column that a name in the row's data stands in, for what is refused there. */
  readonly columnOf: Readonly<Record<string, string>>
}

/** The columns of each kind of data, by metafor's names. */
export const DATA_COLUMNS: { readonly [Kind in Data]: DataColumns<Kind> } = {
  'two-by-two': {
    needed: [['ai'], ['n1i', 'bi'], ['ci'], ['n2i', 'di']],
    row: (numberIn) => {
      const experimental = countsIn(numberIn, 'ai', 'bi', 'n1i')
      const control = countsIn(numberIn, 'ci', 'di', 'n2i')
      return experimental && control && { experimental, control }
    },
    columnOf: {
      'experimental.events': 'ai',
      'experimental.total': 'n1i',
      'control.events': 'ci',
      'control.total': 'n2i',
    },
  },
  'person-time': {
    needed: [['x1i'], ['t1i'], ['x2i'], ['t2i']],
    row: (numberIn) => {
      const [experimental, control] = [rateIn(numberIn, 'x1i', 't1i'), rateIn(numberIn, 'x2i', 't2i')]
      return experimental && control && { experimental, control }
    },
    columnOf: {
      'experimental.events': 'x1i',
      'experimental.time': 't1i',
      'control.events': 'x2i',
      'control.time': 't2i',
    },
  },
  means: {
    needed: [['m1i'], ['sd1i'], ['n1i'], ['m2i'], ['sd2i'], ['n2i']],
    row: (numberIn) => {
      const experimental = meanIn(numberIn, 'm1i', 'sd1i', 'n1i')
      const control = meanIn(numberIn, 'm2i', 'sd2i', 'n2i')
      return experimental && control && { experimental, control }
    },
    columnOf: {
      'experimental.mean': 'm1i',
      'experimental.sd': 'sd1i',
      'experimental.n': 'n1i',
      'control.mean': 'm2i',
      'control.sd': 'sd2i',
      'control.n': 'n2i',
    },
  },
  proportion: {
    needed: [['xi'], ['ni', 'mi']],
    row: (numberIn) => countsIn(numberIn, 'xi', 'mi', 'ni'),
    columnOf: { events: 'xi', total: 'ni' },
  },
  rate: {
    needed: [['xi'], ['ti']],
    row: (numberIn) => rateIn(numberIn, 'xi', 'ti'),
    columnOf: { events: 'xi', time: 'ti' },
  },
  mean: {
    needed: [['mi'], ['sdi'], ['ni']],
    row: (numberIn) => meanIn(numberIn, 'mi', 'sdi', 'ni'),
    columnOf: { mean: 'mi', sd: 'sdi', n: 'ni' },
  },
  'paired-means': {
    needed: [['m1i'], ['sd1i'], ['m2i'], ['sd2i'], ['ni'], ['ri']],
    row: (numberIn) => {
      const first = meanIn(numberIn, 'm1i', 'sd1i', 'ni')
      const second = meanIn(numberIn, 'm2i', 'sd2i', 'ni')
      const correlation = numberIn('ri')
      return first && second && correlation !== undefined ? { first, second, n: first.n, correlation } : undefined
    },
    columnOf: { 'first.sd': 'sd1i', 'second.sd': 'sd2i', n: 'ni', correlation: 'ri' },
  },
  correlation: {
    needed: [['ri'], ['ni']],
    row: (numberIn) => {
      const [correlation, n] = [numberIn('ri'), numberIn('ni')]
      return correlation === undefined || n === undefined ? undefined : { correlation, n }
    },
    columnOf: { correlation: 'ri', n: 'ni' },
  },
  generic: {
    needed: [['yi'], ['vi', 'sei']],
    row: effectIn,
    columnOf: { yi: 'yi', vi: 'vi' },
  },
}

/** Events and total; the total may be given as the people without the event, or both, which must agree. */
function countsIn(numberIn: NumberIn, events: string, others: string, total: string) {
  const [some, rest, all] = [numberIn(events), numberIn(others), numberIn(total)]
  if (some === undefined || (rest === undefined && all === undefined)) return undefined
  if (rest !== undefined && all !== undefined && some + rest !== all)
    throw new CellMistake(total, `${total} is ${all}; expected ${events} + ${others}, which is ${some + rest}`)
  if (rest !== undefined && rest < 0) throw new CellMistake(others, `${others} is ${rest}; expected a number from 0 on`)
  return { events: some, total: all ?? some + (rest ?? 0) }
}

function rateIn(numberIn: NumberIn, eventsColumn: string, timeColumn: string) {
  const [events, time] = [numberIn(eventsColumn), numberIn(timeColumn)]
  return events === undefined || time === undefined ? undefined : { events, time }
}

function meanIn(numberIn: NumberIn, meanColumn: string, sdColumn: string, nColumn: string) {
  const [mean, sd, n] = [numberIn(meanColumn), numberIn(sdColumn), numberIn(nColumn)]
  return mean === undefined || sd === undefined || n === undefined ? undefined : { mean, sd, n }
}

/** An effect and its variance, which may be given as the standard error. */
export function effectIn(numberIn: NumberIn): { readonly yi: number; readonly vi: number } | undefined {
  const [yi, variance, standardError] = [numberIn('yi'), numberIn('vi'), numberIn('sei')]
  if (standardError !== undefined && standardError < 0)
    throw new CellMistake('sei', `sei is ${standardError}; expected a number from 0 on`)
  const vi = variance ?? (standardError === undefined ? undefined : standardError ** 2)
  return yi === undefined || vi === undefined ? undefined : { yi, vi }
}
