import type { EvidenceError } from '../../errors.ts'
import type { RawRecord } from '../../model/reading.ts'
import type { ByteWindow } from '../stream/byte-window.ts'
import { brokenImport } from '../stream/invalid-import.ts'
import { LONGEST_IN_WORDS, LONGEST_RECORD, type RecordFinder } from '../stream/split-records.ts'
import { doctypeEnd, tagEnd } from './xml-ends.ts'

/** What a set of citations is made of, and one of articles and books. The first DTD wrote PubMed with two capitals. */
const CITATIONS = 'MedlineCitation|DeleteCitation'
const ARTICLES = 'Pub[Mm]edArticle|PubmedBookArticle|DeleteCitation'
const RECORD = new RegExp(`^(?:${CITATIONS}|${ARTICLES})$`)
const SET = /^(?:Pub[Mm]edArticleSet|PubmedBookArticleSet|MedlineCitationSet)$/

/** All marks but the root's closing tag are shorter, and so is what a message quotes. */
const LONGEST_MARK = 64
const LONGEST_QUOTE = 60
const LONGEST_NAME = 200

/** Before the root, between records, in one, and after the root. */
type Where = 'before' | 'between' | 'record' | 'after'

/**
 * Finds the records in a file of PubMed by their tags alone. Comments, CDATA and instructions are passed over. What
 * stands between records and is none makes a record of its own, and one that isn't closed ends where the next begins:
 * whoever reads them refuses these alone.
 */
export class PubmedEnvelope implements RecordFinder {
  readonly #window: ByteWindow
  readonly #file: string
  #found: RawRecord[] = []
  #number = 0
  #where: Where = 'before'
  #root = ''
  #rootLine = 1
  /** Another root than PubMed's may be somebody's own wrapper, as long as PubMed's records stand in it. */
  #rootIsKnown = false
  /** The root that is itself the one record. It is given when nothing follows it. */
  #alone: RawRecord | undefined
  /** What begins or ends a record, or hides one: slash and name of a record, or the name of the root. */
  #marks = /(?!)/g
  #longestMark = LONGEST_MARK
  /** How far was looked. */
  #at = 0
  /** Where the record begins that one is in. */
  #begin = 0
  /** What ends the comment, CDATA or instruction that one is in. */
  #until: string | undefined

  constructor(window: ByteWindow, file: string) {
    this.#window = window
    this.#file = file
  }

  taken(): readonly RawRecord[] {
    const found = this.#found
    this.#found = []
    return found
  }

  /** @throws EvidenceError IMPORT_FILE_INVALID  the file is of another format, ends too early, or a record never ends */
  look(atEnd: boolean): void {
    while (this.#step(atEnd));
    const kept = this.#where === 'record' ? this.#begin : this.#at
    if (this.#window.text.length - kept > LONGEST_RECORD)
      throw this.#refusal(kept, `what begins here is longer than ${LONGEST_IN_WORDS} bytes, which no record is`)
    if (atEnd) this.#end()
    this.#window.dropBefore(kept)
    this.#at -= kept
    this.#begin = 0
  }

  #end(): void {
    if (this.#where === 'before') throw this.#refusal(this.#at, 'the file is empty; expected XML of PubMed')
    if (this.#where === 'between')
      throw this.#refusal(this.#at, `the file ends before </${this.#root}>: a part of it is missing`)
    if (this.#where === 'record')
      throw this.#refusal(this.#begin, 'the file ends within the record that begins here: a part of it is missing')
    if (this.#until !== undefined) throw this.#refusal(this.#at, `the file ends before ${this.#until}`)
    if (this.#alone !== undefined) this.#found.push(this.#alone)
  }

  /** One step; false when there is nothing to do before more bytes come. */
  #step(atEnd: boolean): boolean {
    if (this.#until !== undefined) return this.#passOver(this.#until)
    if (this.#where === 'record') return this.#stepInRecord()
    const { text } = this.#window
    this.#at = afterSpace(text, this.#at)
    if (this.#at === text.length || (!atEnd && text.length - this.#at < this.#longestMark)) return false
    if (text.startsWith('<!--', this.#at) || text.startsWith('<?', this.#at)) {
      const isComment = text[this.#at + 1] === '!'
      this.#until = isComment ? '-->' : '?>'
      this.#at += isComment ? '<!--'.length : '<?'.length
      return true
    }
    if (this.#where === 'before') return this.#stepBefore(atEnd)
    if (this.#where === 'between') return this.#stepBetween()
    throw this.#refusal(
      this.#at,
      RECORD.test(this.#root)
        ? `something follows the root element ${this.#root}: ${this.#quoted()}. Several records need one element around them, such as PubmedArticleSet`
        : `something follows </${this.#root}>, with which the file should end: ${this.#quoted()}`,
    )
  }

  #passOver(until: string): boolean {
    const { text } = this.#window
    const end = text.indexOf(until, this.#at)
    this.#at = end < 0 ? Math.max(this.#at, text.length - until.length + 1) : end + until.length
    if (end >= 0) this.#until = undefined
    return end >= 0
  }

  #stepBefore(atEnd: boolean): boolean {
    const { text } = this.#window
    const begin = this.#at
    const name = nameAt(text, begin)
    const isDoctype = text.startsWith('<!DOCTYPE', begin)
    if (name === undefined && !isDoctype)
      throw this.#refusal(begin, `expected XML of PubMed; found ${this.#quoted()} at its beginning`)
    const end = isDoctype ? doctypeEnd(text, begin) : tagEnd(text, begin)
    if (end === undefined) {
      if (atEnd) throw this.#refusal(begin, `the file ends within ${this.#quoted()}`)
      return false
    }
    this.#at = end
    if (name !== undefined) this.#openRoot(name, begin, text[end - 2] === '/')
    return true
  }

  #openRoot(name: string, begin: number, isEmpty: boolean): void {
    this.#root = name
    this.#rootLine = this.#window.lineAt(begin)
    this.#rootIsKnown = SET.test(name)
    if (isEmpty && !this.#rootIsKnown) throw this.#wrongRoot()
    this.#where = isEmpty ? 'after' : RECORD.test(name) ? 'record' : 'between'
    this.#begin = begin
    this.#seek(name === 'MedlineCitationSet' || name === 'MedlineCitation' ? CITATIONS : ARTICLES)
  }

  #seek(names: string): void {
    const root = this.#root.replace(/[^\w]/g, '\\$&')
    this.#marks = new RegExp(`<(?:!--|!\\[CDATA\\[|\\?|(/?)(${names})(?=[\\s/>])|/(${root})(?=[\\s>]))`, 'g')
    this.#longestMark = Math.max(LONGEST_MARK, this.#root.length + 4)
  }

  #stepBetween(): boolean {
    const { text } = this.#window
    if (!this.#rootIsKnown) {
      const name = nameAt(text, this.#at)
      if (name === undefined || !RECORD.test(name)) throw this.#wrongRoot()
      this.#rootIsKnown = true
      this.#seek(name === 'MedlineCitation' ? CITATIONS : ARTICLES)
    }
    this.#marks.lastIndex = this.#at
    const mark = this.#marks.exec(text)
    const here = mark?.index === this.#at ? mark : undefined
    if (here?.[3] !== undefined) {
      const end = text.indexOf('>', this.#at)
      if (end < 0) return false
      this.#at = end + 1
      this.#where = 'after'
    } else {
      this.#where = 'record'
      this.#begin = this.#at
      if (here?.[1] === '') this.#at += here[0].length
    }
    return true
  }

  #stepInRecord(): boolean {
    const { text } = this.#window
    this.#marks.lastIndex = this.#at
    const mark = this.#marks.exec(text)
    if (mark === null) {
      this.#at = Math.max(this.#at, text.length - this.#longestMark)
      return false
    }
    const [whole, slash, name, root] = mark
    if (slash === '/') {
      const end = text.indexOf('>', mark.index)
      this.#at = end < 0 ? mark.index : end + 1
      if (end < 0) return false
      this.#give(this.#at)
    } else if (name !== undefined || root !== undefined) this.#give(mark.index)
    else {
      this.#at = mark.index + whole.length
      this.#until = whole === '<!--' ? '-->' : whole === '<?' ? '?>' : ']]>'
    }
    return true
  }

  #give(end: number): void {
    const begin = this.#begin
    if (end - begin > LONGEST_RECORD)
      throw this.#refusal(begin, `the record is longer than ${LONGEST_IN_WORDS} bytes, which none is`)
    this.#number++
    const record = { number: this.#number, line: this.#window.lineAt(begin), bytes: this.#window.slice(begin, end) }
    this.#at = end
    const isAlone = RECORD.test(this.#root)
    this.#where = isAlone ? 'after' : 'between'
    if (isAlone) this.#alone = record
    else this.#found.push(record)
  }

  #wrongRoot(): EvidenceError {
    const message = `the root element is ${this.#root.slice(0, 60)}; expected PubmedArticleSet or MedlineCitationSet`
    return brokenImport(this.#file, { line: this.#rootLine }, message)
  }

  /** What stands here, as far as a message should say it. */
  #quoted(): string {
    const [line = ''] = this.#window.text.slice(this.#at, this.#at + LONGEST_QUOTE).split(/[\r\n]/)
    return JSON.stringify(Buffer.from(line, 'latin1').toString('utf8'))
  }

  #refusal(at: number, message: string): EvidenceError {
    return brokenImport(this.#file, { line: this.#window.lineAt(at) }, message)
  }
}

function afterSpace(text: string, start: number): number {
  let at = start
  while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at++
  return at
}

const NAME = new RegExp(`<([^\\s<>/!?"'=&]{1,${LONGEST_NAME}})(?=[\\s/>])`, 'y')

/** The name of the opening tag there, if there is one. */
function nameAt(text: string, at: number): string | undefined {
  NAME.lastIndex = at
  return NAME.exec(text)?.[1]
}
