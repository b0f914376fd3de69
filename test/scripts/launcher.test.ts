import { existsSync, readdirSync, rmSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  generations,
  linkBundler,
  linkPackages,
  type Outcome,
  runNode,
  scratchProject,
  write,
} from './scratch-project.ts'

let root: string
const evibase = (...args: string[]): Promise<Outcome> => runNode(root, ['scripts/evibase.mjs', ...args])
const builds = () => readdirSync(join(root, 'dist')).filter((name) => name.startsWith('cli-'))

function writeMain(words: string): void {
  write(
    root,
    'src/cli/main.ts',
    `export async function main(argv: readonly string[], { root }: { root: string }): Promise<number> {
  const { describe } = await import('./describe.ts')
  console.log(describe(argv), '${words}', root)
  console.error('words')
  return argv.length
}
`,
  )
}

beforeEach(() => {
  root = scratchProject()
  rmSync(join(root, 'prisma'), { recursive: true })
  linkPackages(root)
  writeMain('first')
  write(
    root,
    'src/cli/describe.ts',
    'export const describe = (argv: readonly string[]): string => JSON.stringify(argv)\n',
  )
})
afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

test('arguments, root, output and exit code pass through', async () => {
  expect(await evibase('a b', '--c')).toMatchObject({
    exitCode: 2,
    stdout: `["a b","--c"] first ${root}\n`,
    stderr: 'words\n',
  })
  expect((await evibase()).exitCode).toBe(0)
})

test('builds once for one state of the sources, and anew when a source changes', async () => {
  await evibase()
  const [built = ''] = builds()
  // A build that is used again keeps this mark; one that is made again would not.
  write(root, `dist/${built}/mark`, '')
  await evibase()
  expect(builds()).toEqual([built])
  expect(existsSync(join(root, 'dist', built, 'mark'))).toBe(true)

  writeMain('second')
  expect((await evibase()).stdout).toContain('second')
  expect(builds()).toHaveLength(2)
})

test('a source with an older time than the build still counts as changed', async () => {
  await evibase()
  writeMain('other')
  utimesSync(join(root, 'src/cli/main.ts'), 1, 1)
  expect((await evibase()).stdout).toContain('other')
})

test('old builds are cleared away', async () => {
  for (let turn = 0; turn < 7; turn += 1) {
    writeMain(`turn ${turn}`)
    expect((await evibase()).stdout).toContain(`turn ${turn}`)
  }
  expect(builds()).toHaveLength(5)
})

test('first launches at the same time all succeed, and leave one build', async () => {
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => evibase('x')))
  expect(outcomes.map(({ exitCode, stdout }) => [exitCode, stdout])).toEqual(
    outcomes.map(() => [1, `["x"] first ${root}\n`]),
  )
  expect(readdirSync(join(root, 'dist'))).toEqual(builds())
  expect(builds()).toHaveLength(1)
})

test('a mistake in the sources is shown with its place, and nothing of it stays', async () => {
  write(root, 'src/cli/describe.ts', 'export const describe = (\n')
  const outcome = await evibase()
  expect(outcome).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringMatching(/src\/cli\/describe\.ts:2:/) })
  expect(outcome.stderr).not.toContain('node:internal')
  expect(builds()).toEqual([])
})

test('the database client is generated first, when it is missing or the schema has changed', async () => {
  rmSync(join(root, 'node_modules'))
  linkBundler(root)
  write(root, 'prisma/schema/main.prisma', 'model One {}\n')
  write(root, 'src/cli/describe.ts', "export { client as describe } from '../generated/prisma/client.ts'\n")
  writeMain('generated')
  expect(await evibase()).toMatchObject({ exitCode: 0, stdout: `client of [] generated ${root}\n`, stderr: 'words\n' })
  expect(generations(root)).toBe(1)
  await evibase()
  expect(generations(root)).toBe(1)
  write(root, 'prisma/schema/main.prisma', 'model One {}\nmodel Two {}\n')
  expect(await evibase()).toMatchObject({ exitCode: 0, stderr: 'words\n' })
  expect(generations(root)).toBe(2)
})

test('without packages it says what to run', async () => {
  rmSync(join(root, 'node_modules'))
  expect(await evibase()).toMatchObject({
    exitCode: 1,
    stdout: '',
    stderr: 'The packages are not installed yet: run `npm start` in the project folder first.\n',
  })
})
