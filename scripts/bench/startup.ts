import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { benchRow, formatBenchRows } from '../bench-report.ts'

const ROUNDS = 21
const WARM_UP = 3

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const launcher = join(root, 'scripts', 'evibase.mjs')

/**
 * Wall times in milliseconds of programs run by this Node, one list per program. They take turns, so that whatever
 * else the machine does meanwhile falls on all of them alike.
 */
function timesOf(programs: readonly (readonly string[])[], environment: NodeJS.ProcessEnv): number[][] {
  const times = programs.map((): number[] => [])
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    for (const [index, args] of programs.entries()) {
      const begin = process.hrtime.bigint()
      const result = spawnSync(process.execPath, args, {
        cwd: root,
        env: environment,
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      const milliseconds = Number(process.hrtime.bigint() - begin) / 1e6
      if (result.status !== 0) throw new Error(`${args.join(' ')} failed: ${result.stderr.toString()}`)
      if (round >= 0) times[index]?.push(milliseconds)
    }
  }
  return times
}

const folder = mkdtempSync(join(tmpdir(), 'evibase-startup-'))
try {
  const environment = { ...process.env, DATABASE_URL: pathToFileURL(join(folder, 'evidence.db')).href }
  for (const verb of ['migrate', 'seed']) {
    execFileSync(process.execPath, [launcher, 'db', verb], { cwd: root, env: environment, stdio: ['ignore', 2, 2] })
  }
  const [nothing = [], help = [], extract = []] = timesOf(
    [
      ['-e', '0'],
      [launcher, '--help'],
      [launcher, 'extract', 'dichotomous'],
    ],
    environment,
  )
  const rows = [
    benchRow('evibase --help', help, nothing, 8),
    benchRow('evibase extract dichotomous', extract, nothing, 20),
  ]
  process.stdout.write(formatBenchRows(rows, process.argv.includes('--json')))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
