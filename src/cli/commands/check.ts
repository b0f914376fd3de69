import { type Command, Option } from 'commander'
import { SEVERITIES, type Severity } from '../../checks/rule.ts'
import { tableOf } from '../../export/table.ts'
import type { CheckSummary } from '../../queries/check-rows.ts'
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
    if (options.rules) {
      const { checkRules, RULE_COLUMNS } = await import('../../queries/check-rules.ts')
      await putOut(context, tableOf(RULE_COLUMNS, checkRules()), options)
      return
    }
    const { CHECK_COLUMNS, together } = await import('../../queries/check-rows.ts')
    const { checkAndKeep } = await import('../../queries/check-and-keep.ts')
    const { checkReviews } = await import('../../queries/check-reviews.ts')
    const { checkStudies } = await import('../../queries/check-studies.ts')
    const { reviewSlugs, reviewsAmong } = await import('../../queries/review-selection.ts')
    const { studySlugs } = await import('../../queries/selection.ts')
    const progress = progressOf(context)
    const onStudy = () => progress.advance(1, 'studies checked')
    const { all, severity } = options
    const { rows, summary } = await (options.save ? useDatabase : askDatabase)(context, options.db, async (db) => {
      const named = await reviewsAmong(db, keys)
      const others = keys.filter((key) => !named.includes(key))
      // Keys of reviews alone mean no study, and keys of studies alone no review.
      const studies = named.length > 0 && others.length === 0 ? [] : await studySlugs(db, { studies: others })
      const reviews = others.length > 0 && named.length === 0 ? [] : await reviewSlugs(db, named)
      if (options.save) {
        const run = { version: versionOf(context.root), now: context.now }
        return checkAndKeep(db, { studies, reviews, all, severity }, run, onStudy)
      }
      return together([
        ...(studies.length === 0 ? [] : [await checkStudies(db, { studies, all, severity }, onStudy)]),
        ...(reviews.length === 0 ? [] : [await checkReviews(db, { reviews, all, severity })]),
      ])
    }).finally(progress.end)
    await putOut(context, tableOf(CHECK_COLUMNS, rows), options)
    context.say(inWords(summary, all))
    if (summary.error > 0) fail()
  })
}

function inWords({ studies, reviews, error, warning, note, notCheckable, waived }: CheckSummary, all: boolean): string {
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
