import { spawn } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

export interface Outcome {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
  readonly milliseconds: number
}

/** Runs a program by this Node, without the settings that an outer npm or vitest hands down. */
export function runNode(cwd: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|TEST$|NODE_ENV$)/i.test(name))
  const begin = performance.now()
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd,
      env: { ...Object.fromEntries(inherited), NO_COLOR: '1', ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.on('error', reject)
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr, milliseconds: performance.now() - begin }))
  })
}

export function write(root: string, path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
}

/** How often the stand-in for Prisma's command was run. */
export function generations(root: string): number {
  const log = join(root, 'generations.log')
  return existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').length : 0
}

/**
 * A checkout with our scripts and, in place of all packages, one small local one that stands in for Prisma: it
 * installs in a second and without a network. The folder's name holds a space.
 */
export function scratchProject(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'evibase scratch-')))
  cpSync(join(projectRoot, 'scripts'), join(root, 'scripts'), { recursive: true })
  const { engines } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { engines: object }
  const manifest = { name: 'scratch', version: '1.0.0', type: 'module', engines }
  const dependencies = { prisma: 'file:vendor/prisma' }
  const prisma = { name: 'prisma', version: '1.0.0', bin: { prisma: 'prisma.mjs' } }
  write(root, 'package.json', JSON.stringify({ ...manifest, dependencies }))
  write(root, 'vendor/prisma/package.json', JSON.stringify(prisma))
  write(
    root,
    'vendor/prisma/prisma.mjs',
    `#!/usr/bin/env node
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
const folder = process.argv.join(' ').includes('postgresql') ? 'src/generated/postgresql' : 'src/generated/prisma'
mkdirSync(folder, { recursive: true })
writeFileSync(folder + '/client.ts', 'export const client = (argv) => "client of " + JSON.stringify(argv)\\n')
appendFileSync('generations.log', process.argv.slice(2).join(' ') + '\\n')
`,
  )
  writeLockfile(root, '1.0.0')
  write(root, 'prisma/schema/main.prisma', 'model One {}\n')
  write(root, 'prisma.config.ts', 'export default {}\n')
  write(root, 'src/cli/reading/reading-worker.ts', 'export const thread = true\n')
  return root
}

/** The lockfile of a scratch project; another version of its one package makes it another lockfile. */
export function writeLockfile(root: string, version: string): void {
  const { name, engines, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  write(root, 'vendor/prisma/package.json', JSON.stringify({ name: 'prisma', version, bin: { prisma: 'prisma.mjs' } }))
  const packages = {
    '': { name, version: '1.0.0', dependencies, engines },
    'node_modules/prisma': { resolved: 'vendor/prisma', link: true },
    'vendor/prisma': { name: 'prisma', version, bin: { prisma: 'prisma.mjs' } },
  }
  const lockfile = { name, version: '1.0.0', lockfileVersion: 3, requires: true, packages }
  write(root, 'package-lock.json', `${JSON.stringify(lockfile, null, 2)}\n`)
}

/** Gives a scratch project the packages that this checkout has. */
export function linkPackages(root: string): void {
  symlinkSync(join(projectRoot, 'node_modules'), join(root, 'node_modules'), 'junction')
}

/** Gives a scratch project the bundler and the stand-in for Prisma's command, and leaves what it has. */
export function linkBundler(root: string): void {
  mkdirSync(join(root, 'node_modules', '.bin'), { recursive: true })
  for (const name of ['esbuild', '@esbuild']) {
    symlinkSync(join(projectRoot, 'node_modules', name), join(root, 'node_modules', name), 'junction')
  }
  const command = join(root, 'node_modules', '.bin', 'prisma')
  if (existsSync(command)) return
  chmodSync(join(root, 'vendor/prisma/prisma.mjs'), 0o755)
  symlinkSync(join(root, 'vendor/prisma/prisma.mjs'), command)
}
