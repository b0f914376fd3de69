import type { ExportFile } from './export-target.ts'

/** A file of a text that is known. */
export const textFile = (name: string, text: string): ExportFile => ({
  name,
  chunks: (async function* () {
    yield text
  })(),
})
