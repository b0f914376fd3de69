import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { reportFailure, setUpClient } from './setup.mjs'

/** Builds that stay: a command that is still running imports parts of the build that it was started from. */
const KEPT_BUILDS = 5

/** @param {string} dist */
function removeOldBuilds(dist) {
  const builds = readdirSync(dist)
    .filter((name) => name.startsWith('cli-'))
    .map((name) => {
      const found = statSync(join(dist, name), { throwIfNoEntry: false })
      return { path: join(dist, name), time: found ? found.mtimeMs : 0 }
    })
    .sort((one, other) => other.time - one.time)
  for (const { path } of builds.slice(KEPT_BUILDS)) rmSync(path, { recursive: true, force: true })
}

/**
 * Bundles the command line into a folder named for the state of its sources. Built beside and moved there in one
 * step, so that launches at the same time never see half a build and never change one that is in use.
 *
 * @param {string} root
 * @param {() => string} folderOfPresentState asked again after the client was generated, which lies below src/
 * @returns {Promise<string | undefined>} the folder; undefined when it failed, which is said and in the exit code
 */
export async function buildCli(root, folderOfPresentState) {
  try {
    await setUpClient({ quiet: true })
  } catch (error) {
    reportFailure(error)
    return undefined
  }
  const folder = folderOfPresentState()
  if (existsSync(folder)) return folder
  const scratch = `${folder}.${process.pid}`.replace('cli-', 'building-')
  mkdirSync(dirname(folder), { recursive: true })
  const { build } = await import('esbuild')
  try {
    await build({
      absWorkingDir: root,
      entryPoints: { main: 'src/cli/main.ts', 'reading-worker': 'src/cli/reading/reading-worker.ts' },
      outdir: scratch,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      packages: 'external',
      sourcemap: true,
      outExtension: { '.js': '.mjs' },
      logLevel: 'error',
    })
    renameSync(scratch, folder)
  } catch (error) {
    rmSync(scratch, { recursive: true, force: true })
    // Another launch was quicker.
    if (existsSync(folder)) return folder
    // esbuild has already printed what is wrong with the sources.
    if (!(error instanceof Error && 'errors' in error)) throw error
    process.exitCode = 1
    return undefined
  }
  removeOldBuilds(dirname(folder))
  return folder
}
