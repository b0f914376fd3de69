/** The fields of an entry that have something to say: a key without a value isn't written, nor an empty list. */
export const present = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T

/** What a column holds, as a file gives it: nothing in the place of null. */
export const given = <T>(value: T | null): T | undefined => value ?? undefined

/** A list that has something in it. */
export const filled = <T>(list: readonly T[]): T[] | undefined => (list.length === 0 ? undefined : [...list])

/** Only what is true is written; what is left out is false. */
export const flag = (value: boolean): true | undefined => value || undefined
