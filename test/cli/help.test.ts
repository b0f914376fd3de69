import { expect, test } from 'vitest'
import { TARGETS } from '../../src/export/targets.ts'
import { EXTRACTIONS } from '../../src/queries/extractions.ts'
import { evibase } from '../scratch.ts'

test.concurrent.each([
  { verb: '' },
  { verb: 'db' },
  { verb: 'db migrate' },
  { verb: 'db status' },
  { verb: 'db seed' },
  { verb: 'db copy' },
  { verb: 'db backup' },
  { verb: 'db restore' },
  { verb: 'db verify' },
  { verb: 'db reindex' },
  { verb: 'db reset' },
  { verb: 'db studio' },
  { verb: 'new' },
  { verb: 'load' },
  { verb: 'dump' },
  { verb: 'extract' },
  { verb: 'pool' },
  { verb: 'effects' },
  { verb: 'publications' },
  { verb: 'trace' },
  { verb: 'check' },
])('evibase $verb --help says how to use it, with an example', async ({ verb }) => {
  const words = verb.split(' ').filter((word) => word !== '')
  const { code, stdout, stderr } = await evibase([...words, '--help'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout.startsWith(['Usage: evibase', ...words].join(' '))).toBe(true)
  const example = /\nExample:\n {2}evibase (.*)\n/.exec(stdout)?.[1]
  expect(example?.startsWith(verb === '' ? 'extract' : verb)).toBe(true)
  const [, ...paragraphs] = stdout.slice(0, stdout.search(/\n\n(Arguments|Options|Commands)/)).split('\n\n')
  for (const lines of paragraphs.map((paragraph) => paragraph.split('\n')))
    for (const [index, line] of lines.slice(1).entries())
      expect(`${lines[index]} ${line.split(' ')[0]}`.length, `"${lines[index]}" has room`).toBeGreaterThan(80)
})

test('evibase extract --help tells every table in a line', async () => {
  const { stdout } = await evibase(['extract', '--help'])
  for (const table of Object.keys(EXTRACTIONS)) expect(stdout).toMatch(new RegExp(`^ {2}${table} +\\S`, 'm'))
  expect(stdout).toContain('One row per, in each table:')
})

test('evibase export --help tells every target in a line, and what of its format is not verified', async () => {
  const { stdout } = await evibase(['export', '--help'])
  for (const [target, { about }] of Object.entries(TARGETS))
    expect(stdout).toMatch(new RegExp(`^ {2}${target} +${about.slice(0, 10)}`, 'm'))
  expect(stdout).toContain('not verified: all headers')
})

test('evibase --version prints the version of the package', async () => {
  expect(await evibase(['--version'])).toEqual({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    stderr: '',
  })
})
