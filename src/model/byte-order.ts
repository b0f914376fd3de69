/** Byte order of UTF-8, which is the order of keys on every engine. */
export function byKey(one: string, other: string): number {
  // JavaScript compares UTF-16 units, which order as bytes do unless one of two different ones is half of a pair.
  if (ASTRAL.test(one) || ASTRAL.test(other)) return Buffer.compare(Buffer.from(one), Buffer.from(other))
  return one < other ? -1 : one > other ? 1 : 0
}

const ASTRAL = /[\ud800-\udfff]/
