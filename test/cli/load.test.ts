import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { contents } from '../db/dump.ts'
import {
  evibase,
  ROOT,
  type ScratchDatabase,
  SEED_FILE,
  scratchDatabase,
  scratchPath,
  seededDatabase,
} from '../scratch.ts'
import { traces } from './traces.ts'

const INVENTED = path.join(ROOT, 'test/fixtures/study-files/invented-2001.yaml')
const MISTAKEN = path.join(ROOT, 'test/fixtures/study-files/many-mistakes.yaml')

function folder(files: Readonly<Record<string, string>>): string {
  const made = scratchPath('folder')
  mkdirSync(made)
  for (const [name, from] of Object.entries(files)) copyFileSync(from, path.join(made, name))
  return made
}
const studies = async (db: ScratchDatabase) => (await db.lists('SELECT id FROM study ORDER BY id')).flat()

describe('evibase load', () => {
  test('loads files and folders in order, says what became of each, and prints no data', async () => {
    const db = await scratchDatabase()
    const cwd = folder({ 'b.yaml': SEED_FILE, 'a.yml': INVENTED })
    writeFileSync(path.join(cwd, 'notes.txt'), 'not a study')
    copyFileSync(path.join(ROOT, 'seeds/study.schema.json'), path.join(cwd, 'study.schema.json'))
    expect(await evibase(['load', '.'], { db: db.url, cwd })).toEqual({
      code: 0,
      stdout: '',
      stderr: 'invented-2001-honey: created\nrosenberg-1993-il2-lak: created\n2 files: 2 created.\n',
    })
    expect(await studies(db)).toEqual(['invented-2001-honey', 'rosenberg-1993-il2-lak'])
  })

  test('of what is loaded already changes not one byte', async () => {
    const db = await seededDatabase()
    const before = await traces(db.url)
    expect(await evibase(['load', SEED_FILE, SEED_FILE], { db: db.url })).toEqual({
      code: 0,
      stdout: '',
      stderr: 'rosenberg-1993-il2-lak: unchanged\nrosenberg-1993-il2-lak: unchanged\n2 files: 2 unchanged.\n',
    })
    expect(await traces(db.url)).toBe(before)
  })

  test('of a changed file, and of a row that was edited by hand, mends what differs', async () => {
    const db = await seededDatabase()
    await db.exec(`UPDATE outcome_measurement SET events = 11 WHERE id = 'rosenberg-1993-il2-lak/m00001'`)
    const before = await traces(db.url)
    expect(await evibase(['load', SEED_FILE], { db: db.url })).toMatchObject({
      code: 0,
      stderr: 'rosenberg-1993-il2-lak: updated\n  outcome_measurement m00001: events 11 → 10\n',
    })
    expect(await traces(db.url)).not.toBe(before)
    const { stdout } = await evibase(['extract', 'dichotomous', '-f', 'csv'], { db: db.url })
    expect(stdout).toContain(',10,75,4,75,85,79,')
  })

  test('of a folder with bad files loads the good ones, tells every mistake, and exits 1', async () => {
    const db = await scratchDatabase()
    const cwd = folder({ '1.yaml': INVENTED, '2.yaml': MISTAKEN, '4.yaml': SEED_FILE })
    writeFileSync(path.join(cwd, '3.json'), '{ "format": 1,')
    const { code, stdout, stderr } = await evibase(['load', '.', 'missing.yaml'], { db: db.url, cwd })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    const lines = stderr.trimEnd().split('\n')
    expect(lines[0]).toBe("missing.yaml can't be read: no such file or directory.")
    expect(lines[1]).toBe('invented-2001-honey: created')
    expect(lines[2]).toMatch(/^2\.yaml has \d+ mistakes; nothing was loaded\.$/)
    const mistakes = lines.filter((line) => /^2\.yaml:\d+:\d+: /.test(line))
    expect(`2.yaml has ${mistakes.length} mistakes; nothing was loaded.`).toBe(lines[2])
    expect(lines.filter((line) => /^3\.json:1:\d+: /.test(line))).toHaveLength(1)
    expect(lines.slice(-2)).toEqual(['rosenberg-1993-il2-lak: created', '5 files: 2 created, 3 refused.'])
    expect(await studies(db)).toEqual(['invented-2001-honey', 'rosenberg-1993-il2-lak'])
  })

  test('takes JSON as it takes YAML', async () => {
    const db = await seededDatabase()
    const cwd = folder({})
    writeFileSync(path.join(cwd, 'study.json'), JSON.stringify(parse(readFileSync(SEED_FILE, 'utf8'))))
    expect(await evibase(['load', 'study.json'], { db: db.url, cwd })).toMatchObject({
      code: 0,
      stderr: 'rosenberg-1993-il2-lak: unchanged\n',
    })
  })

  test('refuses the second of two files of one study that say different things of it', async () => {
    const db = await scratchDatabase()
    const cwd = folder({ 'a.yaml': SEED_FILE, 'b.yaml': SEED_FILE })
    writeFileSync(path.join(cwd, 'c.yaml'), `${readFileSync(SEED_FILE, 'utf8')}# Another reading.\n`)
    expect(await evibase(['load', '.'], { db: db.url, cwd })).toEqual({
      code: 1,
      stdout: '',
      stderr: [
        'rosenberg-1993-il2-lak: created',
        'rosenberg-1993-il2-lak: unchanged',
        'c.yaml holds the study rosenberg-1993-il2-lak, and so does b.yaml, which says something else; it was not loaded. Give one of them another slug.',
        '3 files: 1 created, 1 unchanged, 1 refused.\n',
      ].join('\n'),
    })
  })

  test('with --dry-run says what would change, in words, and writes nothing', async () => {
    const db = await seededDatabase()
    const before = await contents(db)
    const cwd = folder({ 'a.yaml': INVENTED })
    const changed = readFileSync(SEED_FILE, 'utf8')
      .replace('label: Rosenberg 1993', 'label: Rosenberg')
      .replace('  - code: vascular-permeability\n    term: Toxic', '  - code: permeability\n    term: Toxic')
    writeFileSync(path.join(cwd, 'b.yaml'), changed)
    const told = (would: boolean) =>
      [
        `invented-2001-honey: ${would ? 'would be created' : 'created'}`,
        `rosenberg-1993-il2-lak: ${would ? 'would be updated' : 'updated'}`,
        '  study rosenberg-1993-il2-lak: label "Rosenberg 1993" → "Rosenberg"',
        '  adverse_event_term permeability: added',
        '  adverse_event_term vascular-permeability: removed',
        '  2 rows of fact added',
        '  2 rows of fact removed',
        '  2 rows of quote_link added',
        '  2 rows of quote_link removed',
        `2 files: 1 created, 1 updated.${would ? ' Nothing was written.' : ''}\n`,
      ].join('\n')
    expect(await evibase(['load', '.', '--dry-run'], { db: db.url, cwd })).toEqual({
      code: 0,
      stdout: '',
      stderr: told(true),
    })
    expect(await contents(db)).toEqual(before)
    expect(await studies(db)).toEqual(['rosenberg-1993-il2-lak'])
    expect(await evibase(['load', '.'], { db: db.url, cwd })).toEqual({ code: 0, stdout: '', stderr: told(false) })
  })

  test('of a bad version of a study leaves the good one as it was', async () => {
    const db = await seededDatabase()
    const before = await traces(db.url)
    const cwd = folder({})
    const text = readFileSync(SEED_FILE, 'utf8')
    writeFileSync(path.join(cwd, 'worse.yaml'), text.replace('        events: 10\n', '        events: 86\n'))
    const { code, stderr } = await evibase(['load', 'worse.yaml'], { db: db.url, cwd })
    expect(code).toBe(1)
    const line = text.slice(0, text.indexOf('        events: 10\n')).split('\n').length
    expect(stderr).toContain(`worse.yaml:${line}:17: events 86 is more than total 85; expected at most 85\n`)
    expect(await traces(db.url)).toBe(before)
  })

  test.concurrent.each([
    {
      what: 'a file that is not there',
      name: 'missing.yaml',
      says: "missing.yaml can't be read: no such file or directory.\n",
    },
    { what: 'a file within a file', name: 'a.yaml/b.yaml', says: "a.yaml/b.yaml can't be read: not a directory.\n" },
    {
      what: 'a name that no file can have',
      name: 'a'.repeat(300),
      says: `${'a'.repeat(300)} can't be read: name too long.\n`,
    },
    {
      what: 'a folder without a study',
      name: 'none',
      says: 'none holds no .yaml or .json file. Name a study file or a review, or a folder of them.\n',
    },
    {
      what: 'a folder that is called like a file',
      name: 'b.yaml',
      says: 'b.yaml holds no .yaml or .json file. Name a study file or a review, or a folder of them.\n',
    },
  ])('refuses $what', async ({ name, says }) => {
    const db = await scratchDatabase()
    const cwd = folder({ 'a.yaml': INVENTED })
    for (const empty of ['none', 'b.yaml']) mkdirSync(path.join(cwd, empty))
    expect(await evibase(['load', name], { db: db.url, cwd })).toEqual({ code: 1, stdout: '', stderr: says })
    expect(await studies(db)).toEqual([])
  })

  test('refuses files that name one publication and say different things of it, and names both', async () => {
    const db = await seededDatabase()
    const cwd = folder({})
    const other = readFileSync(SEED_FILE, 'utf8')
      .replace('slug: rosenberg-1993-il2-lak', 'slug: another-1993')
      .replace('journal: J Natl Cancer Inst', 'journal: Another journal')
    writeFileSync(path.join(cwd, 'other.yaml'), other)
    const { code, stderr } = await evibase(['load', 'other.yaml'], { db: db.url, cwd })
    expect(code).toBe(1)
    expect(stderr).toContain('pmid-8468720')
    expect(stderr).toContain('rosenberg-1993-il2-lak')
    expect(await studies(db)).toEqual(['rosenberg-1993-il2-lak'])
  })
})
