import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { linkPackages, projectRoot, runNode, write } from './scratch-project.ts'

let root: string

async function vitest(source: string, ...args: string[]) {
  write(root, 'test/scratch.test.ts', `import { beforeAll, describe, expect, test } from 'vitest'\n${source}\n`)
  const program = join(projectRoot, 'node_modules/vitest/vitest.mjs')
  const config = join(projectRoot, 'vitest.config.ts')
  const outcome = await runNode(root, [program, 'run', '--root', root, '--config', config, ...args])
  const lines = outcome.stdout.trimEnd().split('\n')
  return { exitCode: outcome.exitCode, closing: lines.at(-1), stdout: outcome.stdout }
}

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'evibase closing-')))
  linkPackages(root)
})
afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

const pass = (name: string) => `test('${name}', () => {})`

test('all passed', async () => {
  expect(await vitest(`${pass('a')};${pass('b')}`)).toMatchObject({ exitCode: 0, closing: '2 passed, 0 failed' })
})

test('one failed', async () => {
  const source = `${pass('a')};test('b', () => { expect(1).toBe(2) })`
  expect(await vitest(source)).toMatchObject({ exitCode: 1, closing: '1 passed, 1 failed' })
})

test('skipped ones are listed by name, with the reason where there is one', async () => {
  const source = `${pass('a')};test.skip('b', () => {});test.todo('d')
    describe('suite', () => { test('c', ({ skip }) => { skip('no Chromium here') }) })`
  const { exitCode, closing, stdout } = await vitest(source)
  expect({ exitCode, closing }).toEqual({ exitCode: 0, closing: '1 passed, 0 failed, 3 skipped' })
  expect(stdout.trimEnd().split('\n').slice(-5, -1)).toEqual([
    'Skipped:',
    '  test/scratch.test.ts > b',
    '  test/scratch.test.ts > d: to do',
    '  test/scratch.test.ts > suite > c: no Chromium here',
  ])
})

test('what -t does not select is not counted as skipped', async () => {
  const source = `describe('one', () => { ${pass('a')};test.skip('a too', () => {}) });${pass('b')}`
  expect(await vitest(source, '-t', 'one a')).toMatchObject({ exitCode: 0, closing: '1 passed, 0 failed, 1 skipped' })
})

test.each([
  ['every test is skipped', "test.skip('a', () => {})", [], '0 passed, 0 failed, 1 skipped'],
  ['-t selects none', pass('a'), ['-t', 'nothing'], '0 passed, 0 failed'],
  ['no file is found', pass('a'), ['nothing'], '0 passed, 0 failed'],
])('the run fails when no test ran: %s', async (_, source, args, closing) => {
  expect(await vitest(source, ...args)).toMatchObject({ exitCode: 1, closing })
})

test.each([
  ['a file that does not load', "throw new Error('broken')", '0 passed, 1 failed'],
  ['a stray rejection', `test('a', () => { Promise.reject(new Error('stray')) })`, '1 passed, 1 failed'],
  [
    'a suite whose beforeAll fails',
    `${pass('a')};describe('s', () => { beforeAll(() => { throw new Error('x') });${pass('b')} })`,
    '1 passed, 1 failed, 1 skipped',
  ],
])('%s counts as failed', async (_, source, closing) => {
  expect(await vitest(source)).toMatchObject({ exitCode: 1, closing })
})
