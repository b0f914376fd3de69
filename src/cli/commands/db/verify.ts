import type { Command } from 'commander'
import type { RecordReaders } from '../../../db/imports/verify-records.ts'
import { tableOf } from '../../../export/table.ts'
import type { Context } from '../../context.ts'
import { type DatabaseOption, example, type OutputOptions, putOut, withDatabase, withOutput } from '../../output.ts'
import { progressOf } from '../../progress.ts'
import { useDatabase } from '../../with-database.ts'

export function verifyCommand(db: Command, context: Context, fail: () => void): void {
  const command = db
    .command('verify')
    .summary('is the database sound, how much is in it, are all words where they should be')
    .description(
      'Looks at the whole database: can it be read, does every row keep the rules, does every key point at a row, how much does each table hold, and are the words of every source where they should be; with --records also, do the rows of imports stand as their kept records say. Exit code 1 when something is wrong.',
    )
    .option('--records', 'also read the kept records of imports again, and compare')
    .addHelpText('after', example('db verify --format csv'))
  withOutput(withDatabase(command)).action(
    async (options: DatabaseOption & OutputOptions & { readonly records?: boolean }) => {
      const { VERIFY_COLUMNS, verifyEvidenceBase } = await import('../../../queries/verify-evidence-base.ts')
      const readers = options.records ? await recordReaders() : undefined
      const progress = progressOf(context)
      const rows = await useDatabase(context, options.db, (client) =>
        verifyEvidenceBase(
          client,
          ({ checked }) => progress.advance(checked ?? 0, 'rows and sources looked at'),
          readers,
        ),
      ).finally(progress.end)
      await putOut(context, tableOf(VERIFY_COLUMNS, rows), options)
      const wrong = rows.filter(({ problems }) => (problems ?? 0) > 0)
      if (wrong.length === 0) {
        context.say('Everything is as it should be.')
        return
      }
      const problems = wrong.reduce((sum, row) => sum + (row.problems ?? 0), 0)
      context.say(`${problems} ${problems === 1 ? 'problem was' : 'problems were'} found, first: ${wrong[0]?.detail}.`)
      if (wrong.some(({ of }) => of === 'text_index'))
        context.say('Make the full-text index anew with `evibase db reindex`.')
      fail()
    },
  )
}

async function recordReaders(): Promise<RecordReaders> {
  const { formatOfRecords, readAgain } = await import('../../../import/record-formats.ts')
  return { readAgain, readBy: (format) => formatOfRecords(format).readBy }
}
