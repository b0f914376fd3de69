import { expect, test } from 'vitest'
import { type Database, EXTRACTIONS, type ExtractionName } from '../../../src/index.ts'
import { asOtherStudy, fillEveryTable } from '../../db/study-variants.ts'
import { withVariants } from '../seeded.ts'

/** The same client as one that is within a transaction, and that counts what it is asked. */
function counting(db: Database): { readonly client: Database; readonly asked: () => number } {
  let asked = 0
  const counted = (target: object): object =>
    new Proxy(target, {
      // A client that can't connect is a transaction.
      has: (of, name) => name !== '$connect' && Reflect.has(of, name),
      get(of, name) {
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

// Corrections look up values in as many tables as corrections are about.
test.each(Object.keys(EXTRACTIONS) as ExtractionName[])(
  '%s asks the database as often for 14 studies as for one',
  async (name) => {
    one ??= withVariants(...variants(1))
    many ??= withVariants(...variants(14))
    const { extract } = await EXTRACTIONS[name].load()
    const [few, all] = [counting(await one), counting(await many)]
    const rows = [await extract(few.client), await extract(all.client)]
    expect(rows[0]?.metadata.studies).toBe(name === 'review-studies' ? 0 : 1)
    expect(rows[1]?.length).toBe(14 * (rows[0]?.length ?? 0))
    expect(few.asked()).toBeGreaterThan(0)
    expect(all.asked()).toBe(few.asked())
  },
)

let one: Promise<Database> | undefined
let many: Promise<Database> | undefined
const variants = (count: number) =>
  Array.from({ length: count }, (_, index) => (file: Parameters<typeof fillEveryTable>[0]) => {
    asOtherStudy(file, `study-${index}`, String(1_000 + index))
    fillEveryTable(file)
  })
