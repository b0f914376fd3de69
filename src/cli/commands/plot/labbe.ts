import type { Command } from 'commander'
import { EvidenceError } from '../../../errors.ts'
import type { Context } from '../../context.ts'
import { example } from '../../output.ts'
import {
  type GroupOptions,
  nothingToDraw,
  type PlotOptions,
  poolingFrom,
  putPicture,
  requireEffects,
  requireFormat,
  tellLeftOut,
  withGroupNames,
  withPlotOptions,
} from '../../plot-options.ts'
import { studiesToPool } from '../../studies-to-pool.ts'

type Options = PlotOptions & GroupOptions

export function plotLabbeCommand(plot: Command, context: Context): void {
  const command = plot
    .command('labbe')
    .summary("L'Abbé plot")
    .description(
      "Draws each study's risk or rate in the experimental group against that in the control group, the line on which they are the same, and what the pooled effect makes of each: of one result of each study of the database, or of the CSV file that pool reads.",
    )
    .addHelpText('after', example('plot labbe --review colditz-1994-bcg --measure RR --out labbe.svg'))
  withPlotOptions(withGroupNames(command)).action((studies: string[], options: Options) =>
    plotLabbe(context, studies, options),
  )
}

async function plotLabbe(context: Context, named: readonly string[], options: Options): Promise<void> {
  requireFormat(options.out)
  const [{ isLabbeMeasure, LABBE_MEASURES, labbeOfPool }, { labbePlot }] = await Promise.all([
    import('../../../plots/labbe/labbe-of-pool.ts'),
    import('../../../plots/labbe/labbe-plot.ts'),
  ])
  const { measure, experimental, control, title } = options
  if (!isLabbeMeasure(measure))
    throw new EvidenceError(
      'USAGE',
      `--measure ${measure} is not made of two risks or rates; expected one of ${LABBE_MEASURES.join(', ')}.`,
    )
  const { rows } = await studiesToPool(context, named, { ...options, covariates: [] })
  const names = { experimental, control }
  const { labbe, pool } = labbeOfPool(rows, { measure, options: poolingFrom(options), names, title })
  requireEffects(pool)
  if (labbe.studies.length === 0)
    throw nothingToDraw('each study gives its effect alone; expected the events and totals or times of both groups')
  tellLeftOut(context, rows, pool)
  await putPicture(context, labbePlot(labbe), options)
}
