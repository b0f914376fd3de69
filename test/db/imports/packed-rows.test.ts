import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { answered, asRead } from '../../../src/cli/reading/sent-records.ts'
import { readRecords } from '../../../src/import/read-records.ts'
import { formatOfRecords } from '../../../src/import/record-formats.ts'
import type { Database } from '../../../src/index.ts'
import { packedRows } from '../../../src/model/packed-rows.ts'
import type { ReadOrRefused, RecordFormat } from '../../../src/model/reading.ts'
import { fixtures } from '../../import/ctgov/fixtures.ts'
import { type ScratchDatabase, scratchDatabase } from '../../scratch.ts'
import { contents } from '../dump.ts'
import { open } from '../saving.ts'
import { importFile } from './import-file.ts'

const FOLDER = path.join(import.meta.dirname, '../../fixtures')
const LEAVES = JSON.parse(readFileSync(path.join(FOLDER, 'ctgov/all-leaves.json'), 'utf8'))

/** As if a thread had read them. */
const fromThread = (read: readonly ReadOrRefused[]) => asRead(structuredClone(answered(read)))

let opened: readonly Database[] = []
afterEach(async () => {
  for (const db of opened) await db.$disconnect()
})

/** Imports into two databases, one by packed rows, and expects of both the same results and rows. */
async function beside() {
  const scratches: readonly ScratchDatabase[] = [await scratchDatabase(), await scratchDatabase()]
  opened = await Promise.all(scratches.map(open))
  const [plain, packed] = opened as [Database, Database]
  return async (format: RecordFormat, file: string) => {
    const [one, other] = [await importFile(plain, format, file), await importFile(packed, format, file, fromThread)]
    expect(other).toEqual(one)
    const [rows, others] = await Promise.all(scratches.map(contents))
    expect(others).toEqual(rows)
    return one
  }
}

const study = (nctId: string, change: (leaves: typeof LEAVES) => void = () => undefined): string => {
  const leaves = JSON.parse(JSON.stringify(LEAVES).replaceAll('NCT00000000', nctId)) as typeof LEAVES
  leaves.protocolSection.identificationModule.nctId = nctId
  change(leaves)
  return JSON.stringify(leaves)
}

test('packed rows of new, changed and bad studies are written as rows are', { timeout: 120_000 }, async () => {
  const importBoth = await beside()
  const without = study('NCT10000002', (leaves) => delete leaves.resultsSection)
  const bad = study('NCT10000003', (leaves) => {
    leaves.protocolSection.designModule.studyType = 'NONE_OF_THEM'
  })
  const first = `[${study('NCT10000001')},${without},${bad},${study('NCT10000004')}]`
  expect(await importBoth('ctgov_json', first)).toMatchObject({ saved: 3, failed: 1 })
  const changed = study('NCT10000001', (leaves) => {
    leaves.protocolSection.identificationModule.briefTitle = 'Another title — ünusual \u{1F642}'
    leaves.resultsSection.outcomeMeasuresModule.outcomeMeasures.pop()
  })
  expect(await importBoth('ctgov_json', `[${changed},${study('NCT10000005')},${without}]`)).toMatchObject({
    ...{ saved: 2, unchanged: 1 },
  })
})

test('a review’s studies come packed as well', async () => {
  const importBoth = await beside()
  const review = readFileSync(path.join(FOLDER, 'revman/tea.rm5'), 'utf8')
  expect((await importBoth('revman', review)).saved).toBeGreaterThan(1)
})

const real = fixtures('v2', '.json')
test.skipIf(real.length === 0)('and those of a registry', { timeout: 240_000 }, async () => {
  const importBoth = await beside()
  const some = real.filter((_, index) => index % 6 === 0)
  const result = await importBoth('ctgov_json', `[${some.map(({ bytes }) => Buffer.from(bytes)).join(',')}]`)
  expect(result.saved).toBeGreaterThan(10)
})

test('studies of a thread know their rows packed, and those of no thread don’t', () => {
  const record = { number: 1, line: 1, bytes: Buffer.from(study('NCT10000001')) }
  const [here] = readRecords(formatOfRecords('ctgov_json').read, [record])
  const [there] = fromThread(here === undefined ? [] : [here])
  const rows = [here, there].map((outcome) => (outcome?.reading?.kind === 'study' ? outcome.reading.record.rows : {}))
  expect(rows.map((tables) => packedRows(tables, 'outcome')?.text.startsWith('["NCT10000001/'))).toEqual([
    undefined,
    true,
  ])
  expect(packedRows({ ...rows[1] }, 'outcome')).toBeUndefined()
  expect({ ...rows[1] }).toEqual(rows[0])
})
