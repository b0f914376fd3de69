import { spawnSync } from 'node:child_process'
import path from 'node:path'

// `npm run check`: everything that can be told without running the program. All of it runs, also after a failure.

/** @type {readonly (readonly [what: string, program: string, args: readonly string[]])[]} */
const CHECKS = [
  ['types', 'tsc', ['--project', '.']],
  ['lint and format', 'biome', ['check', '--error-on-warnings', '.']],
  ['schema format', 'prisma', ['format', '--check']],
  ['import directions', 'depcruise', ['src', 'scripts', 'prisma.config.ts', '--config', '.dependency-cruiser.cjs']],
  ['dead code', 'knip', []],
  [
    'migrations make the schema',
    'prisma',
    ['migrate', 'diff', '--from-migrations', 'prisma/migrations', '--to-schema', 'prisma/schema', '--exit-code'],
  ],
  ['dictionary', 'tsx', ['scripts/dictionary.ts', '--check']],
  ['JSON Schemas', 'tsx', ['scripts/json-schemas.ts', '--check']],
]

const root = path.dirname(import.meta.dirname)
let failed = 0
for (const [what, program, args] of CHECKS) {
  const run = spawnSync(path.join(root, 'node_modules', '.bin', program), args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, CHECKPOINT_DISABLE: '1', DATABASE_URL: '' },
    shell: process.platform === 'win32',
  })
  process.stdout.write(`${run.status === 0 ? '✓' : '✗'} ${what}\n`)
  if (run.status === 0) continue
  failed++
  process.stdout.write(`${run.error?.message ?? ''}${run.stdout ?? ''}${run.stderr ?? ''}\n`)
}
if (failed > 0) {
  process.stdout.write(`${failed} of ${CHECKS.length} checks failed.\n`)
  process.exitCode = 1
}
