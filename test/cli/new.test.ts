import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
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
  { what: 'XML', content: '<PubmedArticleSet/>', says: /^record\.txt is XML, which is not read here yet\./ },
  { what: 'no record', content: 'tea', says: /^record\.txt holds no record in MEDLINE format\./ },
  { what: 'no file', content: undefined, says: /^record\.txt can't be read: no such file or directory\.$/m },
])('$what for a record leaves nothing behind', async ({ content, says }) => {
  const cwd = folder()
  if (content !== undefined) writeFileSync(path.join(cwd, 'record.txt'), content)
  const run = await evibase(['new', 'doe-2001-tea', '--from-pmid-record', 'record.txt'], { cwd })
  expect(run).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(says) })
  expect(existsSync(path.join(cwd, 'doe-2001-tea.yaml'))).toBe(false)
})

test.each(['Doe 2001', 'doe/2001', '-doe', 'x'.repeat(61)])('%s is no key of a study', async (slug) => {
  const run = await evibase(['new', '--', slug], { cwd: folder() })
  expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining("can't be a study's key; expected") })
})
