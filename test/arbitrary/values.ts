import fc from 'fast-check'
import * as enums from '../../src/generated/prisma/enums.ts'
import type { StudyFile } from '../../src/model/study-file.ts'
import { type Gen, oneOf } from './texts.ts'

export type Entry<K extends keyof StudyFile> = NonNullable<StudyFile[K]> extends readonly (infer T)[] ? T : never
type Missing = { missing: keyof typeof enums.MissingReason }

export const anyOf = <T extends string>(g: Gen, values: Readonly<Record<string, T>>): T =>
  oneOf(g, Object.values(values))
export const missing = (g: Gen): Missing => ({ missing: anyOf(g, enums.MissingReason) })
export const orMissing = <T>(g: Gen, make: () => T): T | Missing => (g(fc.boolean) ? make() : missing(g))
export const filled = <T>(list: T[]): T[] | undefined => (list.length === 0 ? undefined : list)
export const whole = (g: Gen) => g(fc.integer, { min: 0, max: 5_000 })
export const decimal = (g: Gen) => g(fc.integer, { min: 0, max: 99_999 }) / oneOf(g, [1, 10, 100, 1_000])
export const inOrder = (...numbers: number[]) => numbers.sort((one, other) => one - other)

/** One name for each identifier, as MeSH has it. */
export const mesh = (g: Gen) => {
  const number = g(fc.integer, { min: 0, max: 9 })
  return { ui: `D00000${number}`, name: oneOf(g, [`Term ${number}`]) }
}

/** Numbers that are easily lost or rounded, each with a formula that gives it. */
export const HARD_NUMBERS: readonly (readonly [number, string])[] = [
  [1e-7, '0.0000001'],
  [0.1 + 0.2, '0.1 + 0.2'],
  [1 / 3, '1 / 3'],
  [-0, '0'],
  [1e21, '1000000000000000000000'],
  [123456789.98765433, '123456789.98765433'],
  [-5.5, '-5.5'],
]
