import { rounded } from '../rounded-number.ts'

/** A p value as printed, with its operator. */
export interface ReportedP {
  readonly operator: string
  /** As printed: "0.030". */
  readonly value: string
}

/**
 * Whether a p value that lies somewhere in a range can have been reported so: "= .03" is anything that rounds to .03,
 * "< .05" anything below.
 */
export function canBeReportedAs({ operator, value }: ReportedP, [low, high]: readonly [number, number]): boolean {
  const printed = rounded(value)
  // What arithmetic in binary adds must not decide at the very edge.
  const slack = 1e-12
  switch (operator) {
    case '<':
      return low < printed.value
    case '<=':
      return low <= printed.value
    case '>':
      return high > printed.value
    case '>=':
      return high >= printed.value
    default:
      return low <= printed.high + slack && high >= printed.low - slack
  }
}
