import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, delimiter, dirname, join } from 'node:path'
import { SetUpError } from './setup-error.mjs'

/** @typedef {{ version?: string, integrity?: string, resolved?: string, link?: boolean, optional?: boolean }} Locked */

/** @param {string} file */
function sha256(file) {
  return existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('hex') : ''
}

/** @param {string} root */
function places(root) {
  return {
    lockfile: join(root, 'package-lock.json'),
    // npm's own list of what it put there, written after the last install script has ended.
    installed: join(root, 'node_modules', '.package-lock.json'),
    stamp: join(root, 'node_modules', '.evibase.json'),
  }
}

/**
 * What the installed packages depend on: the lockfile, and what compiled ones were compiled for.
 *
 * @param {string} root
 */
function presentState(root) {
  const { lockfile, installed } = places(root)
  return {
    lockfile: sha256(lockfile),
    installed: sha256(installed),
    abi: process.versions.modules || '',
    platform: `${process.platform}-${process.arch}`,
  }
}

/**
 * @param {string} file
 * @returns {Record<string, unknown>}
 */
function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (_) {
    return {}
  }
}

/**
 * Whether npm's list of installed packages is what the lockfile asks for; an optional one may be missing, as those
 * for other platforms are.
 *
 * @param {Record<string, Locked>} wanted
 * @param {Record<string, Locked>} installed
 */
export function samePackages(wanted, installed) {
  /** @param {Locked} one */
  const identity = (one) => JSON.stringify([one.version, one.integrity, one.link, one.link ? one.resolved : ''])
  for (const path of Object.keys(installed)) {
    const asked = wanted[path]
    const found = installed[path]
    if (!asked || !found || identity(asked) !== identity(found)) return false
  }
  return Object.keys(wanted).every((path) => {
    const asked = wanted[path]
    return path === '' || path in installed || (asked !== undefined && asked.optional === true)
  })
}

/**
 * The one package that is compiled for a Node version. npm's list doesn't say whether that was this Node, nor
 * whether install scripts ran at all.
 *
 * @param {string} root
 */
function driverLoads(root) {
  const program = "new (require('better-sqlite3'))(':memory:').close()"
  return spawnSync(process.execPath, ['-e', program], { cwd: root, stdio: 'ignore' }).status === 0
}

/** @param {string} root */
function installedByHand(root) {
  const { lockfile, installed } = places(root)
  if (!existsSync(installed)) return false
  const wanted = /** @type {Record<string, Locked>} */ (readJson(lockfile).packages || {})
  const found = /** @type {Record<string, Locked>} */ (readJson(installed).packages || {})
  return samePackages(wanted, found) && (!('node_modules/better-sqlite3' in wanted) || driverLoads(root))
}

/** @param {string} root */
export function packagesAreCurrent(root) {
  const { installed, stamp } = places(root)
  const present = presentState(root)
  if (existsSync(installed) && JSON.stringify(readJson(stamp)) === JSON.stringify(present)) return true
  const { abi, platform } = readJson(stamp)
  if ((abi && abi !== present.abi) || (platform && platform !== present.platform)) return false
  if (!installedByHand(root)) return false
  writeFileSync(stamp, JSON.stringify(present))
  return true
}

/**
 * What keeps a driver from being compiled here, and what to do about it, in one sentence; empty when nothing is known
 * to.
 *
 * @param {ReadonlyArray<string>} present names of programs that were found
 * @param {string} root
 */
export function whyNotCompiled(present, root) {
  const packages = ['python3', 'make', 'g++'].filter((program) => !present.includes(program))
  if (packages.length > 0) {
    return (
      'A database driver had to be compiled here, and something that this needs is missing: ' +
      `on Debian or Ubuntu run \`apt-get install ${packages.join(' ')}\` (as root), then run this again.`
    )
  }
  // Its makefiles cut include paths at spaces.
  if (!/\s/.test(root)) return ''
  return (
    'A database driver had to be compiled here, which does not work in a folder whose path holds a space: ' +
    `move \`${root}\` to another place, then run this again.`
  )
}

/** @returns {string[]} */
function buildToolsOnPath() {
  const folders = (process.env.PATH || '').split(delimiter)
  return ['python3', 'make', 'g++'].filter((program) => folders.some((folder) => existsSync(join(folder, program))))
}

/**
 * Compiling a driver needs Node's headers, which would be fetched from the network unless npm knows where they lie.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @param {string} nodeProgram
 * @returns {NodeJS.ProcessEnv}
 */
export function withNodeHeaders(environment, nodeProgram) {
  const prefix = dirname(dirname(nodeProgram))
  if (environment.npm_config_nodedir || !existsSync(join(prefix, 'include', 'node', 'node.h'))) return environment
  return Object.assign({}, environment, { npm_config_nodedir: prefix })
}

/**
 * npm as `npm start` and `npm test` run it, otherwise the one that comes with this Node, otherwise the one on the
 * path.
 *
 * @returns {{ program: string, first: string[], shell: boolean }}
 */
function npmCommand() {
  const folder = dirname(process.execPath)
  const candidates = [
    process.env.npm_execpath || '',
    join(folder, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ]
  const script = candidates.find((file) => basename(file) === 'npm-cli.js' && existsSync(file))
  if (script) return { program: process.execPath, first: [script], shell: false }
  return { program: 'npm', first: [], shell: process.platform === 'win32' }
}

/**
 * Installs exactly what the lockfile says, and notes for what it was installed once that has succeeded.
 *
 * @param {string} root
 * @param {boolean} quiet
 * @returns {Promise<void>}
 */
export async function installPackages(root, quiet) {
  const { stamp } = places(root)
  rmSync(stamp, { force: true })
  const { program, first, shell } = npmCommand()
  const child = spawn(program, [...first, 'ci', '--include=dev', '--no-audit', '--no-fund'], {
    cwd: root,
    env: Object.assign({ npm_config_loglevel: 'error' }, withNodeHeaders(process.env, process.execPath)),
    shell,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  /** @param {string} text */
  const take = (text) => {
    output += text
    // Standard output belongs to the evidence table.
    if (!quiet) process.stderr.write(text)
  }
  child.stdout.setEncoding('utf8').on('data', take)
  child.stderr.setEncoding('utf8').on('data', take)
  /** @type {number} */
  const status = await new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new SetUpError(`npm could not be started (${error.message}).`)))
    child.on('close', (code) => resolve(code === null ? 1 : code))
  })
  if (status !== 0) {
    if (quiet) process.stderr.write(output)
    const reason = output.includes('gyp ERR!') ? whyNotCompiled(buildToolsOnPath(), root) : ''
    throw new SetUpError(reason || '`npm ci` failed: see above.', status)
  }
  writeFileSync(stamp, JSON.stringify(presentState(root)))
}
