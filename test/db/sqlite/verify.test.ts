import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { evibase, seededFile } from '../../scratch.ts'

test.each([0.5, 0.8])(
  'evibase db verify says that a file is damaged, with its pages at %d of it gone',
  async (place) => {
    const scratch = await seededFile()
    const bytes = readFileSync(scratch.file)
    const from = Math.floor((bytes.length * place) / 4096) * 4096
    bytes.fill(0xff, from, from + 4096 * 8)
    writeFileSync(scratch.file, bytes)
    const run = await evibase(['db', 'verify', '--json'], { db: scratch.url })
    expect(run.code).toBe(1)
    expect(run.stderr).toMatch(/damaged|^\d+ problems? (was|were) found/)
    expect(run.stderr).not.toMatch(/^\s+at /m)
  },
)
