import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { fuzzDatabase } from '../../scripts/fuzz/fuzz-database.ts'
import { type FuzzPlan, fuzzFiles } from '../../scripts/fuzz/fuzz-files.ts'
import { originals, studies } from '../../scripts/fuzz/originals.ts'
import { EvidenceError, type FileIssue } from '../../src/errors.ts'
import { readEvidenceFile } from '../../src/import/read-evidence-file.ts'
import { ROOT } from '../scratch.ts'
import { VOCABULARIES } from '../vocabularies.ts'
import { environment, finished } from './prisma-project.ts'

const right = (bytes: Uint8Array, file: string) => readEvidenceFile(bytes, file, VOCABULARIES)

test('of 500 spoiled files each is loaded whole or refused with places', async () => {
  const database = fuzzDatabase(ROOT)
  for (const { name, bytes } of studies(ROOT)) await database.save(right(bytes, name))
  const plan = { seed: 4, first: 0, files: 500, originals: originals(ROOT), read: right, database }
  const { loaded, refused, failures } = await fuzzFiles(plan)
  expect(failures.map(({ number, what, reason }) => `${number} (${what}): ${reason}`)).toEqual([])
  expect(loaded + refused).toBe(500)
  expect(loaded).toBeGreaterThan(25)
  expect(refused).toBeGreaterThan(250)
  expect(database.faults()).toEqual([])
  await database.close()
}, 300_000)

test('the program says how many there were', async () => {
  const { status, stdout } = await finished(
    path.join(ROOT, 'node_modules/.bin/tsx'),
    ['scripts/fuzz.ts', '--kind', 'study-files', '--files', '10', '--seed', '4', '--first', '7'],
    { cwd: ROOT, env: environment({}) },
  )
  expect(stdout).toMatch(/^seed 4\n10 files: \d+ loaded, \d+ refused, 0 failed\n$/)
  expect(status).toBe(0)
})

const refusal = (issue: Partial<FileIssue>) => () => {
  const issues = [{ file: 'spoiled.yaml', line: 1, column: 1, message: 'wrong', ...issue }]
  throw new EvidenceError('STUDY_FILE_INVALID', 'wrong', { issues })
}
let version = 0
const database: FuzzPlan['database'] = {
  save: async () => 'created',
  givesBack: async () => true,
  version: () => version,
}
const run = (plan: Partial<FuzzPlan>) =>
  fuzzFiles({ seed: 1, first: 0, files: 40, originals: originals(ROOT), read: right, database, ...plan })

describe('a failure is seen:', () => {
  test.each<{ what: string; read: FuzzPlan['read']; reason: RegExp }>([
    {
      what: 'a reader that stumbles',
      read: () => {
        throw new TypeError('x is undefined')
      },
      reason: /^the reader threw TypeError: x is undefined/,
    },
    {
      what: 'another error of ours',
      read: () => {
        throw new EvidenceError('USAGE', 'x')
      },
      reason: /^the reader threw USAGE/,
    },
    {
      what: 'a refusal without a mistake',
      read: () => {
        throw new EvidenceError('STUDY_FILE_INVALID', 'x', { issues: [] })
      },
      reason: /^refused without a mistake$/,
    },
    { what: 'no line', read: refusal({ line: 0 }), reason: /^a mistake at no line/ },
    { what: 'a line after the last', read: refusal({ line: 1_000_000 }), reason: /^a mistake at no line/ },
    { what: 'no column', read: refusal({ column: Number.NaN }), reason: /^a mistake at no column/ },
    { what: 'no words', read: refusal({ message: ' ' }), reason: /^a mistake without words/ },
    { what: 'undefined', read: refusal({ message: 'is undefined' }), reason: /^a mistake in words for programmers/ },
    { what: 'another file', read: refusal({ file: 'b' }), reason: /^a mistake in another file/ },
    {
      what: 'a polluted prototype',
      read: (bytes, file) => {
        Object.assign(Object.prototype, { polluted: true })
        return right(bytes, file)
      },
      reason: /^the prototype of all objects got polluted$/,
    },
  ])('$what', async ({ read, reason }) => {
    const { loaded, refused, failures } = await run({ read, files: 3 })
    expect([loaded, refused, failures.length]).toEqual([0, 0, 3])
    for (const failure of failures) expect(failure.reason).toMatch(reason)
  })

  test('a reader that takes its time', async () => {
    const read: FuzzPlan['read'] = (bytes, file) => {
      const begin = process.cpuUsage().user
      while (process.cpuUsage().user - begin < 1_100_000);
      return right(bytes, file)
    }
    expect((await run({ read, files: 1 })).failures[0]?.reason).toMatch(/^reading took \d+ ms$/)
  })

  test.each<{ what: string; wrong: Partial<FuzzPlan['database']>; reason: RegExp }>([
    {
      what: 'a row that the database refuses',
      wrong: { save: () => Promise.reject(new EvidenceError('CONSTRAINT_VIOLATED', 'x')) },
      reason: /^the save failed: CONSTRAINT_VIOLATED/,
    },
    {
      what: 'a refused save that wrote something',
      wrong: {
        save: () => {
          version++
          return Promise.reject(new EvidenceError('SHARED_ROW_CONFLICT', 'x'))
        },
      },
      reason: /^refused, and yet something was written/,
    },
    {
      what: 'a record that does not come back',
      wrong: { givesBack: async () => false },
      reason: /^the database gives back something else$/,
    },
  ])('$what', async ({ wrong, reason }) => {
    const { failures } = await run({ database: { ...database, ...wrong } })
    expect(failures.length).toBeGreaterThan(0)
    for (const failure of failures) expect(failure.reason).toMatch(reason)
  })

  test('and no failure where there is none', async () => {
    const { loaded, refused, failures } = await run({})
    expect([loaded + refused, failures]).toEqual([40, []])
  })
})
