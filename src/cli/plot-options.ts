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

/** What every picture is asked with. */
export interface PictureOptions {
  readonly title?: string
  readonly out?: string
  readonly dpi: number
}

/** What every picture of a pool is asked with. */
export interface PlotOptions extends PictureOptions, EffectSizeOptions, ExtractionOptions, DatabaseOption {
  readonly from?: string
  readonly measure: MeasureName
  readonly method: PoolMethod
  readonly test: PoolingTest
  readonly level: number
}

/** The options of every picture. */
export const withPicture = (command: Command): Command =>
  command
    .option('--title <words>', 'what the picture is called, for those who only hear it')
    .option('-o, --out <file>', `write to a file instead, whole or not at all: ${FORMATS.join(', ')} by its ending`)
    .addOption(new Option('--dpi <number>', 'of PNG, pixels to an inch').argParser(dpiIn).default(300))

const FORMATS = ['.svg', '.png', '.pdf'] as const

function dpiIn(text: string): number {
  const value = Number(text)
  if (!(value >= 10 && value <= 2400)) throw new InvalidArgumentError('Expected a number from 10 to 2400.')
  return value
}

/** The options of every picture of a pool. */
export const withPlotOptions = (command: Command): Command =>
  withDatabase(
    withChoices(
      withEffectSizes(
        withPicture(
          command
            .argument('[study...]', 'keys of studies; all without any')
            .addOption(fromOption())
            .addOption(measureOption())
            .addOption(new Option('--method <name>', 'how to pool').choices(POOL_METHODS).default('REML'))
            .addOption(new Option('--test <name>', 'how to test').choices(POOLING_TESTS).default('z'))
            .addOption(levelOption()),
        ),
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
 * @throws EvidenceError USAGE  its name ends in none of the formats
 */
export function requireFormat(out: string | undefined): void {
  if (out !== undefined && !FORMATS.some((format) => format === endingOf(out)))
    throw new EvidenceError(
      'USAGE',
      `--out ${out} can't be written: expected a name that ends in ${FORMATS.slice(0, -1).join(', ')} or ${FORMATS.at(-1)}.`,
    )
}

const endingOf = (file: string): string => path.extname(file).toLowerCase()

/** Prints a picture as SVG, or writes it to the file that was named, in the format that its name ends with. */
export async function putPicture(context: Context, picture: Picture, { out, dpi }: PictureOptions): Promise<void> {
  if (out === undefined || endingOf(out) === '.svg') {
    const { svgOf } = await import('../plots/svg.ts')
    const svg = svgOf(picture)
    if (out === undefined) context.print(svg)
    else writeWhole(path.resolve(context.cwd, out), svg)
    return
  }
  const { printedPdf, printedPng } = await import('../plots/printed.ts')
  const { bytes, missing } = await (endingOf(out) === '.pdf' ? printedPdf(picture) : printedPng(picture, dpi))
  if (missing.length > 0)
    context.say(
      `No typeface of this computer has ${missing.join(' ')}: boxes stand for them. SVG leaves that to its reader.`,
    )
  writeWhole(path.resolve(context.cwd, out), bytes)
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
