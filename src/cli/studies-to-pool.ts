import { readFileSync } from 'node:fs'
import path from 'node:path'
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
  /** In words, what is not there, and what was taken together. */
  readonly notes: readonly string[]
}

/** The studies of a CSV file, or one result of each study of the database. */
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
    return { rows, whose: `${from} has`, notes: [] }
  }
  const { poolRows } = await import('../queries/pool-rows.ts')
  const choices = { ...(studies.length > 0 && { studies }), ...choicesFrom(options) }
  const found = await askDatabase(context, options.db, (db) =>
    poolRows(db, { measure, ...effectSizesFrom(options) }, choices, covariates),
  )
  return { ...found, whose: 'The studies have' }
}

function bytesOf(context: Context, given: string): Uint8Array {
  const file = path.resolve(context.cwd, given)
  requireFile(file, given)
  try {
    return readFileSync(file)
  } catch (cause) {
    throw notReadable(given, cause)
  }
}
