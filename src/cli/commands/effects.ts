import { type Command, Option } from 'commander'
import { EvidenceError } from '../../errors.ts'
import { MEASURES, type MeasureName } from '../../stats/effect-sizes/measures.ts'
import type { Context } from '../context.ts'
import { type EffectSizeOptions, effectSizesFrom, numberOf, withEffectSizes } from '../effect-options.ts'
import { withChoices } from '../extraction-options.ts'
import { example, putOut, withDatabase, withOutput } from '../output.ts'
import { type PutOptions, putExtraction, withExplanations } from '../put-extraction.ts'

type Options = PutOptions &
  EffectSizeOptions & {
    readonly measure?: MeasureName
    readonly level?: number
    readonly list?: boolean
  }

/** What a reader compares; programs get all of them by csv or json. */
const DIGITS = 5

export function effectsCommand(program: Command, context: Context): void {
  const command = program
    .command('effects')
    .summary('effect sizes per study')
    .description(
      'Prints effect sizes with their sampling variances, by metafor’s names and numbers, from all studies or those that are named.',
    )
    .argument('[study...]', 'keys of studies; all without any')
    .addOption(new Option('-m, --measure <name>', 'which effect size').choices(Object.keys(MEASURES)))
    .option('--list', 'list the measures instead')
    .option('--level <level>', 'of the intervals; default: 0.95', numberOf)
    .addHelpText('after', example('effects --measure RR --review colditz-1994-bcg --format csv'))
  withDatabase(withOutput(withChoices(withExplanations(withEffectSizes(command))))).action(
    async (studies: string[], options: Options) => {
      if (options.list) {
        const { EFFECT_MEASURE_COLUMNS, effectMeasures } = await import('../../queries/effect-measures.ts')
        const { tableOf } = await import('../../export/table.ts')
        await putOut(context, tableOf(EFFECT_MEASURE_COLUMNS, effectMeasures()), options)
        return
      }
      const { measure, level } = options
      if (measure === undefined)
        throw new EvidenceError(
          'USAGE',
          'Say which effect size: --measure RR, say. `evibase effects --list` lists them.',
        )
      const { effectsOf } = await import('../../queries/extract-effects.ts')
      const extraction = effectsOf({ measure, level, ...effectSizesFrom(options) })
      await putExtraction(context, extraction, studies, options, { digits: DIGITS })
    },
  )
}
