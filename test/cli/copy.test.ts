import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ENGINE, scratchPostgres } from '../engines.ts'
import { evibase, MIGRATIONS, scratchDatabase, scratchPath, seededDatabase } from '../scratch.ts'

const nowhere = async () =>
  ENGINE === 'sqlite' ? `file:${scratchPath('new folder')}/copy.db` : (await scratchPostgres('nothing')).url
const copy = (from: string, to: string, ...more: readonly string[]) =>
  evibase(['db', 'copy', '--from', from, '--to', to, ...more])

test('evibase db copy makes a database that is not there, fills it, and says what it holds', async () => {
  const { url, location } = await seededDatabase()
  const to = await nowhere()
  const { code, stdout, stderr } = await copy(url, to, '--json')
  expect(code).toBe(0)
  const tables = JSON.parse(stdout) as { table: string; rows: number; sha256: string }[]
  expect(tables.find(({ table }) => table === 'outcome_measurement')?.rows).toBe(18)
  expect(tables.every(({ sha256 }) => /^[0-9a-f]{64}$/.test(sha256))).toBe(true)
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  expect(stderr).toMatch(new RegExp(`^Applied ${MIGRATIONS} migrations to `))
  expect(stderr).toContain(`Copied ${rows} rows of ${tables.length} tables from ${location.shown} to `)
  const [one, other] = await Promise.all([url, to].map((db) => evibase(['extract', 'evidence', '-f', 'csv'], { db })))
  expect(other).toEqual(one)
  expect(await copy(url, to)).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('is not empty') })
})

test('evibase db copy does nothing where it makes no sense', async () => {
  const { url, location } = await seededDatabase()
  const empty = await scratchDatabase()
  expect(await copy(url, url)).toEqual({
    code: 2,
    stdout: '',
    stderr: `--from and --to name the same database, ${location.shown}. Name another one.\n`,
  })
  const to = `file:${scratchPath('never made')}/copy.db`
  expect(await copy(await nowhere(), to)).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/^There is no database/),
  })
  expect(existsSync(to.slice('file:'.length)), 'the target is not made for nothing').toBe(false)
  expect(await copy('mysql://user:secret@host/db', empty.url)).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^(?!.*secret).*doesn't speak mysql/s),
  })
  expect(await evibase(['db', 'copy', '--from', url])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("required option '--to <url>' not specified"),
  })
})
