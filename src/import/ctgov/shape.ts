import { EvidenceError } from '../../errors.ts'

/** Where in a record, from the inside out: made into words only when somebody asks. */
export interface Place {
  readonly within: Place | undefined
  readonly key: string | number
}

/**
 * A look at a value: what it is by its shape. It stands under a name, or at a number, within a place; of both a place of
 * its own is made only where that is asked for. Paths that the shape doesn't know are told to `unmapped`.
 */
export type Look<T> = (
  value: unknown,
  within: Place | undefined,
  key: string | number | undefined,
  unmapped: (path: string) => void,
) => T

/** What a look gives. */
export type Seen<L> = L extends Look<infer T> ? T : never

/** Names of a record are words; one that isn't would make a path as long as it likes. */
const LONGEST_NAME = 60
/** Records are a dozen levels deep. What lies deeper in a part that nobody knows is told as one. */
const DEEPEST = 40

/** A place in words: resultsSection.outcomeMeasuresModule.outcomeMeasures[2].title. */
export function pathOf(place: Place | undefined, numbers = true): string {
  const parts: string[] = []
  for (let at = place; at !== undefined; at = at.within)
    parts.push(
      typeof at.key === 'number'
        ? numbers
          ? `[${at.key}]`
          : '[]'
        : `${at.within === undefined ? '' : '.'}${at.key.length > LONGEST_NAME ? `${at.key.slice(0, LONGEST_NAME)}…` : at.key}`,
    )
  return parts.reverse().join('')
}

export function invalidRecord(place: Place | undefined, message: string): EvidenceError {
  const path = pathOf(place)
  return new EvidenceError('RECORD_INVALID', `${path === '' ? 'the record' : path}: ${message}`, { path })
}

const placeAt = (within: Place | undefined, key: string | number | undefined): Place | undefined =>
  key === undefined ? within : { within, key }

/** NUL, which no text of PostgreSQL can hold, and halves of characters, which no UTF-8 can. */
const NO_TEXT = /[\0\ud800-\udfff]/u

const shown = (value: unknown): string => {
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : value === null ? 'null' : 'an object'
  const text = String(value)
  const short = text.length > 40 ? `${text.slice(0, 40)}…` : text
  return typeof value === 'string' ? JSON.stringify(short) : short
}

/** A text. Space around it and an empty one are no text of anybody's. */
export const text: Look<string | undefined> = (value, within, key) => {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') throw invalidRecord(placeAt(within, key), `${shown(value)} is no text`)
  if (NO_TEXT.test(value))
    throw invalidRecord(placeAt(within, key), 'the text holds a NUL or half a character, which no database keeps')
  const trimmed = value.trim()
  return trimmed === '' ? undefined : trimmed
}

/** A number or the text of one, as printed. */
export const printed: Look<string | undefined> = (value, within, key, unmapped) =>
  typeof value === 'number' ? String(value) : text(value, within, key, unmapped)

/** A truth value, or the word for one. */
export const flag: Look<boolean | undefined> = (value, within, key) => {
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value === 'string' && /^(?:yes|no|true|false)$/i.test(value)) return /^[yt]/i.test(value)
  if (typeof value !== 'boolean') throw invalidRecord(placeAt(within, key), `${shown(value)} is neither true nor false`)
  return value
}

/** What is left in the raw record on purpose. Told as unmapped, leaf by leaf. */
export const raw: Look<undefined> = (value, within, key, unmapped) => {
  tellLeaves(value, placeAt(within, key), unmapped, 0)
  return undefined
}

/** What is read, and left in the raw record all the same: rows don't hold it. */
export const heeded =
  <T>(look: Look<T>): Look<T> =>
  (value, within, key, unmapped) => {
    tellLeaves(value, placeAt(within, key), unmapped, 0)
    return look(value, within, key, () => {})
  }

export const list =
  <T>(item: Look<T>): Look<readonly Exclude<T, undefined>[]> =>
  (value, within, key, unmapped) => {
    if (value === undefined || value === null) return []
    const place = placeAt(within, key)
    if (!Array.isArray(value)) throw invalidRecord(place, `${shown(value)} is no list`)
    const items: Exclude<T, undefined>[] = []
    for (let index = 0; index < value.length; index++) {
      const seen = item(value[index], place, index, unmapped)
      if (seen !== undefined) items.push(seen as Exclude<T, undefined>)
    }
    return items
  }

type Fields = Readonly<Record<string, Look<unknown>>>
type SeenFields<F extends Fields> = { readonly [K in keyof F]: Seen<F[K]> } & {
  /** Where it stands, for what is found wrong later. */
  readonly place: Place | undefined
}

/** An object of known names; absent where it isn't there. */
export function part<const F extends Fields>(fields: F): Look<SeenFields<F> | undefined> {
  const looks = new Map(Object.entries(fields))
  const nothing = Object.fromEntries(
    Object.entries(fields).map(([name, look]) => [name, look(undefined, undefined, undefined, () => {})]),
  )
  return (value, within, key, unmapped) => {
    if (value === undefined || value === null) return undefined
    const place = placeAt(within, key)
    if (typeof value !== 'object' || Array.isArray(value)) throw invalidRecord(place, `${shown(value)} is no object`)
    const seen: Record<string, unknown> = { ...nothing, place }
    // Parsed JSON has no names but its own; entries would be made for nothing.
    for (const name in value) {
      const content = (value as Readonly<Record<string, unknown>>)[name]
      const look = looks.get(name)
      if (look === undefined) tellLeaves(content, { within: place, key: name }, unmapped, 0)
      else seen[name] = look(content, place, name, unmapped)
    }
    return seen as SeenFields<F>
  }
}

function tellLeaves(value: unknown, place: Place | undefined, unmapped: (path: string) => void, depth: number): void {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) {
    if (value !== undefined && value !== null) unmapped(pathOf(place, false))
    return
  }
  if (Array.isArray(value))
    for (const [key, item] of value.entries()) tellLeaves(item, { within: place, key }, unmapped, depth + 1)
  else for (const [key, item] of Object.entries(value)) tellLeaves(item, { within: place, key }, unmapped, depth + 1)
}
