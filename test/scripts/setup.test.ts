import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { samePackages, whyNotCompiled, withNodeHeaders } from '../../scripts/setup/installed-packages.mjs'
import { oneAtATime } from '../../scripts/setup/one-at-a-time.mjs'
import { isSupportedNode, unsupportedNode } from '../../scripts/setup/supported-node.mjs'
import {
  generations,
  type Outcome,
  projectRoot,
  runNode,
  scratchProject,
  write,
  writeLockfile,
} from './scratch-project.ts'

const INSTALLING = 'Installing the packages'
const GENERATING = 'Generating the database client'
const NOTHING = 'Nothing to set up'

describe('set-up of a checkout', () => {
  let root: string
  const setUp = (more: NodeJS.ProcessEnv = {}): Promise<Outcome> => runNode(root, ['scripts/setup.mjs'], more)
  const stamp = () => join(root, 'node_modules', '.evibase.json')

  beforeEach(() => {
    root = scratchProject()
  })
  afterEach(() => {
    rmSync(root, { recursive: true, force: true })
  })

  test('installs and generates on a fresh one, and does nothing the second time', async () => {
    const first = await setUp()
    expect(first).toMatchObject({ exitCode: 0, stdout: '' })
    expect(first.stderr).toContain(INSTALLING)
    expect(first.stderr).toContain(GENERATING)
    expect(existsSync(join(root, 'src/generated/prisma/client.ts'))).toBe(true)
    expect(readFileSync(join(root, 'generations.log'), 'utf8')).toBe('generate --schema prisma/schema\n')

    const second = await setUp()
    expect(second).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(NOTHING) })
    expect(second.milliseconds).toBeLessThan(2000)
    expect(generations(root)).toBe(1)
  })

  test('installs again when the lockfile has changed', async () => {
    await setUp()
    writeLockfile(root, '1.0.1')
    const again = await setUp()
    expect(again.exitCode).toBe(0)
    expect(again.stderr).toContain(INSTALLING)
    expect((await setUp()).stderr).toContain(NOTHING)
  })

  test('installs again when packages were installed for another Node', async () => {
    await setUp()
    const noted = JSON.parse(readFileSync(stamp(), 'utf8')) as object
    write(root, 'node_modules/.evibase.json', JSON.stringify({ ...noted, abi: '1' }))
    expect((await setUp()).stderr).toContain(INSTALLING)
  })

  test('repairs an installation that was interrupted', async () => {
    await setUp()
    rmSync(stamp())
    rmSync(join(root, 'node_modules', '.package-lock.json'))
    rmSync(join(root, 'node_modules', 'prisma'))
    expect((await setUp()).stderr).toContain(INSTALLING)
    expect(existsSync(join(root, 'node_modules', 'prisma', 'package.json'))).toBe(true)
  })

  test('adopts what was installed by hand', async () => {
    await setUp()
    rmSync(stamp())
    expect((await setUp()).stderr).toContain(NOTHING)
    expect(existsSync(stamp())).toBe(true)
  })

  test('generates again when the schema has changed, or when the client is gone', async () => {
    await setUp()
    write(root, 'prisma/schema/domain/more.prisma', 'model Two {}\n')
    const changed = await setUp()
    expect(changed.stderr).toContain(GENERATING)
    expect(changed.stderr).not.toContain(INSTALLING)
    rmSync(join(root, 'src/generated/prisma'), { recursive: true })
    expect((await setUp()).stderr).toContain(GENERATING)
    expect(generations(root)).toBe(3)
  })

  test('generates one client per engine, both again when one is gone or the schema of one has changed', async () => {
    write(root, 'prisma/postgresql/schema/main.prisma', 'model One {}\n')
    await setUp()
    expect(generations(root)).toBe(2)
    expect((await setUp()).stderr).toContain(NOTHING)
    rmSync(join(root, 'src/generated/postgresql'), { recursive: true })
    expect((await setUp()).stderr).toContain(GENERATING)
    expect(existsSync(join(root, 'src/generated/postgresql/client.ts'))).toBe(true)
    write(root, 'prisma/postgresql/schema/more.prisma', 'model Two {}\n')
    expect((await setUp()).stderr).toContain(GENERATING)
    expect(generations(root)).toBe(6)
  })

  test('the URL of the database does not matter to it, not even one that cannot be read', async () => {
    write(root, 'vendor/prisma/prisma.mjs', `#!/usr/bin/env node\nprocess.exit(process.env.DATABASE_URL ? 1 : 0)\n`)
    const { exitCode } = await runNode(root, ['scripts/setup.mjs'], { DATABASE_URL: 'nonsense' })
    expect(exitCode).toBe(0)
  })

  test('passes on what a failed generation printed, and tries again the next time', async () => {
    const works = readFileSync(join(root, 'vendor/prisma/prisma.mjs'), 'utf8')
    write(root, 'vendor/prisma/prisma.mjs', `#!/usr/bin/env node\nconsole.log('P1012 wrong');process.exit(3)\n`)
    const failed = await setUp()
    expect(failed.exitCode).toBe(3)
    expect(failed.stderr).toContain('P1012 wrong')
    expect(failed.stderr.trimEnd().split('\n').at(-1)).toBe('`prisma generate` failed: see above.')
    write(root, 'vendor/prisma/prisma.mjs', works)
    expect((await setUp()).exitCode).toBe(0)
  })

  test('leaves npm its words when package.json and the lockfile disagree', async () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as object
    mkdirSync(join(root, 'vendor/other'))
    cpSync(join(root, 'vendor/prisma/prisma.mjs'), join(root, 'vendor/other/prisma.mjs'))
    write(root, 'vendor/other/package.json', JSON.stringify({ name: 'other', version: '1.0.0' }))
    const dependencies = { prisma: 'file:vendor/prisma', other: 'file:vendor/other' }
    write(root, 'package.json', JSON.stringify({ ...manifest, dependencies }))
    const failed = await setUp()
    expect(failed.exitCode).not.toBe(0)
    expect(failed.stderr).toContain('in sync')
    expect(existsSync(stamp())).toBe(false)
  })

  test('installs once when two run at the same time', async () => {
    const both = await Promise.all([setUp(), setUp()])
    expect(both.map((outcome) => outcome.exitCode)).toEqual([0, 0])
    expect(both.filter((outcome) => outcome.stderr.includes(INSTALLING))).toHaveLength(1)
    expect(generations(root)).toBe(1)
  })

  test('waits for another one that is at work, and says so', async () => {
    let waiting: Promise<Outcome> | undefined
    await oneAtATime(
      join(root, 'dist', '.set-up'),
      () => undefined,
      async () => {
        waiting = setUp()
        await new Promise((resolve) => setTimeout(resolve, 1000))
        expect(existsSync(join(root, 'node_modules'))).toBe(false)
      },
    )
    const outcome = await waiting
    expect(outcome).toMatchObject({ exitCode: 0 })
    expect(outcome?.stderr.split('\n')[0]).toBe(
      `Another set-up is at work here (process ${process.pid} on ${hostname()}): waiting for it.`,
    )
  })

  test('takes over the lock of a process that has died', async () => {
    const owner = { pid: 999_999_999, started: '', host: hostname() }
    write(root, 'dist/.set-up/owner.json', JSON.stringify(owner))
    expect((await setUp()).exitCode).toBe(0)
    expect(existsSync(join(root, 'dist/.set-up'))).toBe(false)
  })

  test.each([
    ['names what to install when a driver could not be compiled', 'gyp ERR! not ok', () => whyNotCompiled([], root)],
    [
      'leaves it at what npm said when something else failed',
      'npm error ENOTFOUND',
      () => '`npm ci` failed: see above.',
    ],
  ])('%s', async (_, printed, last) => {
    const npm = join(root, 'failing', 'npm-cli.js')
    write(root, 'failing/package.json', '{}')
    write(root, 'failing/npm-cli.js', `console.error('${printed}'); process.exit(7)`)
    const failed = await setUp({ npm_execpath: npm, PATH: dirname(npm) })
    expect(failed.exitCode).toBe(7)
    expect(failed.stderr).toContain(printed)
    expect(failed.stderr.trimEnd().split('\n').at(-1)).toBe(last())
  })
})

describe('the Node version', () => {
  const { engines } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
    engines: { node: string }
  }

  test.each([
    ['20.19.0', true],
    ['20.20.2', true],
    ['22.12.0', true],
    ['24.0.0', true],
    ['26.1.0', true],
    ['20.18.3', false],
    ['22.11.0', false],
    ['18.20.0', false],
    ['21.7.0', false],
    ['23.11.0', false],
  ])('%s: supported is %s', (version, supported) => {
    expect(isSupportedNode(version, engines.node)).toBe(supported)
    expect(unsupportedNode(version, engines.node) === '').toBe(supported)
  })

  test('is refused in one sentence that says what to install', () => {
    expect(unsupportedNode('18.20.0', '^20.19 || ^22.12 || >=24')).toBe(
      'Evibase does not run on Node 18.20.0: install Node 20.19 or later 20.x, or 22.12 or later 22.x, or 24 or later, ' +
        'and run this again.',
    )
  })
})

describe('what compiling a driver needs', () => {
  test.each([
    [[], 'apt-get install python3 make g++`'],
    [['python3'], 'apt-get install make g++`'],
    [['python3', 'make'], 'apt-get install g++`'],
    [['make', 'g++'], 'apt-get install python3`'],
  ])('with %j there, the rest is named', (present, words) => {
    expect(whyNotCompiled(present, '/home/me')).toContain(words)
  })

  const all = ['g++', 'make', 'python3']

  test('nothing is said when all is there', () => {
    expect(whyNotCompiled(all, '/home/me/evibase')).toBe('')
  })

  test('a path with a space is named, which makefiles cannot take', () => {
    expect(whyNotCompiled(all, '/home/me/my reviews')).toContain('move `/home/me/my reviews` to another place')
  })

  test("Node's headers are pointed to where they lie beside Node, unless the user has said where", () => {
    const root = scratchProject()
    try {
      const node = join(root, 'bin', 'node')
      expect(withNodeHeaders({}, node)).toEqual({})
      write(root, 'include/node/node.h', '')
      expect(withNodeHeaders({}, node)).toEqual({ npm_config_nodedir: root })
      expect(withNodeHeaders({ npm_config_nodedir: '/mine' }, node)).toEqual({ npm_config_nodedir: '/mine' })
    } finally {
      rmSync(root, { recursive: true, force: true })
    }
  })
})

describe('packages installed by hand count as installed', () => {
  const wanted = {
    '': {},
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/b': { version: '1.0.0', integrity: 'sha512-b', optional: true },
  }
  const { 'node_modules/a': a, 'node_modules/b': b } = wanted

  test.each([
    ['when they are the same', { 'node_modules/a': a, 'node_modules/b': b }, true],
    ['when only an optional one is missing', { 'node_modules/a': a }, true],
    ['but not when one is missing', { 'node_modules/b': b }, false],
    ['but not when one has another version', { 'node_modules/a': { ...a, version: '1.0.1' } }, false],
    ['but not when one has other content', { 'node_modules/a': { ...a, integrity: 'sha512-c' } }, false],
    ['but not when there is one more', { 'node_modules/a': a, 'node_modules/c': b }, false],
  ])('%s', (_, installed, same) => {
    expect(samePackages(wanted, installed)).toBe(same)
  })
})
