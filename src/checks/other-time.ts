import { printedNumbers } from '../model/printed-number.ts'

type Unit = 'days' | 'weeks' | 'months' | 'years'

/** How many of the smaller unit a larger one is; between weeks and months there is no whole number. */
const IN_UNIT: Readonly<Record<string, number>> = { 'weeks days': 7, 'years months': 12 }

/**
 * Whether words give a time: its numbers stand there, in the time's unit or in one that is a whole number of it.
 *
 * @returns nothing when they do, else what the words give
 */
export function otherTime(words: string, times: readonly number[], unit: string | null): string | undefined {
  const printed = printedNumbers(words).map(({ value, end }) => ({ value, unit: unitAfter(words, end) }))
  if (printed.length === 0) return 'no time'
  const given = printed.map((number, index) => ({
    ...number,
    // "50-66 months": the unit stands after the last number.
    unit: number.unit ?? printed.slice(index).find((later) => later.unit !== undefined)?.unit,
  }))
  const fits = (time: number) =>
    given.some((number) => {
      if (number.unit === undefined || unit === null || number.unit === unit) return number.value === time
      const factor = IN_UNIT[`${number.unit} ${unit}`]
      const inverse = IN_UNIT[`${unit} ${number.unit}`]
      return factor === undefined
        ? inverse !== undefined && number.value === time * inverse
        : number.value * factor === time
    })
  if (times.every(fits)) return undefined
  return given.map((number) => [number.value, number.unit].filter((part) => part !== undefined).join(' ')).join(' and ')
}

function unitAfter(words: string, at: number): Unit | undefined {
  const unit = /^[\s\u00a0-]*(day|week|month|year)s?\b/iu.exec(words.slice(at, at + 12))?.[1]?.toLowerCase()
  return unit === undefined ? undefined : (`${unit}s` as Unit)
}
