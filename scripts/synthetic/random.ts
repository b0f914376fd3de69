/** Numbers that look like chance and are the same every time: mulberry32, 32 bits of state. */
export class Random {
  private state: number

  constructor(seed: number) {
    this.state = seed >>> 0
  }

  /** From 0 to below 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let mixed = this.state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** A whole number, both ends included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  of<T>(list: readonly T[]): T {
    const item = list[Math.floor(this.next() * list.length)]
    if (item === undefined) throw new RangeError('nothing to choose from')
    return item
  }

  /** A place in a list where the first are common and the last rare, as headings and words are. */
  skewed(length: number): number {
    return Math.floor(length * this.next() ** 3)
  }

  /** About normal around 0 with a standard deviation of 1: twelve even numbers, added. */
  normal(): number {
    let sum = -6
    for (let count = 0; count < 12; count++) sum += this.next()
    return sum
  }
}
