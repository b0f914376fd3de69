import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import type { Database } from '../db/connect.ts'
import { EvidenceError, reasonOf } from '../errors.ts'
import type { Context } from './context.ts'
import { vocabularies } from './vocabularies.ts'

/**
 * Loads study files one after the other, each study whole or not at all, and stops at the first bad file: what was
 * loaded before it stays.
 *
 * @param paths  files, or folders of .yaml files, from the current folder
 */
export async function loadFiles(context: Context, db: Database, paths: readonly string[]): Promise<void> {
  const { readStudyFile } = await import('../import/study-file/read-study-file.ts')
  const { saveStudy } = await import('../db/save-study.ts')
  const tools = await vocabularies(context)
  for (const file of paths.flatMap((given) => studyFiles(context, path.resolve(context.cwd, given)))) {
    const fileName = shortest(context, file)
    const bytes = readBytes(file, fileName)
    const record = readStudyFile(bytes, fileName, tools)
    const fileSha256 = createHash('sha256').update(bytes).digest('hex')
    const result = await saveStudy(db, record, { format: 'study-file', fileName, fileSha256, now: context.now() })
    context.say(`${record.slug}: ${result}`)
  }
}

/** A folder's study files in the order of their names. */
function studyFiles(context: Context, given: string): readonly string[] {
  const shown = shortest(context, given)
  let files: readonly string[]
  try {
    if (!statSync(given).isDirectory()) return [given]
    files = readdirSync(given)
      .filter((name) => /\.ya?ml$/.test(name))
      .sort()
  } catch (cause) {
    throw new EvidenceError('FILE_NOT_READABLE', `${shown} can't be read: ${reasonOf(cause)}.`, {}, { cause })
  }
  if (files.length === 0)
    throw new EvidenceError(
      'FILE_NOT_READABLE',
      `${shown} holds no .yaml file. Name a study file, or a folder of them.`,
    )
  return files.map((name) => path.join(given, name))
}

function readBytes(file: string, shown: string): Buffer {
  try {
    return readFileSync(file)
  } catch (cause) {
    throw new EvidenceError('FILE_NOT_READABLE', `${shown} can't be read: ${reasonOf(cause)}.`, {}, { cause })
  }
}

/** A file's name as messages and the import's row give it: from the project or the current folder where it lies within. */
function shortest(context: Context, file: string): string {
  const names = [context.cwd, context.root]
    .map((folder) => path.relative(folder, file))
    .filter((name) => !name.startsWith('..') && !path.isAbsolute(name))
  return names[0] ?? file
}
