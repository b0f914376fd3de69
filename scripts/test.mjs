import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { reportFailure, setUp } from './setup.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

async function test() {
  await setUp()
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const child = spawn(process.execPath, [vitest, 'run', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    process.stderr.write(`vitest could not be started: ${error.message}\n`)
    process.exitCode = 1
  })
  child.on('exit', (status) => {
    process.exitCode = status === null ? 1 : status
  })
}

test().catch(reportFailure)
