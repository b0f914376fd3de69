import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { evibase, ROOT, SEED_FILE, scratchPath, seededFile } from '../../scratch.ts'

/** A file in a folder of its own, so that nothing that is left beside it goes unseen. */
function newFile(content?: string | Buffer): string {
  const folder = scratchPath('folder')
  mkdirSync(folder)
  const file = path.join(folder, 'evidence.db')
  if (content !== undefined) writeFileSync(file, content)
  return file
}

function folderInstead(): string {
  const file = newFile()
  mkdirSync(file)
  return file
}

const contentOf = (file: string) => {
  try {
    return readFileSync(file).toString('base64')
  } catch (error) {
    return (error as NodeJS.ErrnoException).code
  }
}
const besides = (file: string) => {
  try {
    return readdirSync(path.dirname(file)).sort()
  } catch {
    return 'no folder'
  }
}

describe('a file that is no database is told in a sentence, and not touched', () => {
  test.concurrent.each([
    {
      what: 'no file',
      make: async () => newFile(),
      says: 'There is no database at FILE yet. Make it with `evibase db migrate`, then `evibase db seed`.',
    },
    {
      what: 'no folder',
      make: async () => path.join(scratchPath('nowhere'), 'evidence.db'),
      says: 'There is no database at FILE yet. Make it with `evibase db migrate`, then `evibase db seed`.',
    },
    {
      what: 'an empty file',
      make: async () => newFile(''),
      says: 'There is no database at FILE yet. Make it with `evibase db migrate`, then `evibase db seed`.',
    },
    {
      what: 'a text file',
      make: async () => newFile('study,n\nrosenberg,85\n'),
      says: 'FILE is not a SQLite database. Name another file in DATABASE_URL, or move this one away.',
    },
    {
      what: 'a folder',
      make: async () => folderInstead(),
      says: 'FILE is a folder. Let DATABASE_URL name a file in it, such as file:FILE/evidence.db.',
    },
    {
      what: 'a file that was cut off',
      make: async () => newFile(readFileSync((await seededFile()).file).subarray(0, 5_000)),
      says: /^FILE is not a SQLite database|^FILE .*damaged/,
    },
  ])('$what', async ({ make, says }) => {
    const file = await make()
    const before = [contentOf(file), besides(file)]
    for (const args of [
      ['extract', 'arms'],
      ['load', SEED_FILE],
    ]) {
      const { code, stdout, stderr } = await evibase(args, { db: `file:${file}` })
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      const said = stderr.replaceAll(file, 'FILE').trimEnd()
      if (typeof says === 'string') expect(said).toBe(says)
      else expect(said).toMatch(says)
    }
    expect([contentOf(file), besides(file)]).toEqual(before)
  })
})

describe('where the database is', () => {
  test.each([
    { what: 'a relative path', env: 'file:./no-such-folder/a.db', at: 'no-such-folder/a.db' },
    { what: 'nothing', env: '', at: 'data/evidence.db' },
  ])('$what is meant from the project’s folder, not the current one', async ({ env, at }) => {
    const cwd = scratchPath('folder')
    mkdirSync(cwd)
    const { stdout } = await evibase(['db', 'status', '--json'], { db: env, cwd })
    const rows = JSON.parse(stdout) as { what: string; value: unknown }[]
    expect(rows.find(({ what }) => what === 'database')?.value).toBe(path.join(ROOT, at))
    expect(readdirSync(cwd)).toEqual([])
  })
})
