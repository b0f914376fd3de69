import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { linkBundler, type Outcome, runNode, scratchProject, write } from './scratch-project.ts'

let root: string
const start = (more: NodeJS.ProcessEnv = {}): Promise<Outcome> =>
  runNode(root, ['scripts/start.mjs'], { DATABASE_URL: undefined, ...more })

/** A stand-in for the command line: says its verb, writes the database once, and fails at the verb named. */
function writeMain(failing = ''): void {
  write(
    root,
    'src/cli/main.ts',
    `import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
export function main(argv: readonly string[], { root }: { root: string }): number {
  const verb = argv.join(' ')
  if (verb === '${failing}') {
    console.error('no good')
    return 3
  }
  const database = (process.env.DATABASE_URL ?? 'file:data/evidence.db').slice('file:'.length)
  mkdirSync(join(root, 'data'), { recursive: true })
  if (!existsSync(join(root, database))) writeFileSync(join(root, database), 'rows')
  console.log(verb)
  return 0
}
`,
  )
}

beforeEach(async () => {
  root = scratchProject()
  writeMain()
  await runNode(root, ['scripts/setup.mjs'])
  linkBundler(root)
  rmSync(join(root, 'src/generated'), { recursive: true })
})
afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

const verbs = 'db migrate\ndb seed\nextract evidence rosenberg-1993-il2-lak\n'

test('migrates, seeds and prints the evidence, and says the second time that nothing changed', async () => {
  const first = await start()
  expect(first).toMatchObject({ exitCode: 0, stdout: verbs })
  expect(first.stderr).toContain('Set up: database client generated, database brought up to date.')
  expect(first.stderr).toContain('What to try next')
  const second = await start()
  expect(second).toMatchObject({ exitCode: 0, stdout: verbs })
  expect(second.stderr).toContain('Nothing had to be changed')
  expect(second.milliseconds).toBeLessThan(5000)
})

test('looks at the database that DATABASE_URL names', async () => {
  await start()
  expect((await start({ DATABASE_URL: 'file:data/other.db' })).stderr).toContain('database brought up to date')
  expect((await start({ DATABASE_URL: 'file:data/other.db' })).stderr).toContain('Nothing had to be changed')
})

test.each(['db migrate', 'db seed', 'extract evidence rosenberg-1993-il2-lak'])(
  'stops where `evibase %s` fails, with its message and exit code',
  async (verb) => {
    writeMain(verb)
    const failed = await start()
    expect(failed).toMatchObject({ exitCode: 3, stdout: verbs.slice(0, verbs.indexOf(verb)) })
    expect(failed.stderr).toContain(`no good\n\`evibase ${verb}\` failed with exit code 3.\n`)
    expect(failed.stderr).not.toContain('What to try next')
  },
)
