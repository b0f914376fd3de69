import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { evibase, ROOT, scratchDatabase, scratchPath } from '../scratch.ts'

test('evibase import mesh says what came, changes nothing again, and refuses a broken file with its place', async () => {
  const { url, rows } = await scratchDatabase()
  const cwd = scratchPath('mesh')
  mkdirSync(cwd)
  for (const name of ['desc2014.xml', 'q2014.bin'])
    writeFileSync(path.join(cwd, name), readFileSync(path.join(ROOT, 'test/fixtures/mesh', name)))
  const load = (...args: string[]) => evibase(['import', 'mesh', ...args], { db: url, cwd })
  expect(await load('desc2014.xml', 'q2014.bin')).toEqual({
    code: 0,
    stdout: '',
    stderr:
      'desc2014.xml: MeSH 2014, 3 descriptors: 3 saved, 0 unchanged.\nq2014.bin: MeSH 2014, 2 qualifiers: 2 saved, 0 unchanged.\n',
  })
  const descriptors = readFileSync(path.join(cwd, 'desc2014.xml'), 'utf8')
  writeFileSync(path.join(cwd, 'broken2014.xml'), descriptors.replace('</DescriptorName>', ''))
  expect(await load('q2014.bin', 'broken2014.xml')).toEqual({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/^q2014\.bin: MeSH 2014, 2 qualifiers: nothing changed\.\n.*broken2014\.xml:\d+:\d+/),
  })
  expect(await rows('SELECT name FROM mesh_descriptor ORDER BY name')).toEqual(
    ['Female', 'Kidney Neoplasms', 'Neoplasms'].map((name) => ({ name })),
  )
})
