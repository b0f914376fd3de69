import type { RawRecord } from '../../model/reading.ts'
import type { ByteWindow } from './byte-window.ts'
import { brokenImport } from './invalid-import.ts'
import { LONGEST_IN_WORDS, LONGEST_RECORD, type RecordFinder } from './split-records.ts'

/** What one knows of a line that begins with a tag, such as `PMID- 8468720` or `TY  - JOUR`. */
interface TaggedLine {
  readonly tag: string
  /** The tags of the record so far; undefined where none has begun. */
  readonly tags: ReadonlySet<string> | undefined
  readonly isAfterBlank: boolean
}

/** Where the records of a format with tags begin and end. */
export interface TaggedFormat {
  /** Matches a tag, as its first group, from the end of the line before it; global. */
  readonly tags: RegExp
  readonly begins: (line: TaggedLine) => boolean
  /** What to say of a file without any record. */
  readonly none: string
  /** The tag with which the records of another format begin, and what to say of a file that begins with it. */
  readonly other?: readonly [tag: string, message: string]
}

/** No tag is found in fewer bytes than that from the window's end, unless it is the file's. */
const LONGEST_TAG = 16

/**
 * Finds the records of a file with a tag at each line's beginning. Lines before the first record are
 * none's.
 */
export class TaggedRecords implements RecordFinder {
  readonly #window: ByteWindow
  readonly #file: string
  readonly #format: TaggedFormat
  #found: RawRecord[] = []
  #number = 0
  #at = 0
  #begin: number | undefined
  #tags: Set<string> | undefined
  #hasDropped = false

  constructor(window: ByteWindow, file: string, format: TaggedFormat) {
    this.#window = window
    this.#file = file
    this.#format = format
  }

  taken(): readonly RawRecord[] {
    const found = this.#found
    this.#found = []
    return found
  }

  /** @throws EvidenceError IMPORT_FILE_INVALID  a record never ends, or the file holds none */
  look(atEnd: boolean): void {
    while (this.#step());
    if (atEnd) this.#end()
    const { text } = this.#window
    const kept = this.#begin ?? Math.max(0, this.#at - 1)
    if (text.length - kept > LONGEST_RECORD)
      throw brokenImport(
        this.#file,
        { line: this.#window.lineAt(kept) },
        `the record that begins here is longer than ${LONGEST_IN_WORDS} bytes, which none is`,
      )
    this.#window.dropBefore(kept)
    this.#hasDropped ||= kept > 0
    this.#at -= kept
    if (this.#begin !== undefined) this.#begin = 0
  }

  #step(): boolean {
    const { text } = this.#window
    const { tags } = this.#format
    tags.lastIndex = this.#at
    const match = tags.exec(text)
    if (match === null) {
      this.#at = Math.max(this.#at, text.length - LONGEST_TAG)
      return false
    }
    const [whole, tag = ''] = match
    const start = match.index + (/^[\r\n]/.test(whole) ? 1 : 0)
    this.#at = match.index + whole.length
    // What the window begins with is a line's beginning only as long as nothing was dropped.
    if (start === match.index && this.#hasDropped) return true
    if (this.#number === 0 && this.#begin === undefined && tag === this.#format.other?.[0])
      throw brokenImport(this.#file, { line: this.#window.lineAt(start) }, this.#format.other[1])
    const line = { tag, tags: this.#tags, isAfterBlank: isAfterBlank(text, start) }
    if (this.#format.begins(line)) {
      if (this.#begin !== undefined) this.#give(start)
      this.#begin = start
      this.#tags = new Set()
    }
    this.#tags?.add(tag)
    return true
  }

  #end(): void {
    if (this.#begin !== undefined) this.#give(this.#window.text.length)
    if (this.#number === 0) throw brokenImport(this.#file, undefined, this.#format.none)
  }

  #give(end: number): void {
    const begin = this.#begin ?? end
    this.#number++
    this.#found.push({
      number: this.#number,
      line: this.#window.lineAt(begin),
      bytes: this.#window.slice(begin, begin + this.#window.text.slice(begin, end).trimEnd().length),
    })
    this.#begin = undefined
    this.#tags = undefined
  }
}

/** Whether the line before the one that begins there has nothing in it but space. */
function isAfterBlank(text: string, start: number): boolean {
  let at = start - 1
  if (text[at] === '\n' && text[at - 1] === '\r') at--
  at--
  while (at >= 0 && (text[at] === ' ' || text[at] === '\t')) at--
  return at >= 0 && (text[at] === '\n' || text[at] === '\r')
}
