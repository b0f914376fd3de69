import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('main.mjs', import.meta.url))

/**
 * Lets `prisma` use the schema engine of this folder where its own, a native program that it downloads, isn't there.
 * Called while `prisma.config.ts` is loaded: the CLI looks for its engine only after that. An engine that the
 * environment names stays, and so does the native one on Windows, which can't start a script as a program.
 *
 * @param engines  folder that Prisma keeps its native programs in
 */
export function switchSchemaEngine(env: NodeJS.ProcessEnv = process.env, engines: string = enginesFolder()): void {
  if (process.platform === 'win32') return
  if (env.PRISMA_SCHEMA_ENGINE_BINARY || env.PRISMA_MIGRATION_ENGINE_BINARY) return
  if (!readdirSync(engines).some((name) => name.startsWith('schema-engine-'))) env.PRISMA_SCHEMA_ENGINE_BINARY = program
}

function enginesFolder(): string {
  const prisma = createRequire(import.meta.url).resolve('prisma/package.json')
  return path.dirname(createRequire(prisma).resolve('@prisma/engines/package.json'))
}
