import { MEASURES, type MeasureName } from '../stats/effect-sizes/measures.ts'

/** What is measured, in words, on the scale that people read. */
export function nameOfEffect(measure: MeasureName): string {
  if (measure === 'GEN') return 'effect'
  const { estimate, title } = MEASURES[measure]
  return estimate === 'the same' ? title : estimate
}

/** The same as it heads an axis. */
export const axisTitle = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

/** So many studies in words. */
export const counted = (studies: number): string => (studies === 1 ? 'One study' : `${studies} studies`)
