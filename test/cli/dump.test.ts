import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { SEED_SLUG } from '../db/study-variants.ts'
import { fixture } from '../import/study-file/invented-study.ts'
import { evibase, type ScratchDatabase, scratchPath, seededDatabase } from '../scratch.ts'

const OTHER_SLUG = 'invented-2001-honey'

let database: ScratchDatabase
const run = (...args: string[]) => evibase(args, { db: database.url })
beforeAll(async () => {
  database = await seededDatabase()
  expect(await run('load', fixture('invented-2001.yaml'))).toMatchObject({ code: 0 })
})

describe('evibase dump', () => {
  test('prints a file that changes nothing, and that is printed again as it is', async () => {
    const dumped = await run('dump', SEED_SLUG)
    expect(dumped).toMatchObject({ code: 0, stderr: '' })
    const file = scratchPath('dumped.yaml')
    writeFileSync(file, dumped.stdout)
    expect(await run('load', file)).toMatchObject({ code: 0, stderr: `${SEED_SLUG}: unchanged\n` })
    expect(await run('dump', SEED_SLUG)).toEqual(dumped)
  })

  test('prints the same as JSON, which loads too', async () => {
    const { stdout } = await run('dump', SEED_SLUG, '--json')
    expect(JSON.parse(stdout)).toEqual(parse((await run('dump', SEED_SLUG)).stdout))
    const file = scratchPath('dumped.json')
    writeFileSync(file, stdout)
    expect(await run('load', file)).toMatchObject({ code: 0, stderr: `${SEED_SLUG}: unchanged\n` })
  })

  test('writes every study into a folder, which it makes', async () => {
    const folder = path.join(scratchPath('made'), 'within')
    expect(await run('dump', '--all', '--out', folder)).toEqual({
      code: 0,
      stdout: '',
      stderr: `2 studies in ${folder}.\n`,
    })
    expect(readdirSync(folder).sort()).toEqual([`${OTHER_SLUG}.yaml`, `${SEED_SLUG}.yaml`])
    expect(readFileSync(path.join(folder, `${SEED_SLUG}.yaml`), 'utf8')).toBe((await run('dump', SEED_SLUG)).stdout)
    expect(await run('load', folder)).toMatchObject({
      code: 0,
      stderr: `${OTHER_SLUG}: unchanged\n${SEED_SLUG}: unchanged\n2 files: 2 unchanged.\n`,
    })
  })

  test('writes the studies that are named, as JSON', async () => {
    const folder = scratchPath('json')
    const { code, stderr } = await run('dump', OTHER_SLUG, '--out', folder, '--json')
    expect({ code, stderr }).toEqual({ code: 0, stderr: `One study in ${folder}.\n` })
    expect(readdirSync(folder)).toEqual([`${OTHER_SLUG}.json`])
  })

  test("passes over a study of a registry's record, and refuses it by name", async () => {
    await database.exec(
      `INSERT INTO study (id, label, title, type, registry) VALUES ('NCT01234567', 'Milk', 'Milk', 'interventional', 'clinicaltrials.gov')`,
    )
    const folder = scratchPath('files')
    expect(await run('dump', '--all', '--out', folder)).toMatchObject({ code: 0, stderr: `2 studies in ${folder}.\n` })
    expect(await run('dump', 'NCT01234567')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('NCT01234567 was read from a record of clinicaltrials.gov'),
    })
    await database.exec(`DELETE FROM study WHERE id = 'NCT01234567'`)
  })

  test('writes nothing where a study is not there', async () => {
    const folder = scratchPath('none')
    const { code, stderr } = await run('dump', SEED_SLUG, 'nobody-1900', '--out', folder)
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('no study "nobody-1900"') })
    expect(() => readdirSync(folder)).toThrow('ENOENT')
  })

  test("says which folder can't be made", async () => {
    const file = scratchPath('file')
    writeFileSync(file, '')
    const { code, stderr } = await run('dump', SEED_SLUG, '--out', path.join(file, 'below'))
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/below can't be made: .* --out\.\n$/) })
  })

  test("leaves no half of a file where one can't be written", async () => {
    const folder = scratchPath('taken')
    mkdirSync(path.join(folder, `${SEED_SLUG}.yaml`), { recursive: true })
    expect(await run('dump', SEED_SLUG, '--out', folder)).toMatchObject({ code: 1 })
    expect(readdirSync(folder)).toEqual([`${SEED_SLUG}.yaml`])
  })

  test.each([
    { args: [], says: 'Name a study, or say --all with --out FOLDER.' },
    { args: ['--all'], says: 'Several studies are several files: say --out FOLDER.' },
    { args: [SEED_SLUG, OTHER_SLUG], says: 'Several studies are several files: say --out FOLDER.' },
    { args: [SEED_SLUG, '--all', '--out', 'x'], says: 'Name studies, or say --all, but not both.' },
  ])('$args is not understood', async ({ args, says }) => {
    expect(await run('dump', ...args)).toEqual({ code: 2, stdout: '', stderr: `${says}\n` })
  })
})
