import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import { evibase, ROOT, type ScratchFile, scratchFile, scratchPath } from '../../scratch.ts'
import { environment } from '../../scripts/prisma-project.ts'

/** So many that reading them takes seconds. */
const STUDIES = 20_000

let scratch: ScratchFile
beforeAll(async () => {
  scratch = await scratchFile()
  const each = (insert: string) =>
    `WITH RECURSIVE n (i, s) AS (SELECT 1, 's1' UNION ALL SELECT i + 1, 's' || (i + 1) FROM n WHERE i < ${STUDIES}) ${insert} FROM n;`
  await scratch.exec(
    [
      each(`INSERT INTO study (id, label, title, type) SELECT s, s, 'A study', 'interventional'`),
      each(`INSERT INTO study_group (id, study_id, position, label) SELECT s || '/g', s, 1, 'All'`),
      each(
        `INSERT INTO analysis_set (id, study_id, position, kind, label) SELECT s || '/a', s, 1, 'treated', 'treated'`,
      ),
      each(
        `INSERT INTO enrolment (id, study_id, study_group_id, analysis_set_id, participants) SELECT s || '/g+a', s, s || '/g', s || '/a', i`,
      ),
    ].join('\n'),
  )
})

/** All that lies below a folder, and how much of it. */
const sizes = (folder: string): ReadonlyMap<string, number> =>
  new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => [
      name,
      statSync(path.join(folder, name), { throwIfNoEntry: false })?.size ?? 0,
    ]),
  )

test.each([
  { args: ['extract', 'long', '--format', 'csv', '--out', 'old.csv'], kept: 'old.csv' },
  { args: ['export', 'json', '--out', 'old.jsonl'], kept: 'old.jsonl' },
  { args: ['export', 'metafor', '--out', 'old'], kept: path.join('old', 'manifest.json') },
])('Ctrl-C amid evibase $args ends it with 130, and leaves what was there and nothing else', async ({ args, kept }) => {
  const cwd = scratchPath('interrupted')
  mkdirSync(path.join(cwd, 'old'), { recursive: true })
  const before = JSON.stringify({ files: [] })
  writeFileSync(path.join(cwd, kept), before)
  const there = [...sizes(cwd).keys()]
  const run = spawn(process.execPath, [path.join(ROOT, 'scripts/evibase.mjs'), ...args], {
    cwd,
    env: environment({ DATABASE_URL: scratch.url }),
  })
  const ended = new Promise((resolve) => run.once('close', (code, signal) => resolve(signal ?? code)))
  const said: unknown[] = []
  for (const stream of [run.stdout, run.stderr]) stream.on('data', (words) => void said.push(String(words)))
  const begun = () => [...sizes(cwd)].some(([name]) => name.includes('.unfinished'))
  while (run.exitCode === null && !begun()) await delay(5)
  expect(begun(), said.join('')).toBe(true)
  // Amid the reading, and not while it begins.
  await delay(300)
  run.kill('SIGINT')
  expect(await ended).toBe(130)
  expect([...sizes(cwd).keys()]).toEqual(there)
  expect(readFileSync(path.join(cwd, kept), 'utf8')).toBe(before)
  expect(said).toEqual([])
})

test('and the same without Ctrl-C takes its place', async () => {
  const cwd = scratchPath('whole')
  mkdirSync(cwd)
  const written = await evibase(['extract', 'arms', '--format', 'csv', '--out', 'new.csv'], { db: scratch.url, cwd })
  expect(written).toMatchObject({ code: 0, stdout: '' })
  expect([...sizes(cwd).keys()].sort()).toEqual(['new.csv', 'new.csv.metadata.json'])
})
