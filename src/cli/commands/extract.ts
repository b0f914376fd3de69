import { Argument, type Command } from 'commander'
import type { Database } from '../../db/connect.ts'
import type { Cell, Table } from '../../export/table.ts'
import type { Context } from '../context.ts'
import { type OutputOptions, putOut, withDatabase, withOutput } from '../output.ts'
import { askDatabase } from '../with-database.ts'

interface Query {
  /** What one row is. */
  readonly about: string
  /** Columns and rows; loaded when asked for, so that help is quick. */
  readonly load: () => Promise<{
    readonly columns: Readonly<Record<string, string>>
    readonly run: (
      db: Database,
      selection: { studies: readonly string[]; derived: boolean },
    ) => Promise<readonly object[]>
  }>
}

/** The tables of a review, by the name that the command line gives them. */
const EXTRACTIONS: Readonly<Record<string, Query>> = {
  characteristics: {
    about: 'one row per study: design, size, arms, follow-up …',
    load: async () => {
      const query = await import('../../queries/extract-characteristics.ts')
      return { columns: query.CHARACTERISTICS_COLUMNS, run: query.extractCharacteristics }
    },
  },
  arms: {
    about: 'one row per arm and analysis set',
    load: async () => {
      const query = await import('../../queries/extract-arms.ts')
      return { columns: query.ARM_COLUMNS, run: query.extractArms }
    },
  },
  dichotomous: {
    about: 'one row per 2×2 table, with metafor’s names',
    load: async () => {
      const query = await import('../../queries/extract-dichotomous.ts')
      return { columns: query.DICHOTOMOUS_COLUMNS, run: query.extractDichotomous }
    },
  },
  survival: {
    about: 'one row per probability of a time-to-event outcome',
    load: async () => {
      const query = await import('../../queries/extract-survival.ts')
      return { columns: query.SURVIVAL_COLUMNS, run: query.extractSurvival }
    },
  },
  analyses: {
    about: 'one row per estimate, p value or finding in words',
    load: async () => {
      const query = await import('../../queries/extract-analyses.ts')
      return { columns: query.ANALYSIS_COLUMNS, run: query.extractAnalyses }
    },
  },
  'adverse-events': {
    about: 'one row per harm and group',
    load: async () => {
      const query = await import('../../queries/extract-adverse-events.ts')
      return { columns: query.ADVERSE_EVENT_COLUMNS, run: query.extractAdverseEvents }
    },
  },
  'risk-of-bias': {
    about: 'one row per judgement of a domain, for a study or a result',
    load: async () => {
      const query = await import('../../queries/extract-risk-of-bias.ts')
      return { columns: query.RISK_OF_BIAS_COLUMNS, run: query.extractRiskOfBias }
    },
  },
  'review-studies': {
    about: 'one row per study that a review looked at',
    load: async () => {
      const query = await import('../../queries/extract-review-studies.ts')
      return { columns: query.REVIEW_STUDY_COLUMNS, run: query.extractReviewStudies }
    },
  },
  corrections: {
    about: 'one row per value that its publication corrected, with the value before',
    load: async () => {
      const query = await import('../../queries/extract-corrections.ts')
      return { columns: query.CORRECTION_COLUMNS, run: query.extractCorrections }
    },
  },
  evidence: {
    about: 'one row per number or finding, with its source',
    load: async () => {
      const query = await import('../../queries/extract-evidence.ts')
      return { columns: query.EVIDENCE_COLUMNS, run: query.extractEvidence }
    },
  },
}

export function extractCommand(program: Command, context: Context): void {
  const names = Object.keys(EXTRACTIONS)
  const list = Object.entries(EXTRACTIONS).map(([name, { about }]) => `  ${name.padEnd(17)}${about}`)
  const command = program
    .command('extract')
    .summary('the tables of a review')
    .description('Prints a table of a review, from all studies or those that are named.')
    .addArgument(new Argument('<table>', 'which table').choices(names))
    .argument('[study...]', 'keys of studies; all without any')
    .option('--derived', 'with what our own formulas made out of reported numbers', false)
    .option('--columns', 'explain the columns instead')
    .addHelpText(
      'after',
      `\nTables:\n${list.join('\n')}\n\nExample:\n  evibase extract dichotomous rosenberg-1993-il2-lak --format csv --out tables.csv`,
    )
  withDatabase(withOutput(command)).action(
    async (
      name: string,
      studies: string[],
      options: OutputOptions & { db?: string; derived: boolean; columns?: boolean },
    ) => {
      const query = await (EXTRACTIONS[name] as Query).load()
      const columns = Object.keys(query.columns)
      if (options.columns) {
        const rows = Object.entries(query.columns).map(([column, meaning]) => ({ column, meaning }))
        await putOut(context, { columns: ['column', 'meaning'], rows }, options)
        return
      }
      const rows = await askDatabase(context, options.db, (db) => query.run(db, { studies, derived: options.derived }))
      await putOut(context, { columns, rows: rows as Record<string, Cell>[] } satisfies Table, options)
    },
  )
}
