import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Option } from 'commander'
import { EvidenceError } from '../errors.ts'
import type { NamedStudy } from '../export/pool/pool-further.ts'
import type { Data, Measure } from '../stats/effect-sizes/measure.ts'
import { MEASURES, type MeasureName } from '../stats/effect-sizes/measures.ts'
import type { Context } from './context.ts'
import { type EffectSizeOptions, effectSizesFrom } from './effect-options.ts'
import { choicesFrom, type ExtractionOptions } from './extraction-options.ts'
import type { DatabaseOption } from './output.ts'
import { notReadable, requireFile } from './require-file.ts'
import { askDatabase } from './with-database.ts'

/** Where studies come from, if not from the database; its choices can't be made of a file. */
export const fromOption = (): Option =>
  new Option('--from <file>', 'a CSV file instead of the database, one study a row').conflicts([
    ...(['review', 'outcome', 'analysisSet', 'at', 'window', 'nearest', 'latest', 'arms', 'merge'] as const),
    ...(['sharedControl', 'derived', 'asPrinted', 'prefer', 'db'] as const),
  ])

export const measureOption = (): Option =>
  new Option('--measure <name>', "the effect measure, by metafor's name; GEN takes yi and vi as they are")
    .choices(Object.keys(MEASURES))
    .makeOptionMandatory()

export const levelOption = (): Option =>
  new Option('--level <percent>', 'the confidence of intervals').argParser(levelIn).default(0.95, '95')

/** A level in percent, above 1, or as a part of 1. */
function levelIn(text: string): number {
  const value = Number(text)
  if (!(value > 0 && value < 100) || value === 1)
    throw new EvidenceError('USAGE', `--level can't be "${text}"; expected a percentage, such as 95.`)
  return value > 1 ? value / 100 : value
}

interface Options extends EffectSizeOptions, ExtractionOptions, DatabaseOption {
  readonly from?: string
  readonly measure: MeasureName
  /** Names of columns or covariates that will be used. */
  readonly covariates: readonly string[]
}

interface StudiesToPool {
  readonly rows: readonly NamedStudy[]
  /** The start of a sentence about what they have. */
  readonly whose: string
}

/** The studies of a CSV file, or one result of each study of the database; says what is not there or was taken together. */
export async function studiesToPool(
  context: Context,
  studies: readonly string[],
  options: Options,
): Promise<StudiesToPool> {
  const { from, measure, covariates } = options
  if (from !== undefined) {
    if (studies.length > 0)
      throw new EvidenceError('USAGE', `${studies[0]} is a study of the database; expected none with --from ${from}.`)
    const { readEffectRows } = await import('../import/effect-rows/read-effect-rows.ts')
    // Which kind of data the measure is made of is the same for all that follows.
    const rows = readEffectRows(bytesOf(context, from), from, MEASURES[measure] as Measure<Data>)
    for (const note of twiceInWords(rows)) context.say(note)
    return { rows, whose: `${from} has` }
  }
  const { poolRows } = await import('../queries/pool-rows.ts')
  const choices = { ...(studies.length > 0 && { studies }), ...choicesFrom(options) }
  const found = await askDatabase(context, options.db, (db) =>
    poolRows(db, { measure, ...effectSizesFrom(options) }, choices, covariates),
  )
  for (const note of found.notes) context.say(note)
  return { rows: found.rows, whose: 'The studies have' }
}

/** A name that several rows have may be one study twice, whose people would count twice: a file can't tell. */
function twiceInWords(rows: readonly NamedStudy[]): string[] {
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const { study } of rows) (seen.has(study) ? twice : seen).add(study)
  const [first] = twice
  if (first === undefined) return []
  const others = twice.size > 1 ? ` and ${twice.size - 1} more` : ''
  return [`Several rows are called ${first}${others}: they are pooled as studies that share nobody.`]
}

/** What a file holds. */
export function bytesOf(context: Context, given: string): Uint8Array {
  const file = path.resolve(context.cwd, given)
  requireFile(file, given)
  try {
    return readFileSync(file)
  } catch (cause) {
    throw notReadable(given, cause)
  }
}

/** What is asked by a column or covariate must be one, and what is ordered by must be numbers. */
export function requireColumns(
  { rows, whose }: StudiesToPool,
  columns: readonly string[],
  cumulative: string | true | undefined,
): void {
  const there = [...(rows[0]?.cells.keys() ?? [])]
  for (const column of columns)
    if (rows.length > 0 && !there.includes(column))
      throw new EvidenceError('USAGE', `${whose} no column "${column}"; expected one of ${there.join(', ')}.`)
  if (typeof cumulative !== 'string') return
  for (const { study, cells } of rows) {
    const text = cells.get(cumulative) ?? ''
    if (text === '' || !Number.isFinite(Number(text)))
      throw new EvidenceError('USAGE', `--cumulative ${cumulative} is "${text}" for ${study}; expected a number.`)
  }
}
