import { fixed, intervalText, levelText, type NumberFormat } from '../number-text.ts'
import type { SurvivalPanel, SurvivalPoint } from './survival-data.ts'

/** With two decimals, or four where it was printed with more. */
const probabilityText: NumberFormat = (value) =>
  Number(value.toFixed(2)) === value ? fixed(2)(value) : String(Number(value.toFixed(4)))

/** "36 months: 0.31 [0.25, 0.38] (95% CI), n = 90". */
export function pointWords({ months, probability, lower, upper, level, n, isDerived }: SurvivalPoint): string {
  const time = `${Number(months.toFixed(2))} ${months === 1 ? 'month' : 'months'}`
  const interval =
    lower === null || upper === null
      ? ''
      : ` ${intervalText({ lower, upper }, probabilityText)}${level === null ? '' : ` (${levelText(level)} CI)`}`
  return `${time}: ${probabilityText(probability)}${interval}${n === null ? '' : `, n = ${n}`}${isDerived ? ', derived' : ''}`
}

/** What a panel shows, for those who can't see it. */
export const panelWords = ({ heading, groups }: SurvivalPanel): string =>
  `${heading}. ${groups.map(({ label, points }) => `${label}: ${points.map(pointWords).join('; ')}`).join('. ')}.`
