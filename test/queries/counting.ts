import type { Database } from '../../src/index.ts'

/** The same client as one that is within a transaction, and that counts what it is asked. */
export function counting(db: Database): { readonly client: Database; readonly asked: () => number } {
  let asked = 0
  const counted = (target: object): object =>
    new Proxy(target, {
      // A client that can't connect is a transaction.
      has: (of, name) => name !== '$connect' && Reflect.has(of, name),
      get(of, name) {
        // As if it were extended: then nothing is asked of its driver directly, where nobody counts.
        if (name === '_extensions') return counted
        const value = Reflect.get(of, name)
        if (typeof value === 'function' && /^(\$queryRaw|find|count|group|aggregate)/.test(String(name)))
          return (...rest: unknown[]) => {
            asked++
            return Reflect.apply(value, of, rest)
          }
        return typeof value === 'object' && value !== null && /^[a-z]/.test(String(name)) ? counted(value) : value
      },
    })
  return { client: counted(db) as Database, asked: () => asked }
}
