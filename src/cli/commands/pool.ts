import path from 'node:path'
import { type Command, Option } from 'commander'
import { EvidenceError } from '../../errors.ts'
import { isMissing, type Part } from '../../export/pool/parts.ts'
import { type Further, type FurtherAsked, type NamedStudy, poolFurther } from '../../export/pool/pool-further.ts'
import { type PoolRecord, poolRecord } from '../../export/pool/pool-record.ts'
import { furtherTables, poolTables } from '../../export/pool/pool-tables.ts'
import { textForest } from '../../export/pool/text-forest.ts'
import { TRIM_AND_FILL_ESTIMATORS } from '../../stats/diagnostics/trim-and-fill.ts'
import type { MeasureName } from '../../stats/effect-sizes/measures.ts'
import { POOLING_TESTS, type PoolingTest } from '../../stats/pooling/inverse-variance.ts'
import { backOf, POOL_METHODS, type PoolMethod, poolStudies } from '../../stats/pooling/pool-studies.ts'
import { tauSquaredInterval } from '../../stats/pooling/tau-squared-interval.ts'
import type { Context } from '../context.ts'
import { type EffectSizeOptions, effectSizesFrom, withEffectSizes } from '../effect-options.ts'
import { type ExtractionOptions, withChoices } from '../extraction-options.ts'
import {
  type DatabaseOption,
  example,
  type OutputOptions,
  putOut,
  withDatabase,
  withOutput,
  writeWhole,
} from '../output.ts'
import { fromOption, levelOption, measureOption, requireColumns, studiesToPool } from '../studies-to-pool.ts'

interface Options
  extends OutputOptions,
    EffectSizeOptions,
    ExtractionOptions,
    DatabaseOption,
    Omit<FurtherAsked, 'mods'> {
  readonly from?: string
  readonly measure: MeasureName
  readonly method: Chosen<PoolMethod>
  readonly test: Chosen<PoolingTest>
  readonly level: number
  readonly mods?: string
  readonly fit?: boolean
}

/** A pool, and what was asked beside it. */
interface Answer {
  readonly record: PoolRecord
  readonly further: Further
}

/** What a comma list chose; `isList` where there was a comma, so that the answer is a list too. */
interface Chosen<Name extends string> {
  readonly names: readonly Name[]
  readonly isList: boolean
}

export function poolCommand(program: Command, context: Context): void {
  const command = program
    .command('pool')
    .summary('meta-analysis')
    .description(
      "Pools one result of each study of the database, by the choices of extract; or by --from the studies of a CSV file whose columns have metafor's names: ai bi ci di or n1i n2i, m1i sd1i n1i m2i sd2i n2i, x1i t1i x2i t2i and so on, or yi with vi or sei.",
    )
    .argument('[study...]', 'keys of studies; all without any')
    .addOption(fromOption())
    .addOption(measureOption())
    .addOption(
      new Option('--method <names>', `how to pool: ${POOL_METHODS.join(', ')}; several by commas`)
        .argParser((text: string) => chosen('--method', text, POOL_METHODS))
        .default({ names: ['REML'], isList: false }, 'REML'),
    )
    .addOption(
      new Option('--test <names>', `how to test: ${POOLING_TESTS.join(', ')}; several by commas`)
        .argParser((text: string) => chosen('--test', text, POOLING_TESTS))
        .default({ names: ['z'], isList: false }, 'z'),
    )
    .addOption(levelOption())
    .option('--by <column>', 'subgroups by a covariate or column, each with its own pool, and whether they differ')
    .option(
      '--mods <columns>',
      'meta-regression on these covariates or columns, numbers or categories; several by commas',
    )
    .option('--leave1out', 'the pool without each study')
    .option('--cumulative [column]', 'the pool as studies came, in the order of a column of numbers, or of the file')
    .option('--influence', "residuals, DFFITS, Cook's distance and more of each study")
    .option('--egger', "Egger's test of funnel plot asymmetry")
    .option('--begg', "Begg and Mazumdar's rank test of it")
    .addOption(
      new Option('--trimfill [estimator]', 'trim and fill, by L0 or another estimator of how many studies are missing')
        .choices(TRIM_AND_FILL_ESTIMATORS)
        .preset('L0'),
    )
    .option('--fsn', 'fail-safe N by Rosenthal, Orwin and Rosenberg')
    .option('--fit', 'log-likelihood, deviance, AIC, BIC and AICc in a table of their own; JSON always has them')
    .addHelpText('after', example('pool --review colditz-1994-bcg --measure RR --method REML,MH --json'))
  withDatabase(withOutput(withChoices(withEffectSizes(command)))).action((studies: string[], options: Options) =>
    pool(context, studies, options),
  )
}

async function pool(context: Context, named: readonly string[], options: Options): Promise<void> {
  const columns = askedColumns(options)
  const found = await studiesToPool(context, named, { ...options, covariates: columns })
  requireColumns(found, columns, options.cumulative)
  const { rows } = found
  const answers = pairs(options).map(({ method, test }) => answerOf(rows, method, test, options))
  for (const words of new Set(answers.flatMap(missingIn))) context.say(words)
  const format = options.json ? 'json' : options.format
  if (format === 'json') {
    const objects = answers.map(({ record, further }) => ({ ...record, ...further }))
    const isList = options.method.isList || options.test.isList
    const text = `${JSON.stringify(isList ? objects : objects[0], null, 2)}\n`
    if (options.out === undefined) context.print(text)
    else writeWhole(path.resolve(context.cwd, options.out), text)
    return
  }
  const isRounded = format === 'table' || format === 'markdown'
  const { studies, pools } = poolTables(
    answers.map(({ record }) => record),
    { isRounded },
  )
  // On a terminal all is shown; a file, or what another program reads, has one table.
  const isShown = format === 'table' && options.out === undefined
  if (isShown) {
    await putOut(context, studies, options)
    const records = answers.map(({ record }) => record)
    context.print(textForest(records, { back: backOf(options.measure, rows), width: context.width }))
  }
  await putOut(context, pools, options)
  if (!isShown) return
  for (const { record, further } of answers)
    for (const { title, table } of furtherTables({ ...(options.fit && { fit: record.fit }), ...further })) {
      context.print(`${record.method}, ${record.test}: ${title}\n`)
      await putOut(context, table, options)
    }
}

const askedColumns = ({ by, mods, cumulative }: Options): string[] =>
  [by, ...(columnsIn(mods) ?? []), cumulative === true ? undefined : cumulative].flatMap((column) => column ?? [])

/** Columns in a comma list. */
const columnsIn = (text: string | undefined): readonly string[] | undefined =>
  text?.split(',').map((column) => column.trim())

/** So many studies are named for a reason; JSON has all of them. */
const NAMES_TOLD = 10

/** In words which studies are not in a pool or a part of its answer, and what it has no number for. */
const missingIn = ({ record: { method, reasons, studies }, further }: Answer): string[] => [
  ...told(
    studies.flatMap(({ study, weight, reason }) =>
      weight === null && reason !== undefined ? [{ study, reason }] : [],
    ),
    ({ study, reason }) => `${study} is left out: ${reason}.`,
  ),
  ...Object.entries(reasons).flatMap(([key, reason]) => (key === 'tau2_at_bound' ? [] : [`${method}: ${reason}.`])),
  ...Object.entries(further).flatMap(([key, part]) => (isMissing(part) ? [`${method}, ${key}: ${part.reason}.`] : [])),
  ...told(
    within(further.moderators, 'left_out'),
    ({ study, reason }) => `${study} is not in the regression: ${reason}.`,
  ),
  ...told(within(further, 'subgroups_left_out'), ({ study, reason }) => `${study} is in no subgroup: ${reason}.`),
  ...within(further.moderators, 'notes').map(({ note }) => `${note}.`),
]

/** The rows of a part of an answer. */
function within(part: object | undefined, key: string): readonly Part[] {
  const found: unknown = part === undefined ? undefined : Object.entries(part).find(([name]) => name === key)?.[1]
  return Array.isArray(found) ? found : []
}

function told<Row>(rows: readonly Row[], words: (row: Row) => string): string[] {
  const rest = rows.length - NAMES_TOLD
  return [...rows.slice(0, NAMES_TOLD).map(words), ...(rest > 0 ? [`So are ${rest} more; --json names them.`] : [])]
}

function answerOf(
  rows: readonly NamedStudy[],
  method: PoolMethod,
  test: PoolingTest,
  { mods, ...options }: Options,
): Answer {
  const { measure, level } = options
  const back = backOf(measure, rows)
  const asked = { method, test, level, ...effectSizesFrom(options) }
  const pooled = poolStudies(measure, rows, asked)
  const effects = pooled.studies.flatMap(({ effect }) => (effect.status === 'estimated' ? [effect] : []))
  const record = poolRecord(pooled, {
    measure,
    method,
    test,
    level,
    names: rows.map(({ study }) => study),
    about: rows.map(({ about }) => about),
    back,
    interval: tauSquaredInterval(effects, { level }),
  })
  return {
    record,
    further: poolFurther(rows, { ...options, mods: columnsIn(mods) }, { measure, options: asked, back }),
  }
}

/** Every method with every test that it has: Mantel–Haenszel and Peto are tested by z. */
function pairs({ method, test }: Options): { readonly method: PoolMethod; readonly test: PoolingTest }[] {
  return method.names.flatMap((one) => {
    const isCounts = one === 'MH' || one === 'Peto'
    if (isCounts && !test.names.includes('z'))
      throw new EvidenceError('USAGE', `${one} is tested by z alone; expected --test z, or another --method.`)
    return test.names.filter((name) => !isCounts || name === 'z').map((name) => ({ method: one, test: name }))
  })
}

/** Names in a comma list, whatever their case. */
function chosen<Name extends string>(option: string, text: string, names: readonly Name[]): Chosen<Name> {
  const asked = text.split(',').map((name) => name.trim())
  return {
    isList: asked.length > 1,
    names: asked.map((name) => {
      const found = names.find((one) => one.toLowerCase() === name.toLowerCase())
      if (found === undefined)
        throw new EvidenceError('USAGE', `${option} has no "${name}"; expected ${names.join(', ')}.`)
      return found
    }),
  }
}
