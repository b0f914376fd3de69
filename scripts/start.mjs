import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { reportFailure, setUp } from './setup.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

const NEXT = `What to try next:
  npx evibase trace rosenberg-1993-il2-lak         every number with the words that it was read from
  npx evibase extract dichotomous --format csv     the 2×2 tables, for metafor
  npm run studio                                   browse the database
  npx evibase --help                               everything else
`

/** @param {string} words */
function say(words) {
  process.stderr.write(`${words}\n`)
}

/**
 * Time and size of the SQLite file, which a run that writes nothing leaves as they were; empty when there is none.
 */
function databaseState() {
  const url = process.env.DATABASE_URL || 'file:./data/evidence.db'
  if (!url.startsWith('file:')) return ''
  const path = url.startsWith('file://') ? fileURLToPath(url) : resolve(root, url.slice('file:'.length))
  const found = statSync(path, { throwIfNoEntry: false })
  return found === undefined ? '' : `${found.mtimeMs} ${found.size}`
}

/**
 * Runs one verb of the command line; its words and its rows pass through.
 *
 * @param {string[]} args
 * @returns {boolean} false when it failed, and this process is to end with its exit code
 */
function evibase(args) {
  const { status, signal } = spawnSync(process.execPath, [join(root, 'scripts', 'evibase.mjs'), ...args], {
    cwd: root,
    stdio: 'inherit',
  })
  if (status === 0) return true
  say(
    `\`evibase ${args.join(' ')}\` ${signal === null ? `failed with exit code ${status}` : `was stopped (${signal})`}.`,
  )
  process.exitCode = status || 1
  return false
}

async function start() {
  const { installed, generated } = await setUp()
  const before = databaseState()
  if (!evibase(['db', 'migrate']) || !evibase(['db', 'seed'])) return
  const after = databaseState()
  if (!installed && !generated && before !== '' && before === after) {
    say('Nothing had to be changed: packages, database client and database were up to date.')
  } else {
    const done = [
      ...(installed ? ['packages installed'] : []),
      ...(generated ? ['database client generated'] : []),
      ...(before === after ? ['database checked'] : ['database brought up to date']),
    ]
    say(`Set up: ${done.join(', ')}.`)
  }
  say('')
  if (!evibase(['extract', 'evidence', 'rosenberg-1993-il2-lak'])) return
  say(`\n${NEXT.trimEnd()}`)
}

start().catch(reportFailure)
