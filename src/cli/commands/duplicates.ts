import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { type DatabaseOption, example, type OutputOptions, putOut, withDatabase, withOutput } from '../output.ts'
import { askDatabase, useDatabase } from '../with-database.ts'

interface DuplicatesOptions extends OutputOptions, DatabaseOption {
  readonly merged?: boolean
  readonly min: number
}

interface DecisionOptions extends DatabaseOption {
  readonly because: string
}

/** Two titles and years alone, in a publication without pages, make 0.8. */
const LEAST = 0.75

export function duplicatesCommand(program: Command, context: Context): void {
  const command = program
    .command('duplicates')
    .summary('what may be the same publication or study, and what was taken for it')
    .description(
      'Prints publications and studies that may be the same as another one, with what they have in common and a score: 0.5\nfor the title, 0.2 for the year, 0.3 for the first page. An import makes one of two only where a PMID, a DOI or a PMCID\nis the same, or title, year and first page all are; --merged shows each such decision with its reason. `merge` and\n`separate` are for people to decide the rest, and to undo.',
    )
    .option('--merged', 'instead, the records of publications that several records describe, and why')
    .option('--min <score>', 'the least score that is shown, 0 to 1', Number, LEAST)
    .addHelpText('after', example('duplicates --format csv'))
  withDatabase(withOutput(command)).action(async (options: DuplicatesOptions) => {
    const { DUPLICATE_COLUMNS, duplicates, MERGED_COLUMNS, mergedRecords } = await import('../../queries/duplicates.ts')
    const { tableOf } = await import('../../export/table.ts')
    const table = await askDatabase(context, options.db, async (db) =>
      options.merged
        ? tableOf(MERGED_COLUMNS, await mergedRecords(db))
        : tableOf(DUPLICATE_COLUMNS, await duplicates(db, options.min)),
    )
    await putOut(context, table, options)
  })
  mergeCommand(command, context)
  separateCommand(command, context)
}

function mergeCommand(duplicates: Command, context: Context): void {
  const command = duplicates
    .command('merge')
    .summary('make one publication of two')
    .description(
      'Makes one publication of two that are the same. One that a study’s or review’s file describes stays as that says and\ntakes the other’s records; otherwise it is what all their records say together. `separate` undoes it.',
    )
    .argument('<publication>', 'a key, such as pmid-8468720')
    .argument('<other>', 'the key of what is the same')
    .requiredOption('--because <words>', 'why; it is kept with the records')
    .addHelpText(
      'after',
      example('duplicates merge pmid-8468720 ris:3f2a --because "same trial, same pages, title in French"'),
    )
  withDatabase(command).action(async (keep: string, other: string, { db, because }: DecisionOptions) => {
    const { mergePublications } = await import('../../db/imports/merge-publications.ts')
    const { readAgain } = await import('../../import/record-formats.ts')
    const key = await useDatabase(context, db, (base) => mergePublications(base, keep, other, because, readAgain))
    context.say(`${keep} and ${other} are one publication now, ${key}.`)
  })
}

function separateCommand(duplicates: Command, context: Context): void {
  const command = duplicates
    .command('separate')
    .summary('take records out of a publication')
    .description(
      'Takes records out of the publication that they were taken for: together they make one of their own. Numbers that the\nrest of it has stay with that. `merge` undoes it.',
    )
    .argument('<record...>', 'keys as `duplicates --merged` shows them')
    .requiredOption('--because <words>', 'why; it is kept with the records')
    .addHelpText('after', example('duplicates separate ris:3f2a --because "a conference abstract of the same title"'))
  withDatabase(command).action(async (records: string[], { db, because }: DecisionOptions) => {
    const { separateRecords } = await import('../../db/imports/merge-publications.ts')
    const { readAgain } = await import('../../import/record-formats.ts')
    const key = await useDatabase(context, db, (base) => separateRecords(base, records, because, readAgain))
    context.say(`${records.join(', ')}: a publication of ${records.length === 1 ? 'its' : 'their'} own now, ${key}.`)
  })
}
