import { chiSquareUpperTail } from '../distributions/chi-square.ts'

/** A test by the χ² distribution. */
export interface ChiSquareTest {
  readonly status: 'estimated'
  readonly statistic: number
  readonly degreesOfFreedom: number
  readonly pValue: number
}

export const chiSquareTest = (statistic: number, degreesOfFreedom: number): ChiSquareTest => ({
  status: 'estimated',
  statistic,
  degreesOfFreedom,
  pValue: chiSquareUpperTail(statistic, degreesOfFreedom),
})
