/** Byte order, which is the order of keys on every engine. */
export const byKey = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other))
