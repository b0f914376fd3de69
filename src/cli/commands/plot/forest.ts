import type { Command } from 'commander'
import { EvidenceError } from '../../../errors.ts'
import type { StudyRow } from '../../../import/effect-rows/read-effect-rows.ts'
import type { Data } from '../../../stats/effect-sizes/measure.ts'
import { MEASURES } from '../../../stats/effect-sizes/measures.ts'
import type { Context } from '../../context.ts'
import { example } from '../../output.ts'
import {
  boundsOf,
  type PlotOptions,
  poolingFrom,
  putPicture,
  requireSvg,
  studiesIn,
  tellLeftOut,
  withPlotOptions,
} from '../../plot-options.ts'

interface Options extends PlotOptions {
  readonly by?: string
  readonly experimental: string
  readonly control: string
  readonly favoursLeft?: string
  readonly favoursRight?: string
  readonly xlim?: readonly [number, number]
}

export function plotForestCommand(plot: Command, context: Context): void {
  const command = plot
    .command('forest')
    .summary('forest plot')
    .description(
      'Draws each study with its data, box, interval, estimate and weight, a diamond for what they say together, the prediction interval, and how they differ. It reads the CSV file that pool reads.',
    )
    .option('--by <column>', 'subgroups, each with a diamond of its own')
    .option('--experimental <name>', 'what the first group is called', 'Experimental')
    .option('--control <name>', 'what the second group is called', 'Control')
    .option('--favours-left <words>', 'what it means to lie left of no effect, such as "Favours control"')
    .option('--favours-right <words>', 'the same to the right')
    .option('--xlim <low,high>', 'where the axis begins and ends; what goes on beyond gets arrows', boundsOf)
    .addHelpText('after', example('plot forest --from rows.csv --measure RR --method REML --out forest.svg'))
  withPlotOptions(command).action((options: Options) => plotForest(context, options))
}

async function plotForest(context: Context, options: Options): Promise<void> {
  const { measure, by, xlim, favoursLeft: left = '', favoursRight: right = '' } = options
  requireSvg(options.out)
  if (xlim !== undefined && MEASURES[measure].scale === 'log' && xlim[0] <= 0)
    throw new EvidenceError(
      'USAGE',
      `--xlim can't begin at ${xlim[0]} for ${measure}, a ratio; expected a number above 0.`,
    )
  const rows = await studiesIn(context, options)
  requireColumn(rows, by, options.from)
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
    levelOf: by === undefined ? undefined : ({ cells }) => cells.get(by) ?? '',
  })
  tellLeftOut(context, rows, pool)
  await putPicture(context, forestPlot(forest), options.out)
}

function requireColumn(rows: readonly StudyRow<Data>[], column: string | undefined, from: string): void {
  const columns = [...(rows[0]?.cells.keys() ?? [])]
  if (column !== undefined && rows.length > 0 && !columns.includes(column))
    throw new EvidenceError('USAGE', `${from} has no column "${column}"; it has ${columns.join(', ')}.`)
}
