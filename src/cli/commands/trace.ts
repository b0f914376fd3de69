import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { type OutputOptions, putOut, withDatabase, withOutput } from '../output.ts'
import { askDatabase } from '../with-database.ts'

export function traceCommand(program: Command, context: Context, fail: () => void): void {
  const command = program
    .command('trace')
    .summary('every number with its source')
    .description(
      'Shows where every stored value of a study was read: the exact words, their place, whether they stand there, give the\nvalue, and name its arm and time. Exit code 1 when one does not, when a formula no longer gives its value, or when a\nnumber has no source.',
    )
    .argument('<study>', "the study's key")
    .addHelpText('after', '\nExample:\n  evibase trace rosenberg-1993-il2-lak --format csv')
  withDatabase(withOutput(command)).action(async (study: string, options: OutputOptions & { db?: string }) => {
    const { FAILED_VERDICTS, TRACE_COLUMNS, traceStudy } = await import('../../queries/trace-study.ts')
    const { tableOf } = await import('../../export/table.ts')
    const rows = await askDatabase(context, options.db, (db) => traceStudy(db, study))
    await putOut(context, tableOf(TRACE_COLUMNS, rows), options)
    const failed = rows.filter(({ verdict }) => FAILED_VERDICTS.includes(verdict))
    if (failed.length > 0) {
      context.say(`${failed.length} of ${rows.length} sources failed; the column problem says why.`)
      fail()
    }
  })
}
