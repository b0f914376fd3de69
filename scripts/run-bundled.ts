import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'

const root = path.join(import.meta.dirname, '..')

/**
 * Runs a benchmark as the bundle that the command line is, within which the engine puts functions of what were several
 * modules together: measured is what people run, and not the modules one by one.
 *
 * @param name  of the file in this folder, without .ts
 */
export async function runBundled(name: string): Promise<void> {
  const folder = path.join(root, 'node_modules/.cache/evibase')
  mkdirSync(folder, { recursive: true })
  const outfile = path.join(folder, `${name}.mjs`)
  await build({
    absWorkingDir: root,
    entryPoints: [`scripts/${name}.ts`],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'error',
    plugins: [
      {
        name: 'places of the sources',
        setup: ({ onLoad }) =>
          onLoad({ filter: /\/(src|scripts)\/.*\.ts$/ }, ({ path: file }) => ({
            contents: readFileSync(file, 'utf8').replaceAll('import.meta.dirname', JSON.stringify(path.dirname(file))),
            loader: 'ts',
          })),
      },
    ],
  })
  const { status } = spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' })
  process.exitCode = status ?? 1
}
