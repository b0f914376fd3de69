import { createHash } from 'node:crypto'
import {
  closeSync,
  type Dirent,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import path from 'node:path'
import { makeFolder } from '../db/make-folder.ts'
import { EvidenceError } from '../errors.ts'
import type { ExportFile } from '../export/export-target.ts'
import { MANIFEST, type WrittenFile } from '../export/manifest.ts'
import { notWritable } from './output.ts'

/** A folder that is written beside its place, and takes it when it is whole: an export that fails leaves the old one. */
export class ExportFolder {
  private readonly unfinished: string

  /** @throws EvidenceError FILE_EXISTS  something is there that is no export */
  constructor(private readonly folder: string) {
    const beside = path.join(path.dirname(folder), `.${path.basename(folder)}.${process.pid}`)
    this.unfinished = `${beside}.unfinished`
    refuseOther(folder)
    careful(folder, () => {
      rmSync(this.unfinished, { recursive: true, force: true })
      makeFolder(this.unfinished)
    })
  }

  async write({ name, chunks }: ExportFile): Promise<WrittenFile> {
    const hash = createHash('sha256')
    let bytes = 0
    const file = careful(this.folder, () => {
      const place = path.join(this.unfinished, name)
      makeFolder(path.dirname(place))
      return openSync(place, 'wx')
    })
    try {
      for await (const chunk of chunks) {
        const data = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
        for (let from = 0; from < data.length; )
          from += careful(this.folder, () => writeSync(file, data, from, data.length - from))
        hash.update(data)
        bytes += data.length
      }
    } finally {
      closeSync(file)
    }
    return { name, bytes, sha256: hash.digest('hex') }
  }

  finish(): void {
    careful(this.folder, () => {
      const old = `${this.unfinished}.old`
      const there = existsSync(this.folder)
      if (there) renameSync(this.folder, old)
      try {
        renameSync(this.unfinished, this.folder)
      } catch (error) {
        if (there) renameSync(old, this.folder)
        throw error
      }
      rmSync(old, { recursive: true, force: true })
    })
  }

  giveUp(): void {
    rmSync(this.unfinished, { recursive: true, force: true })
  }
}

/** Only an earlier export is written over, and an empty folder: what else lies there may be somebody's work. */
function refuseOther(folder: string): void {
  if (!existsSync(folder)) return
  const isExport = () => {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    if (entries.length === 0) return true
    const names = entries.filter((entry) => !entry.isDirectory()).map((entry) => nameWithin(folder, entry))
    if (!names.includes(MANIFEST)) return false
    const manifest: unknown = JSON.parse(readFileSync(path.join(folder, MANIFEST), 'utf8'))
    if (typeof manifest !== 'object' || manifest === null || !('files' in manifest)) return false
    const files = Array.isArray(manifest.files) ? manifest.files : []
    const known = new Set([MANIFEST, ...files.map(({ name }: WrittenFile) => name)])
    // Folders of an export are there for its files; an empty one that somebody made isn't lost.
    return names.every((name) => known.has(name))
  }
  let replaceable = false
  try {
    replaceable = statSync(folder).isDirectory() && isExport()
  } catch {
    // A manifest that can't be read is none of ours.
  }
  if (!replaceable)
    throw new EvidenceError(
      'FILE_EXISTS',
      `${folder} holds something else than an earlier export, and was left as it is. Name another folder with --out.`,
    )
}

/** A file's name as exports have it: with the folders that lead to it, and slashes between. */
const nameWithin = (folder: string, { parentPath, name }: Dirent): string =>
  path.relative(folder, path.join(parentPath, name)).split(path.sep).join('/')

function careful<T>(folder: string, act: () => T): T {
  try {
    return act()
  } catch (cause) {
    throw notWritable(folder, 'folder', cause)
  }
}
