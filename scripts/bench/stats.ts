import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'

// The command line is a bundle, within which the engine puts functions of what were several modules together: measured is what
// people run, and not the modules one by one.

const root = path.join(import.meta.dirname, '../..')
const folder = path.join(root, 'node_modules/.cache/evibase')
mkdirSync(folder, { recursive: true })
const outfile = path.join(folder, 'stats-bench.mjs')
await build({
  absWorkingDir: root,
  entryPoints: ['scripts/stats-bench.ts'],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
  logLevel: 'error',
})
const { status } = spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' })
process.exitCode = status ?? 1
