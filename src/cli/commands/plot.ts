import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { example } from '../output.ts'
import { plotBaujatCommand } from './plot/baujat.ts'
import { plotForestCommand } from './plot/forest.ts'
import { plotFunnelCommand } from './plot/funnel.ts'
import { plotLabbeCommand } from './plot/labbe.ts'
import { plotRobSummaryCommand, plotTrafficLightCommand } from './plot/risk-of-bias.ts'
import { plotSurvivalCommand } from './plot/survival.ts'

export function plotCommand(program: Command, context: Context): void {
  const command = program
    .command('plot')
    .summary('pictures of studies and meta-analyses')
    .description('Draws pictures as journals print them, as SVG, PNG or PDF.')
    .addHelpText('after', example('plot forest --from rows.csv --measure RR --out forest.svg'))
    .helpCommand(false)
  plotForestCommand(command, context)
  plotFunnelCommand(command, context)
  plotLabbeCommand(command, context)
  plotBaujatCommand(command, context)
  plotTrafficLightCommand(command, context)
  plotRobSummaryCommand(command, context)
  plotSurvivalCommand(command, context)
}
