import { execFileSync } from 'node:child_process'
import { closeSync, ftruncateSync, mkdirSync, openSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { evibase, scratchDatabase, scratchPath } from '../scratch.ts'

const MB = 1024 * 1024

/** A file of a size that takes no place on the disk. */
function sparse(file: string, size: number): void {
  const handle = openSync(file, 'w')
  ftruncateSync(handle, size)
  closeSync(handle)
}

test.concurrent.each([
  { what: '100 MB', size: 100 * MB },
  // Node.js reads no file above 2 GB into memory, and would say so.
  { what: '3 GB, of which nothing is read', size: 3 * 1024 * MB },
])('load refuses a file of $what', async ({ size }) => {
  const [db, cwd] = [await scratchDatabase(), scratchPath('folder')]
  mkdirSync(cwd)
  sparse(path.join(cwd, 'large.yaml'), size)
  const says = `large.yaml has one mistake; nothing was loaded.\nlarge.yaml:1:1: the file has ${size} bytes; a study file has at most 2097152\n`
  expect(await evibase(['load', 'large.yaml'], { db: db.url, cwd })).toEqual({ code: 1, stdout: '', stderr: says })
})

test.skipIf(process.platform === 'win32').each(['.', 'pipe.yaml'])(
  'load waits for no pipe that is called like a study file: %s',
  async (given) => {
    const [db, cwd] = [await scratchDatabase(), scratchPath('folder')]
    mkdirSync(cwd)
    execFileSync('mkfifo', [path.join(cwd, 'pipe.yaml')])
    const stderr = "pipe.yaml can't be read: it is a pipe or a device; expected a file.\n"
    expect(await evibase(['load', given], { db: db.url, cwd })).toEqual({ code: 1, stdout: '', stderr })
  },
)

test.skipIf(process.platform === 'win32')(
  'load refuses a link to nothing, and follows one to a review’s folder',
  async () => {
    const [db, cwd] = [await scratchDatabase(), scratchPath('folder')]
    for (const name of ['all', 'elsewhere']) mkdirSync(path.join(cwd, name), { recursive: true })
    writeFileSync(path.join(cwd, 'elsewhere', 'review.yaml'), 'format: 1\nreview: {}\n')
    symlinkSync('nowhere.yaml', path.join(cwd, 'all', 'x.yaml'))
    symlinkSync(path.join('..', 'elsewhere'), path.join(cwd, 'all', 'a-review'))
    const { code, stderr } = await evibase(['load', 'all'], { db: db.url, cwd })
    expect(code).toBe(1)
    expect(stderr).toContain(
      "all/x.yaml can't be read: it is a link to nowhere.yaml, which can't be reached (no such file or directory).\n",
    )
    expect(stderr).toMatch(/^all\/a-review\/review\.yaml has /)
    expect(stderr).toMatch(/^2 files: 2 refused\.$/m)
  },
)

test('load refuses a folder where a review should be, and compare one for a study', async () => {
  const [db, cwd] = [await scratchDatabase(), scratchPath('folder')]
  mkdirSync(path.join(cwd, 'review', 'review.yaml'), { recursive: true })
  const stderr = (name: string) => `${name} can't be read: it is a folder; expected a file.\n`
  expect(await evibase(['load', '.'], { db: db.url, cwd })).toMatchObject({
    code: 1,
    stderr: stderr('review/review.yaml'),
  })
  expect(await evibase(['compare', 'review', 'review'], { cwd })).toMatchObject({ code: 1, stderr: stderr('review') })
})
