#!/usr/bin/env node
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, statSync } from 'node:fs'
import module from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { tuneForShortRuns } from './short-runs.mjs'

// Compiling TypeScript at every start would take longer than most commands: the command line is bundled once per
// state of its sources, and a start only looks whether that state has changed.

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/**
 * @param {string} path a file, or a folder with everything below it
 * @param {string[]} lines collects name, time and size of each file
 */
function addState(path, lines) {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) return
  if (!found.isDirectory()) {
    lines.push(`${path}\0${found.mtimeMs}\0${found.size}`)
    return
  }
  for (const name of readdirSync(path)) addState(join(path, name), lines)
}

/** The folder below dist/ that holds the build of the sources as they are now. */
function buildFolder() {
  /** @type {string[]} */
  const lines = []
  for (const name of ['src', 'prisma/schema', 'prisma/postgresql/schema', 'scripts/build-cli.mjs', 'tsconfig.json']) {
    addState(join(root, name), lines)
  }
  const state = createHash('sha1').update(lines.join('\n')).digest('hex').slice(0, 16)
  return join(root, 'dist', `cli-${state}`)
}

async function launch() {
  if (!existsSync(join(root, 'node_modules', 'esbuild'))) {
    process.stderr.write('The packages are not installed yet: run `npm start` in the project folder first.\n')
    process.exitCode = 1
    return
  }
  tuneForShortRuns()
  // Younger than the oldest Node that this runs on.
  const { enableCompileCache } = /** @type {{ enableCompileCache?: (folder: string) => void }} */ (module)
  if (enableCompileCache !== undefined) enableCompileCache(join(root, 'dist', '.compile-cache'))
  let folder = buildFolder()
  if (!existsSync(folder)) {
    const { buildCli } = await import('./build-cli.mjs')
    const built = await buildCli(root, buildFolder)
    if (built === undefined) return
    folder = built
  }
  const { main } = await import(pathToFileURL(join(folder, 'main.mjs')).href)
  const exitCode = await main(process.argv.slice(2), { root })
  if (typeof exitCode === 'number') process.exitCode = exitCode
}

await launch()
