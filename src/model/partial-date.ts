const SHAPE = /^(?!0000)(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/

/** A date as precise as its source has it: 1993, 1993-04 or 1993-04-21. True where month and day exist too. */
export function isPartialDate(text: string): boolean {
  const [, year, month = '01', day = '01'] = SHAPE.exec(text) ?? []
  if (year === undefined) return false
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${year}-${month}-${day}`)
}

/** The year of a partial date. */
export const yearOf = (partialDate: string): number => Number(partialDate.slice(0, 4))
