import { spawnSync } from 'node:child_process'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
const REPORT = `data:text/javascript,process.on('exit',()=>process.stderr.write('\\npeak '+process.resourceUsage().maxRSS))`

/** The most memory that a command of evibase took, in megabytes; what it prints is thrown away. */
export function peakMemory(database: string, folder: string, args: readonly string[]): number {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', REPORT, path.join(root, 'scripts', 'evibase.mjs'), ...args],
    {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, DATABASE_URL: `file:${database}` },
      stdio: ['ignore', 'ignore', 'pipe'],
      maxBuffer: Number.POSITIVE_INFINITY,
    },
  )
  const peak = /peak (\d+)$/.exec(stderr)?.[1]
  if (status !== 0 || peak === undefined) throw new Error(`evibase ${args[0]} failed: ${stderr.slice(-500)}`)
  return Number(peak) / 1024
}
