import type { Random } from './random.ts'

/** A file to start from. */
export interface Original {
  readonly name: string
  readonly bytes: Buffer
}

/** One way to spoil a file; it gives back another buffer, and leaves the one that it was given. */
export interface Mutation {
  readonly name: string
  readonly apply: (bytes: Buffer, random: Random, others: readonly [Original, ...Original[]]) => Buffer
}

/** A mutation of a file's text. What isn't UTF-8 in it becomes replacement characters. */
export const ofText = (name: string, apply: (text: string, random: Random) => string): Mutation => ({
  name,
  apply: (bytes, random) => Buffer.from(apply(bytes.toString('utf8'), random)),
})
