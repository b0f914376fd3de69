import type { Transaction } from '../db/connect.ts'
import { inSnapshot } from '../db/snapshot.ts'
import { evaluateFormula, isFormulaValue } from '../model/formula.ts'
import { byKey, type Columns, ofStudies } from './selection.ts'

/**
 * What a look at the stored source says of a quote: the words stand there (`found`), they don't (`not_found`), or the
 * source's text isn't stored (`not_stored`); of a derived value: its formula gives it (`derived`), or not (`not_derived`).
 */
export type Verdict = 'found' | 'not_found' | 'not_stored' | 'derived' | 'not_derived'

export interface TraceRow {
  readonly study: string
  readonly table: string
  readonly row: string
  readonly field: string
  readonly value: string | number | boolean | null
  readonly printed: string | null
  readonly role: string | null
  readonly quote: string | null
  readonly section: string | null
  readonly start: number | null
  readonly end: number | null
  readonly verdict: Verdict
  readonly span: string | null
  readonly publication: string | null
  readonly formula: string | null
  readonly correction: string | null
}

export const TRACE_COLUMNS: Columns<TraceRow> = {
  study: "the study's key",
  table: 'the table that holds the value',
  row: "the row's key within the study",
  field: "the value's column",
  value: 'as stored',
  printed: 'as the source prints it',
  role: 'what the quote says of the value: value, denominator, group, outcome, subgroup, time, correction',
  quote: 'the exact words',
  section: 'where they stand: a section of the stored text, or a source and a place in it',
  start: "the words' place in the section, in UTF-16 code units",
  end: 'the place after their last unit',
  verdict: 'found, not_found, not_stored; derived or not_derived for a formula',
  span: 'the words within the quote that say it',
  publication: "the publication's key",
  formula: 'of a derived value, with the values of its inputs',
  correction: 'how the publication says that it corrected the value',
}

/** The verdicts that are problems. */
export const FAILED_VERDICTS: readonly Verdict[] = ['not_found', 'not_derived']

/**
 * One row per fact and quote: every stored value with the words that it was read from, looked up again in the stored
 * text, and every derived value with its formula, computed again.
 *
 * @throws EvidenceError STUDY_NOT_FOUND
 */
export const traceStudy = (db: Transaction, study: string): Promise<TraceRow[]> =>
  inSnapshot(db, (tx) => traceRows(tx, study))

async function traceRows(db: Transaction, study: string): Promise<TraceRow[]> {
  const where = await ofStudies(db, { studies: [study] })
  const facts = await db.fact.findMany({
    where,
    include: {
      links: {
        orderBy: { position: 'asc' },
        include: { quote: { include: { publicationText: true, source: true } } },
      },
      derivation: { include: { inputs: { orderBy: { name: 'asc' } } } },
      correction: true,
    },
  })
  const values = await factValues(db, facts)
  return facts
    .sort((one, other) => byKey(one.id, other.id))
    .flatMap((fact): TraceRow[] => {
      const [, table = '', ...rest] = fact.id.split('/')
      const value = values.get(fact.id) ?? null
      const base = {
        study: fact.studyId,
        table,
        row: rest.slice(0, -1).join('/'),
        field: fact.field,
        value,
        printed: fact.printed,
        correction: fact.correction?.notice ?? null,
      }
      // What is printed is the span of the first quote that gives the value: the loader took it from there.
      const printing = fact.links.find(({ role, spanStart }) => isNumberRole(role) && spanStart !== null)
      const quoted = fact.links.map((link): TraceRow => {
        const { role, quote, spanStart, spanEnd } = link
        const text = quote.publicationText
        const span = spanStart === null || spanEnd === null ? null : (quote.words ?? '').slice(spanStart, spanEnd)
        const found = text !== null && stands(text.body, quote, spanEnd) && (link !== printing || span === fact.printed)
        return {
          ...base,
          role,
          quote: quote.words,
          section: text?.label ?? (quote.source && `${quote.source.label}, ${quote.locator}`),
          start: quote.startOffset,
          end: quote.endOffset,
          verdict: text === null ? 'not_stored' : found ? 'found' : 'not_found',
          span,
          publication: text?.publicationId ?? quote.source?.publicationId ?? null,
          formula: null,
        }
      })
      return fact.derivation ? [...quoted, { ...base, ...derived(fact.derivation, value, values) }] : quoted
    })
}

const isNumberRole = (role: string) => role === 'value' || role === 'denominator'

type Value = string | number | boolean | null

/** The words are at their place, and the span is within them. */
const stands = (
  body: string,
  quote: { readonly words: string | null; readonly startOffset: number | null; readonly endOffset: number | null },
  spanEnd: number | null,
) =>
  quote.startOffset !== null &&
  quote.endOffset !== null &&
  body.slice(quote.startOffset, quote.endOffset) === quote.words &&
  (spanEnd === null || spanEnd <= (quote.words ?? '').length)

function derived(
  derivation: {
    readonly formula: string
    readonly inputs: readonly { readonly name: string; readonly factId: string }[]
  },
  value: Value,
  values: ReadonlyMap<string, Value>,
): Omit<TraceRow, 'study' | 'table' | 'row' | 'field' | 'value' | 'printed' | 'correction'> {
  const inputs = derivation.inputs.map(({ name, factId }) => [name, values.get(factId) ?? null] as const)
  const numbers = Object.fromEntries(inputs.filter((input): input is [string, number] => typeof input[1] === 'number'))
  const result = evaluateFormula(derivation.formula, numbers)
  const follows = typeof value === 'number' && 'value' in result && isFormulaValue(result.value, value)
  return {
    role: null,
    quote: null,
    section: null,
    start: null,
    end: null,
    verdict: follows ? 'derived' : 'not_derived',
    span: null,
    publication: null,
    formula: `${derivation.formula} (${inputs.map(([name, input]) => `${name} = ${input ?? 'nothing'}`).join(', ')})`,
  }
}

type FactRow = { readonly id: string; readonly studyId: string; readonly field: string }
type Reader = { findMany(query: { where: object }): Promise<Record<string, Value>[]> }

/** The value of each fact: the field of the row that it is about. */
async function factValues(db: Transaction, facts: readonly FactRow[]): Promise<ReadonlyMap<string, Value>> {
  const studies = [...new Set(facts.map(({ studyId }) => studyId))]
  const rows = new Map<string, Record<string, Value>>()
  const tables = [...new Set(facts.map(({ id }) => id.split('/')[1] ?? ''))]
  for (const table of tables) {
    const reader = (db as unknown as Record<string, Reader>)[camel(table)]
    const where = table === 'study' ? { id: { in: studies } } : { studyId: { in: studies } }
    for (const row of (await reader?.findMany({ where })) ?? [])
      rows.set(table === 'study' ? `study ${row.id}` : `${table} ${row.id}`, row)
  }
  return new Map(
    facts.map((fact) => {
      const [, table = ''] = fact.id.split('/')
      const prefix = `${fact.studyId}/${table}/`
      const key = fact.id.slice(prefix.length, -(fact.field.length + 1))
      const row = rows.get(table === 'study' ? `study ${fact.studyId}` : `${table} ${fact.studyId}/${key}`)
      return [fact.id, row?.[camel(fact.field)] ?? null]
    }),
  )
}

const camel = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
