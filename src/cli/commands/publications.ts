import { type Command, Option } from 'commander'
import { REPORT_ROLES, type ReportRole } from '../../model/reports-of-studies.ts'
import type { Context } from '../context.ts'
import { type DatabaseOption, example, type OutputOptions, putOut, withDatabase, withOutput } from '../output.ts'
import { askDatabase, useDatabase } from '../with-database.ts'

interface PublicationsOptions extends OutputOptions, DatabaseOption {
  readonly open?: boolean
}

interface DecisionOptions extends DatabaseOption {
  readonly because: string
}

export function publicationsCommand(program: Command, context: Context): void {
  const command = program
    .command('publications')
    .summary('which publications report which study, and how that is known')
    .description(
      'Prints the publications of studies. A publication whose records name the number of a study (NCT00067236), or that\nthe record of a study names as a result, reports that study; one that several trials are tied to, or that is\nindexed as a review, is left to people, with the reason. `tie` and `untie` are for people to decide, and to undo.',
    )
    .argument('[study...]', 'keys; all studies where none is given')
    .option('--open', 'only what is left to people')
    .addHelpText('after', example('publications NCT00067236 --format csv'))
  withDatabase(withOutput(command)).action(async (studies: string[], options: PublicationsOptions) => {
    const { REPORT_COLUMNS, reportsOfStudies } = await import('../../queries/reports-of-studies.ts')
    const { tableOf } = await import('../../export/table.ts')
    const open = options.open ?? false
    const rows = await askDatabase(context, options.db, (db) => reportsOfStudies(db, { studies, open }))
    await putOut(context, tableOf(REPORT_COLUMNS, rows), options)
  })
  tieCommand(command, context)
  untieCommand(command, context)
}

function tieCommand(publications: Command, context: Context): void {
  const command = publications
    .command('tie')
    .summary('a publication reports a study')
    .description(
      'Keeps that a publication reports a study, whatever numbers say, and what it is to it. `untie` undoes it.',
    )
    .argument('<study>', "the study's key")
    .argument('<publication>', 'its key, such as pmid-8468720')
    .addOption(new Option('--role <role>', 'what it is to the study').choices(REPORT_ROLES).default('not_stated'))
    .requiredOption('--because <words>', 'why; it is kept')
    .addHelpText(
      'after',
      example('publications tie NCT00067236 pmid-8468720 --role primary --because "its main report"'),
    )
  withDatabase(command).action(
    async (
      study: string,
      publication: string,
      { db, because, role }: DecisionOptions & { readonly role: ReportRole },
    ) => {
      const { decideReport } = await import('../../db/reports/decide-report.ts')
      const decision = { reports: true, role } as const
      await useDatabase(context, db, (base) => decideReport(base, study, publication, decision, because))
      context.say(`${publication} reports ${study}.`)
    },
  )
}

function untieCommand(publications: Command, context: Context): void {
  const command = publications
    .command('untie')
    .summary('a publication does not report a study')
    .description('Keeps that a publication does not report a study, whatever numbers say. `tie` undoes it.')
    .argument('<study>', "the study's key")
    .argument('<publication>', 'its key, such as pmid-8468720')
    .requiredOption('--because <words>', 'why; it is kept')
    .addHelpText('after', example('publications untie NCT00067236 pmid-8468720 --because "it only cites the trial"'))
  withDatabase(command).action(async (study: string, publication: string, { db, because }: DecisionOptions) => {
    const { decideReport } = await import('../../db/reports/decide-report.ts')
    await useDatabase(context, db, (base) => decideReport(base, study, publication, { reports: false }, because))
    context.say(`${publication} does not report ${study}.`)
  })
}
