import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import path from 'node:path'
import { addressOf, type DatabaseLocation } from '../db/database-url.ts'
import { EvidenceError } from '../errors.ts'
import type { Context } from './context.ts'

/** Runs Prisma's own command line over a database, and gives back what it printed. */
export async function runPrisma(
  context: Context,
  location: DatabaseLocation,
  args: readonly string[],
): Promise<string> {
  const { code, output } = await start(context, location, args, 'pipe')
  if (code === 0) return output
  const denied = /permission denied[^\n]*|must be owner[^\n]*/.exec(output)?.[0]
  if (denied !== undefined)
    throw new EvidenceError(
      'DATABASE_ACCESS_DENIED',
      `The user may not do that in ${location.shown} (${denied}). Let its owner grant what is missing, or do it as the owner.`,
    )
  if (/read-only transaction/.test(output))
    throw new EvidenceError(
      'DATABASE_NOT_WRITABLE',
      `${location.shown} may only be read: it is a replica, or set so. Name the primary in DATABASE_URL.`,
    )
  throw new EvidenceError('MIGRATION_FAILED', `\`prisma ${args.join(' ')}\` failed:\n${output.trim()}`)
}

/** Runs Prisma's own command line in the foreground until it ends by itself or by the person at the keyboard. */
export const showPrisma = async (
  context: Context,
  location: DatabaseLocation,
  args: readonly string[],
): Promise<number> => (await start(context, location, args, 'inherit')).code

function start(
  context: Context,
  location: DatabaseLocation,
  args: readonly string[],
  stdio: 'pipe' | 'inherit',
): Promise<{ code: number; output: string }> {
  const manifest = createRequire(path.join(context.root, 'package.json')).resolve('prisma/package.json')
  const program = path.join(path.dirname(manifest), 'build', 'index.js')
  const child = spawn(process.execPath, [program, ...args], {
    cwd: context.root,
    stdio: ['ignore', stdio, stdio],
    env: {
      ...context.env,
      DATABASE_URL: addressOf(location),
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    },
  })
  // What stops this program stops the one that it started.
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.once(signal, () => child.kill(signal))
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) =>
      resolve({ code: code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1), output }),
    )
  })
}
