import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { splitRevmanParts } from '../../src/import/revman/split-parts.ts'
import { splitRevman } from '../../src/import/revman/split-revman.ts'
import type { RecordSplitter } from '../../src/model/reading.ts'
import type { Original } from './mutation.ts'

/** Before each file of a package, when they are one text to be spoiled. */
const MARK = '=== '

/** The files of a data package, as one text. */
export function packageText(folder: string): Original {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name))
  const text = names
    .sort()
    .map((name) => `${MARK}${name}\n${readFileSync(path.join(folder, name), 'utf8')}`)
    .join('')
  return { name: path.basename(folder), bytes: Buffer.from(text) }
}

/** Splits a review, or the text of a package's files. */
export const splitRevmanText: RecordSplitter = async function* (bytes, file) {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  const all = Buffer.concat(chunks)
  if (all.subarray(0, MARK.length).toString() !== MARK) yield* splitRevman(whole(all), file)
  else yield* splitRevmanParts(filesOf(all), file)
}

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** What isn't UTF-8 in the files stays as it is. */
async function* filesOf(all: Buffer) {
  for (const part of all.toString('latin1').split(/^=== /m).slice(1)) {
    const end = part.indexOf('\n') + 1
    const name = Buffer.from(part.slice(0, end || part.length), 'latin1')
    yield { name: name.toString('utf8').trim(), bytes: whole(Buffer.from(part.slice(end), 'latin1')) }
  }
}
