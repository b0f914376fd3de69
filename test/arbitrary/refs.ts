import fc from 'fast-check'
import type { StudyFile } from '../../src/model/study-file.ts'
import { type Codes, entry, type Gen, maybe, oneOf, several, text } from './texts.ts'
import { HARD_NUMBERS } from './values.ts'

/** Rows that formulas and waivers can point at. */
export class Refs {
  readonly #fields: { ref: string; field: string; value: number }[] = []

  constructor(
    private readonly g: Gen,
    private readonly code: Codes,
  ) {}

  named<T extends object>(fields: T, numbers: readonly string[]): T & { ref?: string } {
    if (this.g(fc.boolean)) return fields
    const ref = this.code(this.g, 'ref')
    for (const field of numbers) {
      const value = (fields as Readonly<Record<string, unknown>>)[field]
      if (typeof value === 'number') this.#fields.push({ ref, field, value })
    }
    return { ref, ...fields }
  }

  /** A row, or one of its fields; or nothing. */
  any(): string | undefined {
    const field = this.#fields.length === 0 ? undefined : maybe(this.g, () => oneOf(this.g, this.#fields))
    return field && (this.g(fc.boolean) ? field.ref : `${field.ref}.${field.field}`)
  }

  /** A value with the formula that gives it. */
  derived(field: string): { value: number; derived: NonNullable<StudyFile['study']['derived']> } {
    const inputs =
      this.#fields.length === 0 ? [] : several(this.g, { min: 0, max: 2 }, () => oneOf(this.g, this.#fields))
    const [constant, formula] = oneOf(this.g, HARD_NUMBERS)
    const names = inputs.map((_, index) => oneOf(this.g, [`x${index}`, `null_${index}`, `true${index}`]))
    const assumption = maybe(this.g, () => text(this.g))
    const value = inputs.length === 0 ? constant : inputs.reduce((sum, input) => sum + input.value, 0)
    return {
      value,
      derived: [
        entry({
          field,
          formula: inputs.length === 0 ? formula : names.join(' + '),
          inputs: Object.fromEntries(inputs.map((input, index) => [names[index], `${input.ref}.${input.field}`])),
          assumption,
        }),
      ],
    }
  }
}
