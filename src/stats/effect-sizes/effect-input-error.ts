import { EvidenceError } from '../../errors.ts'

/** What a caller gave that no data can be, by its name. */
export const effectInputError = (name: string, value: unknown, expected: string): EvidenceError =>
  new EvidenceError('EFFECT_INPUT_INVALID', `${name} is ${value}. Expected ${expected}.`, { name, value })
