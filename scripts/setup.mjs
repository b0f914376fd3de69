import { readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installPackages, packagesAreCurrent } from './setup/installed-packages.mjs'
import { oneAtATime } from './setup/one-at-a-time.mjs'
import { clientsAreCurrent, generateClients } from './setup/prisma-client.mjs'
import { SetUpError } from './setup/setup-error.mjs'
import { unsupportedNode } from './setup/supported-node.mjs'

// This runs before anything is installed, and on Nodes that it must refuse: nothing but Node's own modules, and no
// syntax younger than Node 12's.

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const lock = join(root, 'dist', '.set-up')

/** @typedef {{ quiet?: boolean }} Options quiet: words only when something fails */

/**
 * @param {Options | undefined} options
 * @returns {(words: string) => void}
 */
function announcer(options) {
  if (options !== undefined && options.quiet === true) return () => undefined
  return (words) => {
    process.stderr.write(`${words}\n`)
  }
}

function refuseUnsupportedNode() {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const refusal = unsupportedNode(process.versions.node, engines.node)
  if (refusal !== '') throw new SetUpError(refusal)
}

/**
 * Generates the database clients, one for each engine, when one is missing or the schema has changed.
 *
 * @param {Options} [options]
 * @returns {Promise<boolean>} whether that had to be done
 * @throws {SetUpError}
 */
export async function setUpClient(options) {
  refuseUnsupportedNode()
  if (clientsAreCurrent(root)) return false
  const announce = announcer(options)
  return oneAtATime(lock, announce, async () => {
    if (clientsAreCurrent(root)) return false
    announce('Generating the database clients from prisma/schema.')
    await generateClients(root)
    return true
  })
}

/**
 * Brings the checkout to where everything else can run: supported Node, packages as in the lockfile, generated
 * client as in the schema. Does only what is missing, and says what it does on standard error.
 *
 * @param {Options} [options]
 * @returns {Promise<{ installed: boolean, generated: boolean }>} what had to be done
 * @throws {SetUpError} with the message for the user and the exit code
 */
export async function setUp(options) {
  refuseUnsupportedNode()
  const announce = announcer(options)
  const installed =
    !packagesAreCurrent(root) &&
    (await oneAtATime(lock, announce, async () => {
      if (packagesAreCurrent(root)) return false
      announce('Installing the packages that package-lock.json names; this takes a minute or two.')
      await installPackages(root, options !== undefined && options.quiet === true)
      return true
    }))
  return { installed, generated: await setUpClient(options) }
}

/**
 * Says what went wrong, without a stack where the message is meant for the user, and sets the exit code.
 *
 * @param {unknown} error
 */
export function reportFailure(error) {
  if (!(error instanceof SetUpError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = error.exitCode
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  setUp()
    .then(({ installed, generated }) => {
      if (!installed && !generated)
        process.stderr.write('Nothing to set up: packages and database client are current.\n')
    })
    .catch(reportFailure)
}
