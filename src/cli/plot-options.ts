import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { EvidenceError } from '../errors.ts'
import type { StudyRow } from '../import/effect-rows/read-effect-rows.ts'
import type { Picture } from '../plots/mark.ts'
import type { Data, Measure } from '../stats/effect-sizes/measure.ts'
import { MEASURES, type MeasureName } from '../stats/effect-sizes/measures.ts'
import { POOLING_TESTS, type PoolingTest } from '../stats/pooling/inverse-variance.ts'
import { POOL_METHODS, type PooledStudies, type PoolMethod } from '../stats/pooling/pool-studies.ts'
import type { Context } from './context.ts'
import { type EffectSizeOptions, effectSizesFrom, withEffectSizes } from './effect-options.ts'
import { writeWhole } from './output.ts'
import { notReadable, requireFile } from './require-file.ts'

/** What every picture of a pool is asked with. */
export interface PlotOptions extends EffectSizeOptions {
  readonly from: string
  readonly measure: MeasureName
  readonly method: PoolMethod
  readonly test: PoolingTest
  readonly level: number
  readonly title?: string
  readonly out?: string
}

/** The options of every picture of a pool. */
export const withPlotOptions = (command: Command): Command =>
  withEffectSizes(
    command
      .requiredOption('--from <file>', 'the CSV file, one study a row, as pool reads it')
      .addOption(
        new Option('--measure <name>', "the effect measure, by metafor's name; GEN takes yi and vi as they are")
          .choices(Object.keys(MEASURES))
          .makeOptionMandatory(),
      )
      .addOption(new Option('--method <name>', 'how to pool').choices(POOL_METHODS).default('REML'))
      .addOption(new Option('--test <name>', 'how to test').choices(POOLING_TESTS).default('z'))
      .addOption(new Option('--level <percent>', 'the confidence of intervals').argParser(levelIn).default(0.95, '95'))
      .option('--title <words>', 'what the picture is called, for those who only hear it')
      .option('-o, --out <file.svg>', 'write to a file instead, whole or not at all'),
  )

/** What pooling is asked for. */
export const poolingFrom = (options: PlotOptions) => {
  const { method, test, level } = options
  return { method, test, level, ...effectSizesFrom(options) }
}

/** The studies of the file. */
export async function studiesIn(context: Context, { from, measure }: PlotOptions): Promise<StudyRow<Data>[]> {
  const { readEffectRows } = await import('../import/effect-rows/read-effect-rows.ts')
  const file = path.resolve(context.cwd, from)
  requireFile(file, from)
  let bytes: Uint8Array
  try {
    bytes = readFileSync(file)
  } catch (cause) {
    throw notReadable(from, cause)
  }
  // Which kind of data the measure is made of is the same for all that follows.
  return readEffectRows(bytes, from, MEASURES[measure] as Measure<Data>)
}

/** Says which studies are not in the pool, and why. */
export function tellLeftOut(context: Context, rows: readonly StudyRow<Data>[], { studies }: PooledStudies): void {
  studies.forEach(({ effect, weight }, i) => {
    if (weight === undefined && effect.status === 'not-estimable')
      context.say(`${rows[i]?.study} is left out: ${effect.reason}.`)
  })
}

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

/** A level in percent, above 1, or as a part of 1. */
function levelIn(text: string): number {
  const value = Number(text)
  if (!(value > 0 && value < 100) || value === 1) throw new InvalidArgumentError('Expected a percentage, such as 95.')
  return value > 1 ? value / 100 : value
}
