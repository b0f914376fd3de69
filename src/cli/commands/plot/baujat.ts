import type { Command } from 'commander'
import type { Context } from '../../context.ts'
import { example } from '../../output.ts'
import {
  nothingToDraw,
  type PlotOptions,
  poolingFrom,
  putPicture,
  requireEffects,
  requireFormat,
  tellLeftOut,
  withPlotOptions,
} from '../../plot-options.ts'
import { studiesToPool } from '../../studies-to-pool.ts'

export function plotBaujatCommand(plot: Command, context: Context): void {
  const command = plot
    .command('baujat')
    .summary('Baujat plot')
    .description(
      'Draws what each study adds to heterogeneity against what it does to the pooled estimate: of one result of each study of the database, or of the CSV file that pool reads.',
    )
    .addHelpText('after', example('plot baujat --review colditz-1994-bcg --measure RR --out baujat.svg'))
  withPlotOptions(command).action((studies: string[], options: PlotOptions) => plotBaujat(context, studies, options))
}

async function plotBaujat(context: Context, named: readonly string[], options: PlotOptions): Promise<void> {
  requireFormat(options.out)
  const { rows } = await studiesToPool(context, named, { ...options, covariates: [] })
  const [{ baujatOfPool }, { baujatPlot }] = await Promise.all([
    import('../../../plots/baujat/baujat-of-pool.ts'),
    import('../../../plots/baujat/baujat-plot.ts'),
  ])
  const { measure, title } = options
  const { baujat, pool, missing } = baujatOfPool(rows, { measure, options: poolingFrom(options), title })
  requireEffects(pool)
  if (missing !== undefined)
    throw nothingToDraw(`what a study does is seen by leaving it out, and then ${missing.reason}`)
  tellLeftOut(context, rows, pool)
  await putPicture(context, baujatPlot(baujat), options)
}
