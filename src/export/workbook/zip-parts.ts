import { Zip, ZipDeflate } from 'fflate'

/** A part of a package, made as it is written. */
export interface Part {
  readonly name: string
  readonly chunks: AsyncIterable<string>
}

/**
 * A ZIP archive of the parts in their order, each compressed as it comes, so that nobody holds a whole one. The same
 * parts give the same bytes anywhere: the compression isn't Node's, whose bytes change with its versions, and each part
 * is dated the first day that an archive can tell.
 */
export async function* zipped(parts: AsyncIterable<Part>): AsyncGenerator<Uint8Array> {
  let [made, failure]: [Uint8Array[], Error | null] = [[], null]
  const archive = new Zip((error, bytes) => {
    failure ??= error
    made.push(bytes)
  })
  const taken = (): Uint8Array[] => {
    if (failure !== null) throw failure
    const some = made
    made = []
    return some
  }
  for await (const { name, chunks } of parts) {
    const part = new ZipDeflate(name, { level: 6 })
    // A date is taken in the time of the place, and so is this one.
    part.mtime = new Date(1980, 0, 1)
    archive.add(part)
    for await (const chunk of chunks) {
      part.push(ENCODER.encode(chunk))
      yield* taken()
    }
    part.push(NOTHING, true)
    yield* taken()
  }
  archive.end()
  yield* taken()
}

const ENCODER = new TextEncoder()
const NOTHING = new Uint8Array()
