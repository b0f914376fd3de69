import { type Command, InvalidArgumentError, Option } from 'commander'
import { EvidenceError } from '../../errors.ts'
import type { GivenOptions } from '../../stats/effect-sizes/effect-options.ts'
import { HEDGES_CORRECTIONS } from '../../stats/effect-sizes/hedges-correction.ts'
import { CORRECTED, type EffectOptions, VARIANCE_TYPES } from '../../stats/effect-sizes/measure.ts'
import { MEASURES, type MeasureName } from '../../stats/effect-sizes/measures.ts'
import type { Context } from '../context.ts'
import { withChoices } from '../extraction-options.ts'
import { example, putOut, withDatabase, withOutput } from '../output.ts'
import { type PutOptions, putExtraction, withExplanations } from '../put-extraction.ts'

type Options = PutOptions &
  Omit<GivenOptions, 'to'> & {
    readonly measure?: MeasureName
    readonly to?: EffectOptions['to']
    readonly keep00?: boolean
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
    .addOption(new Option('--like <program>', 'whose defaults for zero cells').choices(['evibase', 'metafor']))
    .option('--add <number>', 'what is added to each cell; default: ½ for RR, OR, IRR, PLO and IRLN', numberOf)
    .addOption(new Option('--to <which>', 'tables with a zero cell, all or none').choices(CORRECTED))
    .option('--keep00', 'also pairs in which nobody, or everyone, had the event')
    .addOption(new Option('--vtype <variance>', 'the sampling variance; see --list').choices(VARIANCE_TYPES))
    .addOption(
      new Option('--hedges <how>', 'the correction of standardized differences for few people').choices(
        HEDGES_CORRECTIONS,
      ),
    )
    .option('--level <level>', 'of the intervals; default: 0.95', numberOf)
    .addHelpText('after', example('effects --measure RR --review colditz-1994-bcg --format csv'))
  withDatabase(withOutput(withChoices(withExplanations(command)))).action(
    async (studies: string[], options: Options) => {
      if (options.list) {
        const { EFFECT_MEASURE_COLUMNS, effectMeasures } = await import('../../queries/effect-measures.ts')
        const { tableOf } = await import('../../export/table.ts')
        await putOut(context, tableOf(EFFECT_MEASURE_COLUMNS, effectMeasures()), options)
        return
      }
      const { measure, like, add, to, keep00, vtype, hedges, level } = options
      if (measure === undefined)
        throw new EvidenceError(
          'USAGE',
          'Say which effect size: --measure RR, say. `evibase effects --list` lists them.',
        )
      const { effectsOf } = await import('../../queries/extract-effects.ts')
      const drop00 = keep00 ? false : undefined
      const extraction = effectsOf({ measure, like, add, to, drop00, vtype, hedges, level })
      await putExtraction(context, extraction, studies, options, { digits: DIGITS })
    },
  )
}

function numberOf(given: string): number {
  if (!/^\d*\.?\d+(e-?\d+)?$/i.test(given)) throw new InvalidArgumentError('Expected a number, such as 0.5.')
  return Number(given)
}
