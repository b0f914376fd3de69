import { describe, expect, test } from 'vitest'
import { maintenance, scratchPostgres, scratchRole, urlOf } from '../../engines.ts'
import { evibase, scratchPath, seededDatabase } from '../../scratch.ts'

describe('a database on another computer', () => {
  // Reserved for documentation (RFC 5737): nothing answers there, and nothing is to be asked.
  const db = 'postgresql://me:secret@192.0.2.1/evidence?connect_timeout=1'
  test.each([['seed'], ['reset', '--yes']])('is not touched by evibase db %s without --remote', async (...verb) => {
    const began = Date.now()
    expect(await evibase(['db', ...verb], { db })).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'Nothing was done: postgresql://me@192.0.2.1:5432/evidence is on another computer. Say --remote if that one is meant.\n',
    })
    expect(Date.now() - began).toBeLessThan(60_000)
  })
})

describe('who may not make tables', () => {
  test('is told so by db migrate and by db reset, in a sentence, and nothing is made', async () => {
    const scratch = await scratchPostgres()
    const role = await scratchRole('a password')
    const db = await urlOf(scratch.name, role)
    for (const verb of [['migrate'], ['reset', '--yes']]) {
      const run = await evibase(['db', ...verb], { db })
      expect(run).toMatchObject({ code: 1, stdout: '' })
      expect(run.stderr).toMatch(
        /^The user may not do that in postgresql:\/\/\S+ \(permission denied for schema public\)\. Let its owner grant what is missing, or do it as the owner\.\n$/,
      )
      expect(run.stderr).not.toContain('password')
    }
    expect(await scratch.rows(`SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace`)).toEqual([])
  })

  test('nor databases, as well', async () => {
    const role = await scratchRole('a password')
    const { name } = await scratchPostgres('nothing')
    expect(await evibase(['db', 'migrate'], { db: await urlOf(name, role) })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('(permission denied to create database)'),
    })
    expect(await maintenance(`SELECT 1 FROM pg_database WHERE datname = '${name}'`)).toEqual([])
  })
})

test('a restore by somebody who does not own the tables is refused, and the database left as it was', async () => {
  const scratch = await seededDatabase()
  const role = await scratchRole('a password')
  const [name = ''] = new URL(scratch.url).pathname.slice(1).split('?')
  await scratch.exec(`GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${role.name}`)
  const file = scratchPath('owned.backup')
  const db = await urlOf(name, role)
  const before = await scratch.rows('SELECT ctid::text, xmin::text FROM fact ORDER BY id')
  expect(await evibase(['db', 'backup', file], { db: scratch.url })).toMatchObject({ code: 0 })
  const run = await evibase(['db', 'restore', file, '--replace'], { db })
  expect(run).toMatchObject({ code: 1, stdout: '' })
  expect(run.stderr).toMatch(/^The user may not do that in .*must be owner of \w+ \w+\)\. Let its owner/)
  expect(await scratch.rows('SELECT ctid::text, xmin::text FROM fact ORDER BY id')).toEqual(before)
})
