import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { buildSync } from 'esbuild'
import { afterAll, expect } from 'vitest'
import { SHORT_RUN_FLAGS } from '../../scripts/short-runs.mjs'
import { ROOT, type ScratchDatabase, scratchPath } from '../scratch.ts'
import { environment } from '../scripts/prisma-project.ts'

let built: string | undefined

/** The program in one file, which starts in a third of the time that its sources would take. */
function program(): string {
  if (built !== undefined) return built
  // Within the project's folder, since it is there that its packages are found.
  mkdirSync(path.join(ROOT, 'dist'), { recursive: true })
  const folder = mkdtempSync(path.join(ROOT, 'dist', 'endless-'))
  afterAllFiles.push(folder)
  built = path.join(folder, 'endless-saves.mjs')
  buildSync({
    absWorkingDir: ROOT,
    entryPoints: ['test/db/endless-saves.ts'],
    outfile: built,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
  })
  return built
}
const afterAllFiles: string[] = []
afterAll(() => {
  for (const folder of afterAllFiles) rmSync(folder, { recursive: true, force: true })
})

/** A program that saves one study after the other, until it is killed. */
export interface EndlessProgram {
  /** Kills it at once. @returns the studies that it said it had saved */
  readonly kill: () => Promise<readonly string[]>
}

/**
 * Resolves when the first study is saved.
 *
 * @param first  number of the first study
 * @param texts  the versions of each study, as `numberedStudy` takes them
 */
export async function endlessProgram(
  { url }: ScratchDatabase,
  first: number,
  texts: readonly string[],
): Promise<EndlessProgram> {
  const versions = texts.map((text, index) => {
    const file = scratchPath(`version-${index}.json`)
    writeFileSync(file, text)
    return file
  })
  const child: ChildProcess = spawn(
    process.execPath,
    [...SHORT_RUN_FLAGS, program(), url, ROOT, String(first), ...versions],
    { cwd: ROOT, env: environment(), stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const ended = once(child, 'close')
  let said = ''
  const begun = new Promise<void>((resolve) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text
      resolve()
    })
  })
  await Promise.race([begun, ended])
  return {
    kill: async () => {
      child.kill('SIGKILL')
      const [, signal] = await ended
      expect(signal, 'the program was saving when it was killed').toBe('SIGKILL')
      // What stands after the last line's end was cut off.
      return said.split('\n').slice(0, -1)
    },
  }
}
