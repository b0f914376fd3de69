import { expect, test } from 'vitest'
import { type Database, EXTRACTIONS, type ExtractionName } from '../../../src/index.ts'
import { asOtherStudy, fillEveryTable } from '../../db/study-variants.ts'
import { counting } from '../counting.ts'
import { withVariants } from '../seeded.ts'

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
