import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { EvidenceError } from '../../errors.ts'

/** A field of a record: its tag, its words, and the lines that these stood on. */
export interface TaggedField {
  readonly tag: string
  readonly value: string
  readonly lines: readonly string[]
}

/**
 * The fields of a record in a format with tags. Lines without a tag go on the field before them.
 *
 * @param line   matches a line that begins with a tag: its groups are the tag and the words
 * @throws EvidenceError RECORD_INVALID  there is a NUL character in it, with the line within the record
 */
export function taggedFields(bytes: Uint8Array, line: RegExp): readonly TaggedField[] {
  const fields: { tag: string; lines: string[] }[] = []
  for (const text of textOf(bytes).split(/\r\n|\n|\r/)) {
    const [, tag, words = ''] = line.exec(text) ?? []
    if (tag !== undefined) fields.push({ tag: tag.trim(), lines: [words.trim()] })
    else if (text.trim() !== '') fields.at(-1)?.lines.push(text.trim())
  }
  return fields.map(({ tag, lines }) => ({ tag, value: oneLine(lines.join(' ')), lines }))
}

const oneLine = (text: string) => text.replace(/[ \t]{2,}|\t/g, ' ').trim()

/** UTF-8, else Windows' Western encoding, in which old exports are; each record by itself. */
function textOf(bytes: Uint8Array): string {
  const nul = bytes.indexOf(0)
  if (nul >= 0) {
    const line = Buffer.from(bytes.subarray(0, nul))
      .toString('latin1')
      .split(/\r\n|\n|\r/).length
    throw new EvidenceError('RECORD_INVALID', `line ${line}: a NUL character, which no text has`)
  }
  return isUtf8(bytes) ? Buffer.from(bytes).toString('utf8') : inWindows1252(bytes)
}

/** What that encoding has where Latin 1 has control characters. Node's own decoder leaves these as they are. */
const AT_80 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'
const inWindows1252 = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, (letter) => AT_80[letter.charCodeAt(0) - 0x80] ?? letter)

/** A record's fields, of which one notes which were taken over, so that the others can be told. */
export class FieldSource {
  readonly #fields: readonly TaggedField[]
  readonly #taken = new Set<TaggedField>()

  constructor(fields: readonly TaggedField[]) {
    this.#fields = fields.filter(({ value }) => value !== '')
  }

  /** Of all fields with one of the tags, in their order, what `read` makes of them. Undefined leaves one untaken. */
  each<T>(tags: readonly string[], read: (field: TaggedField) => T | undefined): T[] {
    return this.#fields.flatMap((field) => {
      if (!tags.includes(field.tag)) return []
      const value = read(field)
      if (value === undefined) return []
      this.#taken.add(field)
      return [value]
    })
  }

  /** The words of all fields with one of the tags. */
  all(...tags: readonly string[]): string[] {
    return this.each(tags, ({ value }) => value)
  }

  /** The first words of the first of the tags that has some. */
  first(...tags: readonly string[]): string | undefined {
    return this.firstOf(tags, (value) => value)
  }

  /** The first that can be read, tag by tag. */
  firstOf<T>(tags: readonly string[], read: (value: string) => T | undefined): T | undefined {
    return this.#find(tags, read, (field) => this.#taken.add(field))
  }

  /** The same, where what is read is a part of the field alone: it stays untaken. */
  firstWithin<T>(tags: readonly string[], read: (value: string) => T | undefined): T | undefined {
    return this.#find(tags, read, () => undefined)
  }

  #find<T>(tags: readonly string[], read: (value: string) => T | undefined, found: (field: TaggedField) => void) {
    for (const tag of tags)
      for (const field of this.#fields) {
        const value = field.tag === tag ? read(field.value) : undefined
        if (value === undefined) continue
        found(field)
        return value
      }
    return undefined
  }

  take(field: TaggedField): void {
    this.#taken.add(field)
  }

  get fields(): readonly TaggedField[] {
    return this.#fields
  }

  /** The tags of fields that weren't taken, each as often as it is there: `ris:PB`. */
  untaken(format: string): readonly string[] {
    return this.#fields.filter((field) => !this.#taken.has(field)).map(({ tag }) => `${format}:${tag}`)
  }
}

/** A key for a record without any of its own: a digest of what it says, however its lines are broken. */
export const digestKey = (parts: readonly string[]): string =>
  `sha256-${createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32)}`
