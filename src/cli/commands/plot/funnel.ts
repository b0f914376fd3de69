import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Context } from '../../context.ts'
import { example } from '../../output.ts'
import {
  type PlotOptions,
  poolingFrom,
  putPicture,
  requireEffects,
  requireFormat,
  tellLeftOut,
  withPlotOptions,
} from '../../plot-options.ts'
import { studiesToPool } from '../../studies-to-pool.ts'

interface Options extends PlotOptions {
  readonly contours?: readonly number[] | true
  readonly trimfill?: boolean
}

/** The regions that are shaded where nobody says which. */
const CONTOURS = [0.1, 0.05, 0.01] as const

export function plotFunnelCommand(plot: Command, context: Context): void {
  const command = plot
    .command('funnel')
    .summary('funnel plot')
    .description(
      'Draws each effect against its standard error, the pooled estimate, and the limits between which studies that share it would lie: of one result of each study of the database, or of the CSV file that pool reads.',
    )
    .addOption(
      new Option(
        '--contours [p values]',
        'shade where effects are significant, by two-sided p values; default: 0.1,0.05,0.01',
      ).argParser(contoursIn),
    )
    .option('--trimfill', 'hollow dots for studies that trim and fill adds')
    .addHelpText('after', example('plot funnel --from rows.csv --measure RR --contours --trimfill --out funnel.svg'))
  withPlotOptions(command).action((studies: string[], options: Options) => plotFunnel(context, studies, options))
}

async function plotFunnel(context: Context, named: readonly string[], options: Options): Promise<void> {
  requireFormat(options.out)
  const { rows } = await studiesToPool(context, named, { ...options, covariates: [] })
  const [{ funnelOfPool }, { funnelPlot }] = await Promise.all([
    import('../../../plots/funnel/funnel-of-pool.ts'),
    import('../../../plots/funnel/funnel-plot.ts'),
  ])
  const { contours } = options
  const { funnel, pool, filling } = funnelOfPool(rows, {
    measure: options.measure,
    options: poolingFrom(options),
    title: options.title,
    significance: contours === true ? CONTOURS : (contours ?? []),
    isFilled: options.trimfill === true,
  })
  requireEffects(pool)
  tellLeftOut(context, rows, pool)
  if (filling !== undefined) context.say(`Trim and fill: ${filling.reason}.`)
  await putPicture(context, funnelPlot(funnel), options)
}

/** Probabilities by commas, as falling numbers. */
function contoursIn(text: string): readonly number[] {
  const values = text.split(',').map(Number)
  if (values.every((value) => value > 0 && value < 1)) return [...new Set(values)].sort((a, b) => b - a)
  throw new InvalidArgumentError('Expected p values between 0 and 1 by commas, such as 0.1,0.05,0.01.')
}
