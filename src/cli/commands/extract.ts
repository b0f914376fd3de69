import path from 'node:path'
import { Argument, type Command } from 'commander'
import type { Database } from '../../db/connect.ts'
import type { Table } from '../../export/table.ts'
import type { RowFormat } from '../../export/write-table.ts'
import type { Extraction, ExtractionMetadata } from '../../queries/extraction/extraction.ts'
import { EXTRACTIONS, type ExtractionName } from '../../queries/extractions.ts'
import type { Context } from '../context.ts'
import { choicesFrom, type ExtractionOptions, withChoices } from '../extraction-options.ts'
import { beginFile, type OutputOptions, putOut, withDatabase, withOutput, writeWhole } from '../output.ts'
import { askDatabase } from '../with-database.ts'

type Options = OutputOptions & ExtractionOptions & { db?: string; columns?: boolean; verbose?: boolean }

export function extractCommand(program: Command, context: Context): void {
  const names = Object.keys(EXTRACTIONS)
  const list = Object.entries(EXTRACTIONS).map(([name, { about }]) => `  ${name.padEnd(17)}${about}`)
  const command = program
    .command('extract')
    .summary('the tables of a review')
    .description('Prints a table of a review, from all studies or those that are named.')
    .addArgument(new Argument('<table>', 'which table').choices(names))
    .argument('[study...]', 'keys of studies; all without any')
    .option('--columns', 'explain the columns instead')
    .option('--verbose', 'say which choices the table was made with')
    .addHelpText(
      'after',
      `\nOne row per, in each table:\n${list.join('\n')}\n\nExample:\n  evibase extract dichotomous rosenberg-1993-il2-lak --format csv --out tables.csv`,
    )
  withDatabase(withOutput(withChoices(command))).action(
    async (name: ExtractionName, studies: string[], options: Options) => {
      const extraction: Extraction = await EXTRACTIONS[name].load()
      if (options.columns) {
        const { COLUMN_COLUMNS, columnRows } = await import('../../queries/extraction/columns.ts')
        const { tableOf } = await import('../../export/table.ts')
        await putOut(context, tableOf(COLUMN_COLUMNS, columnRows(extraction.columns)), options)
        return
      }
      const choices = { ...(studies.length > 0 && { studies }), ...choicesFrom(options) }
      const metadata = await askDatabase(context, options.db, (db) => write(context, db, extraction, choices, options))
      tell(context, metadata, options)
    },
  )
}

/** Writes the rows as they come, where the format allows it, or when all of them are there. */
async function write(
  context: Context,
  db: Database,
  extraction: Extraction,
  choices: object,
  options: Options,
): Promise<ExtractionMetadata> {
  const columns = Object.keys(extraction.columns)
  const format = options.json ? 'json' : options.format
  if (format === 'table' || format === 'markdown') {
    const rows = await extraction.extract(db, choices)
    if (rows.length > 0 || options.out !== undefined || format === 'markdown')
      await putOut(context, { columns, rows: rows as unknown as Table['rows'] }, options, { silent: true })
    return rows.metadata
  }
  return stream(context, db, extraction, choices, { columns, format, out: options.out })
}

async function stream(
  context: Context,
  db: Database,
  extraction: Extraction,
  choices: object,
  { columns, format, out }: { columns: readonly string[]; format: RowFormat; out: string | undefined },
): Promise<ExtractionMetadata> {
  const { rowWriter } = await import('../../export/write-table.ts')
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
function tell(context: Context, metadata: ExtractionMetadata, { out, verbose }: Options): void {
  const { table, choices, studies, rows, notes } = metadata
  if (out !== undefined)
    writeWhole(path.resolve(context.cwd, `${out}.metadata.json`), `${JSON.stringify(metadata, null, 2)}\n`)
  const changed = Object.entries(choices).filter(([, value]) => JSON.stringify(value) !== '[]')
  const chosen = changed.map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
  if (verbose) context.say(`${table}: ${rows} rows of ${studies} studies; ${chosen.join('; ')}.`)
  for (const { note, count, rows: keys } of notes)
    context.say(`${count} × ${note}: ${keys.join(', ')}${count > keys.length ? ' …' : ''}`)
  if (rows === 0)
    context.say(
      studies === 0 || verbose
        ? 'No rows.'
        : `No rows. Searched ${studies} ${studies === 1 ? 'study' : 'studies'} with ${chosen.join('; ')}.`,
    )
}
