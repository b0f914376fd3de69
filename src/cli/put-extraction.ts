import path from 'node:path'
import type { Command } from 'commander'
import type { Database } from '../db/connect.ts'
import type { Table } from '../export/table.ts'
import type { RowFormat } from '../export/write-table.ts'
import type { Extraction, ExtractionMetadata } from '../queries/extraction/extraction.ts'
import { noteInWords } from '../queries/extraction/notes.ts'
import type { Context } from './context.ts'
import { choicesFrom, type ExtractionOptions } from './extraction-options.ts'
import { beginFile, type DatabaseOption, type OutputOptions, putOut, writeWhole } from './output.ts'
import { askDatabase } from './with-database.ts'

export type PutOptions = OutputOptions &
  ExtractionOptions &
  DatabaseOption & { readonly columns?: boolean; readonly verbose?: boolean }

/** The options that explain an extracted table. */
export const withExplanations = (command: Command): Command =>
  command
    .option('--columns', 'explain the columns instead')
    .option('--verbose', 'say which choices the table was made with')

/**
 * Asks the database for a table and writes it in the format that is wanted; or explains its columns.
 *
 * @param digits  that a reader of `table` and `markdown` is shown of computed numbers; other formats have all of them
 */
export async function putExtraction(
  context: Context,
  extraction: Extraction,
  studies: readonly string[],
  options: PutOptions,
  { digits }: { readonly digits?: number } = {},
): Promise<void> {
  if (options.columns) {
    const { COLUMN_COLUMNS, columnRows } = await import('../queries/extraction/columns.ts')
    const { tableOf } = await import('../export/table.ts')
    await putOut(context, tableOf(COLUMN_COLUMNS, columnRows(extraction.columns)), options)
    return
  }
  const choices = { ...(studies.length > 0 && { studies }), ...choicesFrom(options) }
  const metadata = await askDatabase(context, options.db, (db) =>
    write(context, db, extraction, choices, { ...options, digits }),
  )
  tell(context, metadata, options)
}

/** Writes the rows as they come, where the format allows it, or when all of them are there. */
async function write(
  context: Context,
  db: Database,
  extraction: Extraction,
  choices: object,
  options: PutOptions & { readonly digits: number | undefined },
): Promise<ExtractionMetadata> {
  const columns = Object.keys(extraction.columns)
  const format = options.json ? 'json' : options.format
  if (format === 'table' || format === 'markdown') {
    const rows = await extraction.extract(db, choices)
    if (rows.length > 0 || options.out !== undefined || format === 'markdown')
      await putOut(context, { columns, rows: rounded(rows as unknown as Table['rows'], options.digits) }, options, {
        silent: true,
      })
    return rows.metadata
  }
  return stream(context, db, extraction, choices, { columns, format, out: options.out })
}

function rounded(rows: Table['rows'], digits: number | undefined): Table['rows'] {
  if (digits === undefined) return rows
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([column, value]) => [
        column,
        typeof value === 'number' ? Number(value.toPrecision(digits)) : value,
      ]),
    ),
  )
}

async function stream(
  context: Context,
  db: Database,
  extraction: Extraction,
  choices: object,
  { columns, format, out }: { columns: readonly string[]; format: RowFormat; out: string | undefined },
): Promise<ExtractionMetadata> {
  const { rowWriter } = await import('../export/write-table.ts')
  const writer = rowWriter(columns, format)
  const file = out === undefined ? undefined : beginFile(path.resolve(context.cwd, out))
  const put = async (text: string) => (file === undefined ? context.pass(text) : file.write(text))
  const stop = context.onInterrupt(() => file?.giveUp())
  try {
    const pages = extraction.pages(db, choices)
    let begun = false
    // Nothing is written before something is known to be there: an error leaves no half of a table.
    for await (const rows of pages) {
      await put((begun ? '' : writer.begin()) + writer.rows(rows as unknown as Table['rows']))
      begun = true
    }
    await put((begun ? '' : writer.begin()) + writer.end())
    file?.finish()
    return pages.metadata
  } catch (error) {
    file?.giveUp()
    throw error
  } finally {
    stop()
  }
}

/** Says what was left out, and what was searched where nothing was found; keeps the metadata beside a file. */
function tell(context: Context, metadata: ExtractionMetadata, { out, verbose }: PutOptions): void {
  const { table, choices, settings, studies, rows, notes } = metadata
  if (out !== undefined)
    writeWhole(path.resolve(context.cwd, `${out}.metadata.json`), `${JSON.stringify(metadata, null, 2)}\n`)
  const changed = Object.entries({ ...settings, ...choices }).filter(([, value]) => JSON.stringify(value) !== '[]')
  const chosen = changed.map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
  if (verbose) context.say(`${table}: ${rows} rows of ${studies} studies; ${chosen.join('; ')}.`)
  for (const note of notes) context.say(noteInWords(note))
  if (rows === 0)
    context.say(
      studies === 0 || verbose
        ? 'No rows.'
        : `No rows. Searched ${studies} ${studies === 1 ? 'study' : 'studies'} with ${chosen.join('; ')}.`,
    )
}
