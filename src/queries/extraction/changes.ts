import { sqlName } from '../../db/tables.ts'
import { clientName } from '../../model/client-name.ts'
import { factKeyOf } from '../../model/fact-key.ts'
import type { FactTable } from '../../model/facts.ts'
import { printedReading } from '../../model/printed-value.ts'
import type { Run } from './run.ts'
import type { CHANGES, StudyPart } from './study-part.ts'

type Part = StudyPart<typeof CHANGES>
interface Changeable {
  readonly id: string
  readonly derived?: boolean
}
interface Correction {
  readonly field: string
  readonly original: string | null
  readonly reason: string | null
}

/** A row as the choices want it, and what must be said of its corrections. */
export interface Changed<Row> {
  readonly row: Row
  /** What was corrected, field by field, with the value before or why it isn't known; null where nothing was. */
  readonly correction: string | null
}

/** A study's rows as its publications give them: without what formulas made, and as corrected or as first printed. */
export class Changes {
  private readonly made: ReadonlyMap<string, ReadonlySet<string>>
  private readonly corrected: ReadonlyMap<string, readonly Correction[]>
  private readonly outdated: ReadonlySet<string>

  constructor(
    part: Part,
    private readonly run: Run,
  ) {
    this.made = madeFields(part)
    this.corrected = correctionsOf(part)
    this.outdated = run.choices.asPrinted ? outdatedFacts(part) : NO_FACTS
  }

  /**
   * A row as the choices want it.
   *
   * @returns undefined for one of which something is derived and nothing says which of its fields, unless derived values
   *   are asked for
   */
  of<Row extends Changeable>(table: FactTable, row: Row): Changed<Row> | undefined {
    const { derived, asPrinted } = this.run.choices
    if (this.made.size === 0 && this.corrected.size === 0)
      return row.derived && !derived ? undefined : { row, correction: null }
    const key = `${table} ${row.id}`
    let changed = row
    if (row.derived && !derived) {
      const fields = this.made.get(key)
      if (fields === undefined) return undefined
      changed = { ...row, derived: false, ...Object.fromEntries([...fields].map((field) => [field, null])) }
    }
    const corrections = this.corrected.get(key) ?? []
    if (!asPrinted)
      return { row: changed, correction: corrections.length === 0 ? null : corrections.map(whatWas).join('; ') }
    return this.asPrinted(table, changed, corrections)
  }

  private asPrinted<Row extends Changeable>(
    table: FactTable,
    row: Row,
    corrections: readonly Correction[],
  ): Changed<Row> {
    const said: string[] = []
    const before: Record<string, unknown> = {}
    const fields = new Set(corrections.map(({ field }) => field))
    for (const { field, original, reason } of corrections) {
      const name = clientName(field)
      const now = (row as Readonly<Record<string, unknown>>)[name]
      if (now === null || now === undefined) continue
      const value = original === null ? undefined : typeof now === 'number' ? printedReading(field, original) : original
      before[name] = value ?? null
      if (value === undefined) this.run.note('the value before its correction is not known', `${row.id} ${field}`)
      said.push(
        value === undefined
          ? `${field}: before its correction ${original === null ? `[${words(reason ?? 'not_reported')}]` : `printed as "${original}", which is no number`}`
          : `${field}: as first printed, now ${String(now)}`,
      )
      // The text of a p value is that of the value.
      if (field === 'p_value' && !fields.has('p_text')) before.pText = original
      if (field === 'p_value' && !fields.has('p_operator') && value === undefined) before.pOperator = null
    }
    for (const name of Object.keys(row))
      if (this.outdated.has(`${factPrefix(table, row.id)}/${sqlName(name)}`)) {
        before[name] = null
        said.push(`${sqlName(name)}: made of a value that was corrected`)
        this.run.note('a value was made of one that was corrected', `${row.id} ${sqlName(name)}`)
      }
    return {
      row: Object.keys(before).length === 0 ? row : { ...row, ...before },
      correction: said.length === 0 ? null : said.join('; '),
    }
  }
}

const NO_ROWS: ReadonlyMap<string, never> = new Map<string, never>()
const NO_FACTS: ReadonlySet<string> = new Set()

/** The fields, by their row, that formulas made. */
function madeFields({ derivation }: Part): ReadonlyMap<string, ReadonlySet<string>> {
  if (derivation.length === 0) return NO_ROWS
  const made = new Map<string, Set<string>>()
  for (const { factId } of derivation) {
    const { table, rowId, field } = factKeyOf(factId)
    const key = `${table} ${rowId}`
    made.set(key, (made.get(key) ?? new Set()).add(clientName(field)))
  }
  return made
}

/** What was corrected, by its row. */
function correctionsOf({ correction }: Part): ReadonlyMap<string, readonly Correction[]> {
  if (correction.length === 0) return NO_ROWS
  const corrected = new Map<string, Correction[]>()
  for (const { factId, originalPrinted, originalMissingReason } of correction) {
    const { table, rowId, field } = factKeyOf(factId)
    const key = `${table} ${rowId}`
    const known = corrected.get(key) ?? []
    known.push({ field, original: originalPrinted, reason: originalMissingReason })
    corrected.set(key, known)
  }
  return corrected
}

/** What formulas made out of a value that was corrected later. */
function outdatedFacts({ correction, derivationInput }: Part): ReadonlySet<string> {
  if (correction.length === 0) return NO_FACTS
  const touched = new Set(correction.map(({ factId }) => factId))
  for (let before = -1; before !== touched.size; ) {
    before = touched.size
    for (const { derivationId, factId } of derivationInput) if (touched.has(factId)) touched.add(derivationId)
  }
  for (const { factId } of correction) touched.delete(factId)
  return touched
}

const words = (reason: string) => reason.replaceAll('_', ' ')

const whatWas = ({ field, original, reason }: Correction): string =>
  `${field}: corrected; before ${original === null ? `[${words(reason ?? 'not_reported')}]` : original}`

/** The beginning of the keys of a row's facts. */
function factPrefix(table: FactTable, id: string): string {
  const [study = '', ...rest] = id.split('/')
  return table === 'study' ? `${study}/study/${study}` : `${study}/${table}/${rest.join('/')}`
}
