import { type Command, Option } from 'commander'
import { SEVERITIES, type Severity } from '../../checks/rule.ts'
import { tableOf } from '../../export/table.ts'
import type { CheckSelection, CheckSummary } from '../../queries/check-studies.ts'
import type { Context } from '../context.ts'
import { type DatabaseOption, example, type OutputOptions, putOut, withDatabase, withOutput } from '../output.ts'
import { progressOf } from '../progress.ts'
import { versionOf } from '../version.ts'
import { askDatabase, useDatabase } from '../with-database.ts'

interface CheckOptions extends OutputOptions, DatabaseOption {
  readonly severity: Severity
  readonly all: boolean
  readonly save: boolean
  readonly rules: boolean
}

export function checkCommand(program: Command, context: Context, fail: () => void): void {
  const command = program
    .command('check')
    .summary('does every study agree with itself')
    .description(
      'Checks studies against themselves: sums, percentages, p values, intervals, survival and more. Exit code 1 when there\nis an error that no waiver of the study file lets stand.',
    )
    .argument('[study...]', 'keys of studies; all without any')
    .addOption(new Option('--severity <severity>', 'the least severity to show').choices(SEVERITIES).default('note'))
    .option('--all', 'with what is not checkable, and why', false)
    .option('--save', 'keep what is shown in the tables check_run and finding', false)
    .option('--rules', 'explain the rules instead', false)
    .addHelpText('after', example('check rosenberg-1993-il2-lak --severity warning --format csv'))
  withDatabase(withOutput(command)).action(async (studies: string[], options: CheckOptions) => {
    const { CHECK_COLUMNS, checkAndKeep, checkRules, checkStudies, RULE_COLUMNS } = await import(
      '../../queries/check-studies.ts'
    )
    if (options.rules) {
      await putOut(context, tableOf(RULE_COLUMNS, checkRules()), options)
      return
    }
    const selection: CheckSelection = { studies, all: options.all, severity: options.severity }
    const progress = progressOf(context)
    const onStudy = () => progress.advance(1, 'studies checked')
    const run = { version: versionOf(context.root), now: context.now }
    const { rows, summary } = await (options.save
      ? useDatabase(context, options.db, (db) => checkAndKeep(db, selection, run, onStudy))
      : askDatabase(context, options.db, (db) => checkStudies(db, selection, onStudy))
    ).finally(progress.end)
    await putOut(context, tableOf(CHECK_COLUMNS, rows), options)
    context.say(inWords(summary, options.all))
    if (summary.error > 0) fail()
  })
}

function inWords({ studies, error, warning, note, notCheckable, waived }: CheckSummary, all: boolean): string {
  const many = (count: number, one: string, more: string) => `${count} ${count === 1 ? one : more}`
  return [
    `${many(studies, 'study', 'studies')}: ${many(error, 'error', 'errors')}, ${many(warning, 'warning', 'warnings')}, ${many(note, 'note', 'notes')}`,
    waived > 0 ? `, ${waived} waived` : '',
    `; ${notCheckable} not checkable${notCheckable > 0 && !all ? ' (--all shows them)' : ''}.`,
  ].join('')
}
