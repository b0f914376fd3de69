import { EvidenceError } from '../errors.ts'

/** What a database of either engine says when it refuses, in the same words. */
export interface Refusals {
  readonly brokenRule: (rule: string | undefined) => EvidenceError
  readonly danglingKey: () => EvidenceError
  /** @param where  the columns or the key, where the engine tells */
  readonly secondRow: (where: string | undefined) => EvidenceError
  readonly unfitValue: (where: string | undefined) => EvidenceError
  readonly busy: () => EvidenceError
}

/** @param doing  what was being saved or read: "the study rosenberg-1993-il2-lak" */
export function refusals(cause: unknown, doing: string): Refusals {
  const violated = (reason: string, details: Readonly<Record<string, unknown>> = {}) =>
    new EvidenceError('CONSTRAINT_VIOLATED', `The database refused ${doing}: ${reason}. Nothing was saved.`, details, {
      cause,
    })
  return {
    brokenRule: (rule) =>
      rule === undefined
        ? violated('a row breaks one of its rules')
        : violated(`a row breaks its rule ${rule}`, { constraint: rule }),
    danglingKey: () => violated("a row points at one that isn't there, or one that would go is still pointed at"),
    secondRow: (where) => violated(`it has such a row already${where ? ` (${where})` : ''}`),
    unfitValue: (where) => violated(`a value is none that its column can hold${where ? ` (${where})` : ''}`),
    busy: () =>
      new EvidenceError(
        'DATABASE_BUSY',
        `Another program has been writing to the database for too long, and ${doing} was left undone. Try again when it is done.`,
        {},
        { cause },
      ),
  }
}
