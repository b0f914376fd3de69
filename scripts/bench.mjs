import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { reportFailure, setUp } from './setup.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const folder = join(root, 'scripts', 'bench')

async function bench() {
  const [name, ...args] = process.argv.slice(2)
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort()
  if (name === undefined || !names.includes(name)) {
    const usage = `npm run bench -- NAME [--json], where NAME is one of: ${names.join(', ')}\n`
    process.stderr.write(name === undefined ? usage : `There is no benchmark called "${name}". ${usage}`)
    process.exitCode = name === undefined ? 0 : 2
    return
  }
  await setUp()
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', join(folder, `${name}.ts`), ...args], {
    cwd: root,
    stdio: 'inherit',
  })
  process.exitCode = status === null ? 1 : status
}

bench().catch(reportFailure)
