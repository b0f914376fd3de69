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
    .summary('does every study and review agree with itself')
    .description(
      'Checks studies against themselves: sums, percentages, p values, intervals, survival and more; and reviews against\ntheir studies. Exit code 1 when there is an error that no waiver of the study file lets stand.',
    )
    .argument('[key...]', 'keys of studies and reviews; all without any')
    .addOption(new Option('--severity <severity>', 'the least severity to show').choices(SEVERITIES).default('note'))
    .option('--all', 'with what is not checkable, and why', false)
    .option('--save', 'keep what is shown in the tables check_run and finding', false)
    .option('--rules', 'explain the rules instead', false)
    .addHelpText('after', example('check rosenberg-1993-il2-lak --severity warning --format csv'))
  withDatabase(withOutput(command)).action(async (keys: string[], options: CheckOptions) => {
    const { CHECK_COLUMNS, checkAndKeep, checkRules, checkStudies, RULE_COLUMNS } = await import(
      '../../queries/check-studies.ts'
    )
    if (options.rules) {
      await putOut(context, tableOf(RULE_COLUMNS, checkRules()), options)
      return
    }
    const progress = progressOf(context)
    const onStudy = () => progress.advance(1, 'studies checked')
    const run = { version: versionOf(context.root), now: context.now }
    const { checkReviews } = await import('../../queries/check-reviews.ts')
    const { reviewsAmong } = await import('../../queries/review-selection.ts')
    const found = await (options.save ? useDatabase : askDatabase)(context, options.db, async (db) => {
      const named = await reviewsAmong(db, keys)
      const studies = keys.filter((key) => !named.includes(key))
      const selection: CheckSelection = { studies, all: options.all, severity: options.severity }
      const none = { rows: [], summary: undefined }
      // Keys of reviews alone mean no study, and keys of studies alone no review.
      const ofStudies =
        keys.length > 0 && studies.length === 0
          ? none
          : await (options.save ? checkAndKeep(db, selection, run, onStudy) : checkStudies(db, selection, onStudy))
      const ofReviews =
        keys.length > 0 && named.length === 0
          ? none
          : await checkReviews(db, { reviews: named, severity: options.severity })
      return [ofStudies, ofReviews]
    }).finally(progress.end)
    const rows = found.flatMap((part) => part.rows)
    const summary = together(found.flatMap((part) => part.summary ?? []))
    await putOut(context, tableOf(CHECK_COLUMNS, rows), options)
    context.say(inWords(summary, options.all))
    if (summary.error > 0) fail()
  })
}

type Summary = CheckSummary & { readonly reviews?: number }

const together = (summaries: readonly Summary[]): Required<Summary> => {
  const sum = (name: keyof Summary) => summaries.reduce((all, summary) => all + (summary[name] ?? 0), 0)
  return {
    studies: sum('studies'),
    reviews: sum('reviews'),
    error: sum('error'),
    warning: sum('warning'),
    note: sum('note'),
    notCheckable: sum('notCheckable'),
    waived: sum('waived'),
  }
}

function inWords(
  { studies, reviews, error, warning, note, notCheckable, waived }: Required<Summary>,
  all: boolean,
): string {
  const many = (count: number, one: string, more: string) => `${count} ${count === 1 ? one : more}`
  return [
    [
      ...(studies > 0 || reviews === 0 ? [many(studies, 'study', 'studies')] : []),
      ...(reviews > 0 ? [many(reviews, 'review', 'reviews')] : []),
    ].join(' and '),
    `: ${many(error, 'error', 'errors')}, ${many(warning, 'warning', 'warnings')}, ${many(note, 'note', 'notes')}`,
    waived > 0 ? `, ${waived} waived` : '',
    `; ${notCheckable} not checkable${notCheckable > 0 && !all ? ' (--all shows them)' : ''}.`,
  ].join('')
}
