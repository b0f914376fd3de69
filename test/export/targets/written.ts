import type { ExportTarget } from '../../../src/export/export-target.ts'
import type { Database } from '../../../src/index.ts'
import type { ExtractionChoices } from '../../../src/queries/extraction/choices.ts'

/** The one file of a target, read to its end. */
export async function written(
  target: ExportTarget,
  db: Database,
  choices: ExtractionChoices = {},
): Promise<{ readonly name: string; readonly bytes: Buffer; readonly text: string }> {
  const files: { name: string; bytes: Buffer }[] = []
  for await (const { name, chunks } of target.files(db, choices)) {
    const parts: Buffer[] = []
    for await (const chunk of chunks) parts.push(Buffer.from(chunk))
    files.push({ name, bytes: Buffer.concat(parts) })
  }
  const [file, ...others] = files
  if (file === undefined || others.length > 0) throw new Error(`the target has ${files.length} files`)
  return { ...file, text: file.bytes.toString('utf8') }
}
