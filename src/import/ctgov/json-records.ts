import type { EvidenceError } from '../../errors.ts'
import type { RawRecord } from '../../model/reading.ts'

/** Records with results take up to some megabytes. One that never ends would fill the memory. */
const LONGEST_RECORD = 64_000_000
/** Records are a dozen levels deep. */
const DEEPEST = 10_000

const [TAB, NEWLINE, RETURN, SPACE] = [0x09, 0x0a, 0x0d, 0x20]
const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a]
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d]
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]

const isSpace = (byte: number) => byte === SPACE || byte === NEWLINE || byte === RETURN || byte === TAB
const STUDIES = 'studies'

export interface Found {
  readonly found: readonly RawRecord[]
  readonly fault: EvidenceError | undefined
}

/**
 * Where the records of a JSON file begin and end, found byte by byte: brackets are counted, and texts skipped. A record is
 * an object at the top, an item of an array at the top, or an item of `studies` in an object at the top.
 */
export class JsonRecords {
  private found: RawRecord[] = []
  private number = 0
  private line = 1
  private started = false
  /** Bytes of a byte order mark so far. */
  private marks = 0
  /** The brackets that are open, from the outside in. */
  private readonly open: number[] = []
  private inText = false
  private escaped = false
  /** How many brackets are open around an item of a list of records; -1 outside such lists. */
  private listLevel = -1
  /** The record that is being looked through: what of it lies in earlier chunks, and how many brackets are around it. */
  private pieces: Uint8Array[] = []
  private pieceBytes = 0
  private begin = -1
  private level = -1
  private beginLine = 0
  /** Of an object at the top that may yet be a page: the last text at its own level, and whether that is a name. */
  private undecided = false
  private name = ''
  private named = false
  /** After the records of a page, up to its end. */
  private inTail = false
  /** Whether each line is a record: then a bad one ends with its line. */
  private lines = false
  /** The line on which the last record at the top ended, and whether it began there. */
  private topLine = 0
  private oneLine = false

  constructor(private readonly refuse: (line: number, message: string) => EvidenceError) {}

  take(chunk: Uint8Array): Found {
    this.found = []
    let fault: EvidenceError | undefined
    try {
      this.scan(chunk)
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      fault = this.refuse(this.line, error.message)
    }
    if (fault === undefined && this.begin >= 0) {
      this.pieces.push(chunk.subarray(this.begin))
      this.pieceBytes += chunk.length - this.begin
      this.begin = 0
      if (this.pieceBytes > LONGEST_RECORD)
        fault = this.refuse(this.beginLine, `a record is longer than ${LONGEST_RECORD / 1_000_000} MB`)
    }
    return { found: this.found, fault }
  }

  end(): Found {
    this.found = []
    if (this.lines && this.begin >= 0 && this.open.length === 0 && !this.inText) this.close(new Uint8Array(), 0)
    const message = !this.started
      ? 'the file is empty'
      : this.open.length > 0 || this.inText || this.begin >= 0
        ? 'the file ends too early, within what began before'
        : undefined
    return { found: this.found, fault: message === undefined ? undefined : this.refuse(this.line, message) }
  }

  private scan(chunk: Uint8Array): void {
    let at = this.started || chunk.length === 0 ? 0 : this.start(chunk)
    while (at < chunk.length) {
      if (this.inText) {
        at = this.endOfText(chunk, at)
        continue
      }
      const byte = chunk[at] as number
      if (byte === NEWLINE) {
        this.line++
        if (this.lines && this.begin >= 0) this.close(chunk, at)
      } else if (byte === QUOTE) {
        this.beginRecord(at)
        this.inText = true
        this.name = ''
      } else if (byte === OPEN_LIST || byte === OPEN_OBJECT) this.opens(byte, at)
      else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) this.closes(byte, chunk, at)
      else if (!isSpace(byte)) this.other(byte, chunk, at)
      at++
    }
  }

  private start(chunk: Uint8Array): number {
    let at = 0
    for (let index = 0; index < chunk.length; index++) {
      const byte = chunk[index] as number
      if (byte === BYTE_ORDER_MARK[this.marks]) {
        this.marks++
        at = index + 1
        continue
      }
      if (isSpace(byte)) continue
      this.started = true
      if (byte !== OPEN_LIST && byte !== OPEN_OBJECT)
        throw new Fault(
          'this is no JSON of ClinicalTrials.gov; expected a study, an array of studies, a page of the API or a study on each line, in UTF-8',
        )
      break
    }
    return at
  }

  /** Goes on to the end of a text. */
  private endOfText(chunk: Uint8Array, from: number): number {
    let at = from
    if (this.escaped) {
      this.escaped = false
      at++
    }
    while (at < chunk.length) {
      const quote = chunk.indexOf(QUOTE, at)
      const end = quote < 0 ? chunk.length : quote
      const slashes = backslashesBefore(chunk, end, at)
      // A broken text in a file of lines ends with its line.
      if (this.lines) {
        const newline = chunk.subarray(at, end).indexOf(NEWLINE)
        if (newline >= 0) {
          this.inText = false
          this.escaped = false
          return at + newline
        }
      }
      if (quote < 0) {
        this.escaped = slashes % 2 === 1
        this.keepName(chunk, from, end)
        return chunk.length
      }
      at = quote + 1
      if (slashes % 2 === 1) continue
      this.inText = false
      this.keepName(chunk, from, quote)
      if (this.begin >= 0 && this.open.length === this.level) this.close(chunk, at)
      return at
    }
    return at
  }

  /** The text of a name at the level where `studies` may stand; a longer one isn't that. */
  private keepName(chunk: Uint8Array, from: number, to: number): void {
    if (!this.undecided || this.open.length !== 1 || this.name.length > STUDIES.length) return
    for (let at = from; at < Math.min(to, from + STUDIES.length + 1); at++)
      this.name += String.fromCharCode(chunk[at] as number)
  }

  private beginRecord(at: number): void {
    if (this.begin >= 0 || this.inTail) return
    const level = this.open.length
    this.lookForLines()
    if (level === this.listLevel || (level === 0 && this.lines)) {
      this.begin = at
      this.level = level
      this.beginLine = this.line
    } else if (level === 0) throw new Fault('something other than an object or array stands here')
  }

  private opens(byte: number, at: number): void {
    const level = this.open.length
    if (level >= DEEPEST) throw new Fault(`brackets lie more than ${DEEPEST} deep`)
    if (this.begin < 0 && !this.inTail) {
      if (level === 0) this.lookForLines()
      if (level === 0 && byte === OPEN_LIST && !this.lines) this.listLevel = 1
      else if (level === 0) {
        this.begin = at
        this.level = 0
        this.beginLine = this.line
        this.undecided = !this.lines
        this.named = false
      } else this.beginRecord(at)
    } else if (this.undecided && level === 1) {
      if (byte === OPEN_LIST && this.named && this.name === STUDIES) this.page()
      this.undecided = false
    }
    this.open.push(byte)
  }

  /** A first record on a line of its own, and something on a later line: each line is a record. */
  private lookForLines(): void {
    if (this.number === 1 && this.open.length === 0 && this.topLine > 0 && this.line > this.topLine)
      this.lines = this.oneLine
  }

  /** What seemed to be a record is a page: its records are the items of this list. */
  private page(): void {
    this.begin = -1
    this.level = -1
    this.pieces = []
    this.pieceBytes = 0
    this.listLevel = 2
  }

  private closes(byte: number, chunk: Uint8Array, at: number): void {
    const level = this.open.length
    if (this.lines) this.beginRecord(at)
    else if (this.begin >= 0 && level === this.level) {
      // A bare number or word at the end of its list.
      this.close(chunk, at)
    }
    const opened = this.open.pop()
    if (opened === undefined || (opened === OPEN_LIST) !== (byte === CLOSE_LIST)) {
      if (!this.lines) throw new Fault('a bracket closes what was not opened')
      this.open.length = 0
      return
    }
    const now = level - 1
    if (this.begin >= 0 && now === this.level && !this.lines) this.close(chunk, at + 1)
    else if (this.begin < 0 && now === this.listLevel - 1) {
      this.listLevel = -1
      this.inTail = now > 0
    }
    if (now === 0) this.inTail = false
  }

  private other(byte: number, chunk: Uint8Array, at: number): void {
    if (byte === 0 && !this.lines) throw new Fault('a NUL stands here; expected UTF-8, not UTF-16')
    if (this.undecided && this.open.length === 1) this.named = byte === COLON
    if (byte === COMMA) {
      if (this.begin >= 0 && this.open.length === this.level && !this.lines) this.close(chunk, at)
    } else this.beginRecord(at)
  }

  private close(chunk: Uint8Array, to: number): void {
    const last = chunk.subarray(this.begin, to)
    const bytes = this.pieces.length === 0 ? last : joined([...this.pieces, last], this.pieceBytes + last.length)
    this.number++
    this.found.push({ number: this.number, line: this.beginLine, bytes })
    this.oneLine = this.beginLine === this.line
    this.topLine = this.level === 0 ? this.line : 0
    if (this.lines) this.open.length = 0
    this.pieces = []
    this.pieceBytes = 0
    this.begin = -1
    this.level = -1
    this.undecided = false
  }
}

class Fault extends Error {}

function backslashesBefore(chunk: Uint8Array, end: number, from: number): number {
  let count = 0
  while (end - 1 - count >= from && chunk[end - 1 - count] === BACKSLASH) count++
  return count
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
