import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SetUpError } from './setup-error.mjs'

/**
 * @param {string} folder
 * @returns {string[]} every `.prisma` file below it, sorted
 */
function schemaFiles(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return schemaFiles(path)
      return entry.name.endsWith('.prisma') ? [path] : []
    })
    .sort()
}

/** The schema of each engine, and the client that is generated from it. */
const CLIENTS = [
  { schema: join('prisma', 'schema'), client: join('src', 'generated', 'prisma') },
  { schema: join('prisma', 'postgresql', 'schema'), client: join('src', 'generated', 'postgresql') },
]

/**
 * Those whose schema is there.
 *
 * @param {string} root
 */
function clientsOf(root) {
  return CLIENTS.filter(({ schema }) => schemaFiles(join(root, schema)).length > 0)
}

/**
 * A digest of everything that the generated clients are made from; empty when there is no schema.
 *
 * @param {string} root
 */
function clientOrigin(root) {
  const files = clientsOf(root).flatMap(({ schema }) => schemaFiles(join(root, schema)))
  if (files.length === 0) return ''
  const digest = createHash('sha256')
  const config = join(root, 'prisma.config.ts')
  for (const file of existsSync(config) ? [...files, config] : files) {
    digest.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0')
  }
  for (const name of ['prisma', '@prisma/client']) {
    const manifest = join(root, 'node_modules', name, 'package.json')
    digest.update(existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).version : '').update('\0')
  }
  return digest.digest('hex')
}

/** @param {string} root */
function stampOf(root) {
  return join(root, 'src', 'generated', '.stamp')
}

/** @param {string} root */
export function clientsAreCurrent(root) {
  const origin = clientOrigin(root)
  if (origin === '') return true
  const stamp = stampOf(root)
  return (
    clientsOf(root).every(({ client }) => existsSync(join(root, client))) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8').trim() === origin
  )
}

/**
 * Runs `prisma generate`; its output is shown only when it fails.
 *
 * @param {string} root
 * @param {string} schema folder
 * @returns {Promise<void>}
 */
async function generate(root, schema) {
  const windows = process.platform === 'win32'
  const program = join('node_modules', '.bin', windows ? 'prisma.cmd' : 'prisma')
  const child = spawn(program, ['generate', '--schema', schema], {
    cwd: root,
    // The URL is of one engine, whose schema the configuration then names; it may also be one that can't be read.
    env: Object.assign({}, process.env, { CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1', DATABASE_URL: '' }),
    shell: windows,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  }
  /** @type {number | null} */
  const status = await new Promise((resolve, reject) => {
    child.on('error', ({ message }) =>
      reject(new SetUpError(`\`prisma generate\` failed: it could not be started (${message}).`)),
    )
    child.on('close', resolve)
  })
  if (status === 0) return
  process.stderr.write(output)
  throw new SetUpError('`prisma generate` failed: see above.', status || 1)
}

/**
 * Generates the client of each engine, at the same time, and notes from what once all have succeeded.
 *
 * @param {string} root
 * @returns {Promise<void>}
 */
export async function generateClients(root) {
  const stamp = stampOf(root)
  const origin = clientOrigin(root)
  rmSync(stamp, { force: true })
  const running = clientsOf(root).map(({ schema }) => generate(root, schema))
  // All come to their end before the lock on the set-up is given back.
  await Promise.all(running.map((one) => one.catch(() => undefined)))
  await Promise.all(running)
  mkdirSync(join(root, 'src', 'generated'), { recursive: true })
  writeFileSync(stamp, `${origin}\n`)
}
