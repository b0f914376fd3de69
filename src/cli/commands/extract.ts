import { Argument, type Command } from 'commander'
import type { Extraction } from '../../queries/extraction/extraction.ts'
import { EXTRACTIONS, type ExtractionName } from '../../queries/extractions.ts'
import type { Context } from '../context.ts'
import { withChoices } from '../extraction-options.ts'
import { withDatabase, withOutput } from '../output.ts'
import { type PutOptions, putExtraction, withExplanations } from '../put-extraction.ts'

export function extractCommand(program: Command, context: Context): void {
  const names = Object.keys(EXTRACTIONS)
  const list = Object.entries(EXTRACTIONS).map(([name, { about }]) => `  ${name.padEnd(17)}${about}`)
  const command = program
    .command('extract')
    .summary('the tables of a review')
    .description('Prints a table of a review, from all studies or those that are named.')
    .addArgument(new Argument('<table>', 'which table').choices(names))
    .argument('[study...]', 'keys of studies; all without any')
    .addHelpText(
      'after',
      `\nOne row per, in each table:\n${list.join('\n')}\n\nExample:\n  evibase extract dichotomous rosenberg-1993-il2-lak --format csv --out tables.csv`,
    )
  withDatabase(withOutput(withChoices(withExplanations(command)))).action(
    async (name: ExtractionName, studies: string[], options: PutOptions) => {
      const extraction: Extraction = await EXTRACTIONS[name].load()
      await putExtraction(context, extraction, studies, options)
    },
  )
}
