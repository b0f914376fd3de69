import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { EvidenceError } from '../errors.ts'
import { byKey } from '../model/byte-order.ts'
import type { Context } from './context.ts'
import { shortest } from './load-files.ts'
import { openInput, openPacked, openTogether, type PackedFile } from './packed-files.ts'
import { notReadable } from './require-file.ts'

/** Which files of a format belong together. */
export interface FilesTogether {
  /** Those of a folder that are looked into. */
  readonly inFolder: RegExp
  /** Those among several that are parts of something. */
  readonly among: (names: readonly string[]) => ReadonlySet<string>
}

/** What is imported as one. */
export interface ImportInput {
  /** As messages should give it. */
  readonly shown: string
  readonly open: () => PackedFile
}

/**
 * What a command was given, in its order: each file by itself, but a folder as one, and files that are parts of something
 * together, where the first of them stands. `-` is standard input.
 *
 * @throws EvidenceError FILE_NOT_READABLE  a folder may not be read, or holds no such file
 */
export function inputsOf(context: Context, given: readonly string[], together?: FilesTogether): readonly ImportInput[] {
  // A file that is named twice, as by a pattern and by itself, is one.
  const files = [...new Set(given.map((name) => (name === '-' ? name : path.resolve(context.cwd, name))))]
  const among = together?.among(files) ?? new Set()
  const parts = files.filter((file) => among.has(file))
  return files.flatMap((file): ImportInput[] => {
    if (among.has(file)) return file === parts[0] ? [joined(context, parts)] : []
    if (file === '-') return [{ shown: 'standard input', open: () => openInput(context.input) }]
    if (together !== undefined && isFolder(file)) return [ofFolder(context, file, together.inFolder)]
    const shown = shortest(context, file)
    return [{ shown, open: () => openPacked(file, shown) }]
  })
}

const isFolder = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isDirectory() === true

function ofFolder(context: Context, folder: string, which: RegExp): ImportInput {
  const shown = shortest(context, folder) || '.'
  const names = namesIn(folder, shown).filter((name) => which.test(name) && !/(?:^|[/\\])[._]/.test(name))
  if (names.length === 0)
    throw new EvidenceError(
      'FILE_NOT_READABLE',
      `${shown} holds no file that could be read. Name the files themselves.`,
    )
  return { shown, open: () => openTogether(folder, names.sort(byKey), shown) }
}

function namesIn(folder: string, shown: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
  } catch (cause) {
    throw notReadable(shown, cause)
  }
}

function joined(context: Context, files: readonly string[]): ImportInput {
  const folder = files.map((file) => path.dirname(file)).reduce(commonFolder)
  const shown = shortest(context, folder) || '.'
  return {
    shown,
    open: () =>
      openTogether(
        folder,
        files.map((file) => path.relative(folder, file)),
        shown,
      ),
  }
}

/** The folder that two lie in, or one that is the other. */
function commonFolder(one: string, other: string): string {
  let folder = one
  while (folder !== other && !other.startsWith(folder.endsWith(path.sep) ? folder : `${folder}${path.sep}`))
    folder = path.dirname(folder)
  return folder
}
