import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { reviewFileSchema } from '../src/model/review-file.ts'
import { studyFileSchema } from '../src/model/study-file.ts'

/**
 * Writes the JSON Schemas by which editors complete and explain files as they are written; with --check only says
 * whether they are up to date.
 */
const SCHEMAS: readonly (readonly [file: string, schema: z.ZodType])[] = [
  ['seeds/study.schema.json', studyFileSchema],
  ['seeds/review.schema.json', reviewFileSchema],
]

// Draft 7 is what the language server for YAML knows best.
const textOf = (schema: z.ZodType) =>
  `${JSON.stringify(z.toJSONSchema(schema, { target: 'draft-7', io: 'input' }), null, 2)}\n`

const root = path.dirname(import.meta.dirname)
const read = (file: string): string | undefined => {
  try {
    return readFileSync(path.join(root, file), 'utf8')
  } catch {
    return undefined
  }
}
for (const [file, schema] of SCHEMAS) {
  if (!process.argv.includes('--check')) writeFileSync(path.join(root, file), textOf(schema))
  else if (read(file) !== textOf(schema)) {
    console.error(`${file} is not what the model says. Make it anew with \`npm run schema\`.`)
    process.exitCode = 1
  }
}
