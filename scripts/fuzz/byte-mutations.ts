import { type Mutation, ofText } from './mutation.ts'
import type { Random } from './random.ts'

const LONGEST_STRETCH = 200

function stretch(bytes: Buffer, random: Random): readonly [start: number, end: number] {
  const start = random.below(bytes.length + 1)
  return [start, Math.min(bytes.length, start + 1 + random.below(LONGEST_STRETCH))]
}
const swapped = (bytes: Buffer): Buffer => (bytes.length % 2 === 0 ? Buffer.from(bytes).swap16() : bytes)
const inUtf16 = (bytes: Buffer, mark: string): Buffer => Buffer.from(`${mark}${bytes.toString('utf8')}`, 'utf16le')

/** What a bad disk, a bad network or the wrong editor make of a file. */
export const BYTE_MUTATIONS: readonly Mutation[] = [
  {
    name: 'a bit flipped',
    apply: (bytes, random) => {
      const copy = Buffer.from(bytes)
      const at = random.below(bytes.length)
      copy[at] = (bytes[at] ?? 0) ^ (1 << random.below(8))
      return copy
    },
  },
  {
    name: 'bytes deleted',
    apply: (bytes, random) => {
      const [start, end] = stretch(bytes, random)
      return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)])
    },
  },
  {
    name: 'bytes doubled',
    apply: (bytes, random) => {
      const [start, end] = stretch(bytes, random)
      return Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)])
    },
  },
  {
    name: 'random bytes inserted',
    apply: (bytes, random) => {
      const at = random.below(bytes.length + 1)
      const inserted = Buffer.from(Array.from({ length: 1 + random.below(16) }, () => random.below(256)))
      return Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at)])
    },
  },
  {
    name: 'random printable characters inserted',
    apply: (bytes, random) => {
      const at = random.below(bytes.length + 1)
      const inserted = Buffer.from(Array.from({ length: 1 + random.below(4) }, () => 0x20 + random.below(0x5f)))
      return Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at)])
    },
  },
  { name: 'cut off', apply: (bytes, random) => Buffer.from(bytes.subarray(0, random.below(bytes.length + 1))) },
  {
    name: 'spliced with another file',
    apply: (bytes, random, others) => {
      const other = random.pick(others).bytes
      return Buffer.concat([
        bytes.subarray(0, random.below(bytes.length + 1)),
        other.subarray(random.below(other.length + 1)),
      ])
    },
  },
  { name: 'a byte order mark', apply: (bytes) => Buffer.concat([Buffer.from('\uFEFF'), bytes]) },
  ofText('a byte order mark within', (text, random) => {
    const at = random.below(text.length + 1)
    return `${text.slice(0, at)}\uFEFF${text.slice(at)}`
  }),
  {
    name: 'a zero byte',
    apply: (bytes, random) => {
      const at = random.below(bytes.length + 1)
      return Buffer.concat([bytes.subarray(0, at), Buffer.alloc(1), bytes.subarray(at)])
    },
  },
  { name: 'UTF-16', apply: (bytes, random) => inUtf16(bytes, random.pick(['\uFEFF', ''])) },
  { name: 'UTF-16, big end first', apply: (bytes, random) => swapped(inUtf16(bytes, random.pick(['\uFEFF', '']))) },
  { name: 'Latin-1', apply: (bytes) => Buffer.from(`# é\n${bytes.toString('utf8')}`, 'latin1') },
]
