import { expect, test } from 'vitest'
import { EXTRACTIONS } from '../../src/index.ts'
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
  { verb: 'db reset' },
  { verb: 'db studio' },
  { verb: 'new' },
  { verb: 'load' },
  { verb: 'dump' },
  { verb: 'extract' },
  { verb: 'trace' },
  { verb: 'check' },
])('evibase $verb --help says how to use it, with an example', async ({ verb }) => {
  const words = verb.split(' ').filter((word) => word !== '')
  const { code, stdout, stderr } = await evibase([...words, '--help'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout.startsWith(['Usage: evibase', ...words].join(' '))).toBe(true)
  const example = /\nExample:\n {2}evibase (.*)\n/.exec(stdout)?.[1]
  expect(example?.startsWith(verb === '' ? 'extract' : verb)).toBe(true)
})

test('evibase extract --help tells every table in a line', async () => {
  const { stdout } = await evibase(['extract', '--help'])
  const list = stdout.split('One row per, in each table:\n')[1] ?? ''
  for (const [table, { about }] of Object.entries(EXTRACTIONS))
    expect(list.split('\n')).toContain(`  ${table.padEnd(17)}${about}`)
})

test('evibase --version prints the version of the package', async () => {
  expect(await evibase(['--version'])).toEqual({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    stderr: '',
  })
})
