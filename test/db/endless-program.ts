import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { ROOT, type ScratchDatabase, scratchPath } from '../scratch.ts'
import { environment } from '../scripts/prisma-project.ts'

const PROGRAM = fileURLToPath(new URL('./endless-saves.ts', import.meta.url))

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
    ['--import', 'tsx', PROGRAM, url, ROOT, String(first), ...versions],
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
