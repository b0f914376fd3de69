import type { Command } from 'commander'
import type { Context } from '../../context.ts'
import { choicesFrom, type ExtractionOptions, withChoices } from '../../extraction-options.ts'
import { type DatabaseOption, example, withDatabase } from '../../output.ts'
import { nothingToDraw, type PictureOptions, putPicture, requireFormat, withPicture } from '../../plot-options.ts'
import { askDatabase } from '../../with-database.ts'

type Options = PictureOptions & ExtractionOptions & DatabaseOption

export function plotSurvivalCommand(plot: Command, context: Context): void {
  const command = plot
    .command('survival')
    .summary('printed probabilities of survival')
    .description(
      'Draws the probabilities of being without an event that studies print, at their times, with their intervals, each outcome of each study by itself. Nothing is drawn between them.',
    )
    .argument('[study...]', 'keys of studies; all without any')
    .addHelpText('after', example('plot survival rosenberg-1993-il2-lak --out survival.svg'))
  withDatabase(withChoices(withPicture(command))).action((studies: string[], options: Options) =>
    plotSurvival(context, studies, options),
  )
}

async function plotSurvival(context: Context, studies: readonly string[], options: Options): Promise<void> {
  requireFormat(options.out)
  const [{ SURVIVAL }, { noteInWords }, { withLabels }, { survivalOf }, { survivalPlot }] = await Promise.all([
    import('../../../queries/extract-survival.ts'),
    import('../../../queries/extraction/notes.ts'),
    import('../../../queries/with-labels.ts'),
    import('../../../plots/survival/survival-panels.ts'),
    import('../../../plots/survival/survival-plot.ts'),
  ])
  const choices = { ...(studies.length > 0 && { studies }), ...choicesFrom(options) }
  const { rows, notes } = await askDatabase(context, options.db, async (db) => {
    const found = await SURVIVAL.extract(db, choices)
    return { rows: await withLabels(db, found), notes: found.metadata.notes }
  })
  for (const note of notes) context.say(noteInWords(note))
  if (rows.length === 0) throw nothingToDraw('no study prints a probability of survival')
  const data = survivalOf(rows, options.title)
  if (data.panels.length === 0) throw nothingToDraw('no probability of survival has a time in figures')
  for (const { label, outcome, group, time_months } of rows)
    if (time_months === null) context.say(`${label}: ${outcome}, ${group} is left out: its time is not one number.`)
  await putPicture(context, survivalPlot(data), options)
}
