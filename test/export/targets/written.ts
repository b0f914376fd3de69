import type { ExportTarget } from '../../../src/export/export-target.ts'
import type { Database } from '../../../src/index.ts'
import type { ExtractionChoices } from '../../../src/queries/extraction/choices.ts'
import type { ExtractionNote } from '../../../src/queries/extraction/notes.ts'

/** All files of a target by their names, each read to its end, and what the target told. */
export async function filesWritten(
  target: ExportTarget,
  db: Database,
  choices: ExtractionChoices = {},
): Promise<{ readonly files: ReadonlyMap<string, Buffer>; readonly told: readonly ExtractionNote[] }> {
  const files = new Map<string, Buffer>()
  let told: readonly ExtractionNote[] = []
  const listener = {
    leftOut: (notes: readonly ExtractionNote[]) => {
      told = notes
    },
  }
  for await (const { name, chunks } of target.files(db, choices, listener)) {
    const parts: Buffer[] = []
    for await (const chunk of chunks) parts.push(Buffer.from(chunk))
    files.set(name, Buffer.concat(parts))
  }
  return { files, told }
}

/** The one file of a target, read to its end. */
export async function written(
  target: ExportTarget,
  db: Database,
  choices: ExtractionChoices = {},
): Promise<{ readonly name: string; readonly bytes: Buffer; readonly text: string }> {
  const { files } = await filesWritten(target, db, choices)
  const [file, ...others] = files
  if (file === undefined || others.length > 0) throw new Error(`the target has ${files.size} files`)
  const [name, bytes] = file
  return { name, bytes, text: bytes.toString('utf8') }
}
