import path from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { EvidenceError } from '../errors.ts'
import type { NamedStudy } from '../export/pool/pool-further.ts'
import type { Picture } from '../plots/mark.ts'
import type { MeasureName } from '../stats/effect-sizes/measures.ts'
import { POOLING_TESTS, type PoolingTest } from '../stats/pooling/inverse-variance.ts'
import { POOL_METHODS, type PooledStudies, type PoolMethod } from '../stats/pooling/pool-studies.ts'
import type { Context } from './context.ts'
import { type EffectSizeOptions, effectSizesFrom, withEffectSizes } from './effect-options.ts'
import { type ExtractionOptions, withChoices } from './extraction-options.ts'
import { type DatabaseOption, withDatabase, writeWhole } from './output.ts'
import { fromOption, levelOption, measureOption } from './studies-to-pool.ts'

/** What every picture of a pool is asked with. */
export interface PlotOptions extends EffectSizeOptions, ExtractionOptions, DatabaseOption {
  readonly from?: string
  readonly measure: MeasureName
  readonly method: PoolMethod
  readonly test: PoolingTest
  readonly level: number
  readonly title?: string
  readonly out?: string
}

/** Where every picture goes. */
export const outOption = (): Option =>
  new Option('-o, --out <file.svg>', 'write to a file instead, whole or not at all')

/** The options of every picture of a pool. */
export const withPlotOptions = (command: Command): Command =>
  withDatabase(
    withChoices(
      withEffectSizes(
        command
          .argument('[study...]', 'keys of studies; all without any')
          .addOption(fromOption())
          .addOption(measureOption())
          .addOption(new Option('--method <name>', 'how to pool').choices(POOL_METHODS).default('REML'))
          .addOption(new Option('--test <name>', 'how to test').choices(POOLING_TESTS).default('z'))
          .addOption(levelOption())
          .option('--title <words>', 'what the picture is called, for those who only hear it')
          .addOption(outOption()),
      ),
    ),
  )

/** What the two groups of each study are called. */
export interface GroupOptions {
  readonly experimental: string
  readonly control: string
}

export const withGroupNames = (command: Command): Command =>
  command
    .option('--experimental <name>', 'what the first group is called', 'Experimental')
    .option('--control <name>', 'what the second group is called', 'Control')

/** What pooling is asked for. */
export const poolingFrom = (options: PlotOptions) => {
  const { method, test, level } = options
  return { method, test, level, ...effectSizesFrom(options) }
}

/** Says which studies are not in the pool, and why. */
export function tellLeftOut(context: Context, rows: readonly NamedStudy[], { studies }: PooledStudies): void {
  studies.forEach(({ effect, weight }, i) => {
    if (weight === undefined && effect.status === 'not-estimable')
      context.say(`${rows[i]?.study} is left out: ${effect.reason}.`)
  })
}

/**
 * Refuses to draw a pool without any effect.
 *
 * @throws EvidenceError NOTHING_TO_DRAW  there is no study, or none has an effect
 */
export function requireEffects({ studies }: PooledStudies): void {
  const reasons = studies.flatMap(({ effect }) => (effect.status === 'estimated' ? [] : [effect.reason]))
  if (reasons.length < studies.length) return
  throw nothingToDraw(
    studies.length === 0 ? 'there is no study' : `no study has an effect: ${[...new Set(reasons)].join('; ')}`,
  )
}

export const nothingToDraw = (reason: string): EvidenceError =>
  new EvidenceError('NOTHING_TO_DRAW', `There is nothing to draw: ${reason}.`)

/**
 * Refuses a file that could not be written, before anything is read.
 *
 * @throws EvidenceError USAGE  its name ends in something other than .svg
 */
export function requireSvg(out: string | undefined): void {
  if (out === undefined || path.extname(out).toLowerCase() === '.svg') return
  throw new EvidenceError(
    'USAGE',
    `--out ${out} can't be written: pictures are SVG; expected a name that ends in .svg. Browsers, Inkscape and rsvg-convert make PNG and PDF of it.`,
  )
}

/** Prints a picture as SVG, or writes it to the file that was named. */
export async function putPicture(context: Context, picture: Picture, out: string | undefined): Promise<void> {
  const { svgOf } = await import('../plots/svg.ts')
  const svg = svgOf(picture)
  if (out === undefined) context.print(svg)
  else writeWhole(path.resolve(context.cwd, out), svg)
}

/** Two numbers with a comma between them, the lower first. */
export function boundsOf(text: string): readonly [number, number] {
  const [low = Number.NaN, high = Number.NaN, ...more] = text
    .split(',')
    .map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  if (!(high > low && Number.isFinite(low) && Number.isFinite(high)) || more.length > 0)
    throw new InvalidArgumentError('Expected two numbers, the lower first, such as 0.1,10.')
  return [low, high]
}
