const NEW_LINE = 10
const RETURN = 13

/**
 * The part of a stream of bytes that one looks at: from what is still needed to what came last. As text it has a
 * character per byte, whatever the encoding, so that regular expressions find marks in ASCII at the speed of bytes.
 */
export class ByteWindow {
  #bytes: Buffer = Buffer.alloc(0)
  #text = ''
  #waiting: Uint8Array[] = []
  #waitingLength = 0
  /** The line of the offset `#counted`. */
  #line = 1
  #counted = 0
  /** The byte before it. */
  #before: number | undefined

  get text(): string {
    return this.#text
  }

  /**
   * Takes more bytes. True when one should look again: bytes that are kept grow by doubling, so that those of a long
   * record aren't copied with every chunk.
   */
  add(chunk: Uint8Array): boolean {
    this.#waiting.push(chunk)
    this.#waitingLength += chunk.length
    if (this.#waitingLength < this.#bytes.length) return false
    this.addWaiting()
    return true
  }

  /** Brings in what `add` has put off. */
  addWaiting(): void {
    if (this.#waiting.length === 0) return
    this.#bytes = Buffer.concat(this.#bytes.length === 0 ? this.#waiting : [this.#bytes, ...this.#waiting])
    this.#waiting = []
    this.#waitingLength = 0
    this.#text = this.#bytes.toString('latin1')
  }

  slice(start: number, end: number): Uint8Array {
    return this.#bytes.subarray(start, end)
  }

  /** The line of an offset, counted from 1; LF, CRLF and CR end one. Offsets must be asked for in their order. */
  lineAt(offset: number): number {
    const bytes = this.#bytes
    let line = this.#line
    let before = this.#before
    for (let at = this.#counted; at < offset; at++) {
      const byte = bytes[at]
      if (byte === RETURN || (byte === NEW_LINE && before !== RETURN)) line++
      before = byte
    }
    this.#before = before
    this.#line = line
    this.#counted = Math.max(this.#counted, offset)
    return line
  }

  /** Forgets what lies before an offset, which becomes 0. */
  dropBefore(offset: number): void {
    this.lineAt(offset)
    this.#bytes = this.#bytes.subarray(offset)
    this.#text = this.#text.slice(offset)
    this.#counted -= offset
  }
}
