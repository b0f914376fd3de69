import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { evibase, ROOT, scratchPath } from '../scratch.ts'

const RECORD = path.join(ROOT, 'test/fixtures/medline/invented.nbib')
const folder = () => {
  const made = scratchPath('new')
  mkdirSync(made)
  return made
}

test('evibase new writes SLUG.yaml, says so, and never over a file that is there', async () => {
  const cwd = folder()
  const file = path.join(cwd, 'doe-2001-tea.yaml')
  expect(await evibase(['new', 'doe-2001-tea', '--arms', 'Honey tea, Plain tea'], { cwd })).toEqual({
    code: 0,
    stdout: '',
    stderr: 'doe-2001-tea.yaml: fill in what is marked, then load it.\n',
  })
  const text = readFileSync(file, 'utf8')
  expect(text).toContain('\n  slug: doe-2001-tea\n')
  expect(text).toContain('\n    label: Plain tea\n')
  expect(text).toMatch(/\n {4}date: "\d{4}-\d{2}-\d{2}"\n/)
  writeFileSync(file, 'mine')
  expect(await evibase(['new', 'doe-2001-tea'], { cwd })).toMatchObject({
    code: 1,
    stderr: `${file} is there already, and was left as it is. Name another file with --out.\n`,
  })
  expect(readFileSync(file, 'utf8')).toBe('mine')
})

test('it fills in a record of PubMed, and writes where it is told', async () => {
  const cwd = folder()
  const run = await evibase(['new', 'doe-2001-tea', '--from-pmid-record', RECORD, '--out', 'tea.yaml'], { cwd })
  expect(run).toMatchObject({ code: 0, stderr: 'tea.yaml: fill in what is marked, then load it.\n' })
  expect(readFileSync(path.join(cwd, 'tea.yaml'), 'utf8')).toContain('\n    pmid: "99999001"\n')
})

test.each([
  {
    what: 'XML without a record',
    make: (file: string) => writeFileSync(file, '<PubmedArticleSet/>'),
    says: /^record\.txt holds no record; expected the one of the study's publication\./,
  },
  {
    what: 'no record',
    make: (file: string) => writeFileSync(file, 'tea'),
    says: /^record\.txt: the file holds no record in MEDLINE format\./,
  },
  { what: 'no file', make: () => undefined, says: /^record\.txt can't be read: no such file or directory\.$/m },
  {
    what: 'a pipe, which nobody writes to,',
    make: (file: string) => execFileSync('mkfifo', [file]),
    says: /^record\.txt can't be read: it is a pipe or a device; expected a file\.$/m,
  },
  {
    what: '3 GB',
    make: (file: string) => {
      writeFileSync(file, '')
      truncateSync(file, 3 * 1024 ** 3)
    },
    says: /^record\.txt has 3221225472 bytes; expected one record, of at most 2097152\.$/m,
  },
])('$what for a record leaves nothing behind', async ({ make, says }) => {
  const cwd = folder()
  make(path.join(cwd, 'record.txt'))
  const run = await evibase(['new', 'doe-2001-tea', '--from-pmid-record', 'record.txt'], { cwd })
  expect(run).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(says) })
  expect(existsSync(path.join(cwd, 'doe-2001-tea.yaml'))).toBe(false)
})

test.each(['Doe 2001', 'doe/2001', '-doe', 'x'.repeat(61)])('%s is no key of a study', async (slug) => {
  const run = await evibase(['new', '--', slug], { cwd: folder() })
  expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining("can't be a study's key; expected") })
})
