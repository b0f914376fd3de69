import { spawnSync } from 'node:child_process'
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

/**
 * A digest of everything that the generated client is made from; empty when there is no schema.
 *
 * @param {string} root
 */
function clientOrigin(root) {
  const files = schemaFiles(join(root, 'prisma', 'schema'))
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
export function clientIsCurrent(root) {
  const origin = clientOrigin(root)
  if (origin === '') return true
  const stamp = stampOf(root)
  return (
    existsSync(join(root, 'src', 'generated', 'prisma')) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8').trim() === origin
  )
}

/**
 * Runs `prisma generate`, and notes from what once that has succeeded. Its output is shown only when it fails.
 *
 * @param {string} root
 */
export function generateClient(root) {
  const stamp = stampOf(root)
  const origin = clientOrigin(root)
  rmSync(stamp, { force: true })
  const windows = process.platform === 'win32'
  const result = spawnSync(join('node_modules', '.bin', windows ? 'prisma.cmd' : 'prisma'), ['generate'], {
    cwd: root,
    env: Object.assign({}, process.env, { CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' }),
    shell: windows,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (result.status !== 0) {
    process.stderr.write(`${result.stdout || ''}${result.stderr || ''}`)
    const cause = result.error ? `it could not be started (${result.error.message})` : 'see above'
    throw new SetUpError(`\`prisma generate\` failed: ${cause}.`, result.status || 1)
  }
  mkdirSync(join(root, 'src', 'generated'), { recursive: true })
  writeFileSync(stamp, `${origin}\n`)
}
