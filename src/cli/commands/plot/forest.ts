import { type Command, Option } from 'commander'
import { EvidenceError } from '../../../errors.ts'
import type { NamedStudy } from '../../../export/pool/pool-further.ts'
import type { Series } from '../../../plots/forest/series.ts'
import { MEASURES } from '../../../stats/effect-sizes/measures.ts'
import type { Context } from '../../context.ts'
import { example } from '../../output.ts'
import {
  boundsOf,
  type GroupOptions,
  type PlotOptions,
  poolingFrom,
  putPicture,
  requireEffects,
  requireFormat,
  tellLeftOut,
  withGroupNames,
  withPlotOptions,
} from '../../plot-options.ts'
import { requireColumns, studiesToPool } from '../../studies-to-pool.ts'

interface Options extends PlotOptions, GroupOptions {
  readonly by?: string
  readonly leave1out?: boolean
  /** The column by whose numbers studies are ordered, or true for the order of the file. */
  readonly cumulative?: string | true
  readonly favoursLeft?: string
  readonly favoursRight?: string
  readonly xlim?: readonly [number, number]
}

export function plotForestCommand(plot: Command, context: Context): void {
  const command = plot
    .command('forest')
    .summary('forest plot')
    .description(
      'Draws each study with its data, box, interval, estimate and weight, a diamond for what they say together, the prediction interval, and how they differ: of one result of each study of the database, or of the CSV file that pool reads.',
    )
    .option('--by <column>', 'subgroups, each with a diamond of its own')
    .addOption(
      new Option('--leave1out', 'the pool without each study, in place of studies').conflicts(['by', 'cumulative']),
    )
    .addOption(
      new Option(
        '--cumulative [column]',
        'the pool as studies came, in the order of a column of numbers, or of the file',
      ).conflicts('by'),
    )
    .option('--favours-left <words>', 'what it means to lie left of no effect, such as "Favours control"')
    .option('--favours-right <words>', 'the same to the right')
    .option('--xlim <low,high>', 'where the axis begins and ends; what goes on beyond gets arrows', boundsOf)
    .addHelpText('after', example('plot forest --review colditz-1994-bcg --measure RR --out forest.svg'))
  withPlotOptions(withGroupNames(command)).action((studies: string[], options: Options) =>
    plotForest(context, studies, options),
  )
}

async function plotForest(context: Context, named: readonly string[], options: Options): Promise<void> {
  const { measure, by, cumulative, xlim, favoursLeft: left = '', favoursRight: right = '' } = options
  requireFormat(options.out)
  if (xlim !== undefined && MEASURES[measure].scale === 'log' && xlim[0] <= 0)
    throw new EvidenceError(
      'USAGE',
      `--xlim can't begin at ${xlim[0]} for ${measure}, a ratio; expected a number above 0.`,
    )
  const columns = [by, cumulative === true ? undefined : cumulative].flatMap((column) => column ?? [])
  const found = await studiesToPool(context, named, { ...options, covariates: columns })
  requireColumns(found, columns, cumulative)
  const { rows } = found
  const [{ forestOfPool }, { forestPlot }] = await Promise.all([
    import('../../../plots/forest/forest-of-pool.ts'),
    import('../../../plots/forest/forest-plot.ts'),
  ])
  const { forest, pool } = forestOfPool(rows, {
    measure,
    options: poolingFrom(options),
    names: { experimental: options.experimental, control: options.control },
    title: options.title,
    favours: left === '' && right === '' ? undefined : { left, right },
    bounds: xlim,
    series: seriesOf(options),
    levelOf: by === undefined ? undefined : ({ cells }) => cells.get(by) ?? '',
  })
  requireEffects(pool)
  tellLeftOut(context, rows, pool)
  await putPicture(context, forestPlot(forest), options)
}

function seriesOf({ leave1out, cumulative }: Options): Series<NamedStudy> | undefined {
  if (leave1out) return { kind: 'leave1out' }
  if (cumulative === undefined) return undefined
  return { kind: 'cumulative', by: ({ cells }) => (cumulative === true ? 0 : Number(cells.get(cumulative))) }
}
