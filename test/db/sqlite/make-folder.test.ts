import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder } from '../../../src/db/make-folder.ts'
import { scratchPath } from '../../scratch.ts'

test('a folder is made with those above it, and made again does nothing', () => {
  const folder = path.join(scratchPath('above'), 'between', 'below')
  makeFolder(folder)
  makeFolder(folder)
  expect(statSync(folder).isDirectory()).toBe(true)
})

test('a file in its place, or above it, is an error', () => {
  const above = scratchPath('above')
  mkdirSync(above)
  const file = path.join(above, 'file')
  writeFileSync(file, '')
  expect(() => makeFolder(file)).toThrow(/EEXIST/)
  expect(() => makeFolder(path.join(file, 'below'))).toThrow(/ENOTDIR/)
})

test.skipIf(!existsSync('/proc/self'))('where no folder can be made that is told, and not tried forever', () => {
  expect(() => makeFolder('/proc/evibase/below')).toThrow(/ENOENT/)
})
