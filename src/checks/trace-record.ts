import { byKey } from '../model/byte-order.ts'
import { factKeyOf } from '../model/fact-key.ts'
import { type FactTable, NUMBER_FIELDS } from '../model/facts.ts'
import { groupedBy } from '../model/grouped-by.ts'
import { misreading, printedOperator } from '../model/printed-value.ts'
import { givesNumber, printingLink } from '../model/printing-link.ts'
import type { StudyRecord, StudyRows } from '../model/study-record.ts'
import { evaluateFormula, isFormulaValue } from '../stats/derivations/formula.ts'
import { type Attribution, attributions } from './attributions.ts'
import { type FactValue, type RowOfFact, rowsOfFacts, storedNumbers } from './fact-values.ts'

/**
 * What a look at the stored source says of a value. `found`: the words stand at their place and give it.
 * `source_not_held`: only the place is known, since the source's text isn't stored. `record_held`: a number of a study that a
 * registry's or a review's record brought, which is kept whole; `db verify --records` looks it up there again. `derived`: its formula gives it.
 * The rest are problems: the words are not at their place (`not_found`), they give another number (`other_value`), name
 * another arm or subgroup (`other_group`) or another time (`other_time`), the formula gives another value
 * (`not_derived`), or nothing says where the number comes from (`no_source`).
 */
export type Verdict =
  | 'found'
  | 'source_not_held'
  | 'record_held'
  | 'derived'
  | 'not_found'
  | 'other_value'
  | 'other_group'
  | 'other_time'
  | 'not_derived'
  | 'no_source'

/** The verdicts that are problems. */
export const FAILED_VERDICTS: readonly Verdict[] = [
  'not_found',
  'other_value',
  'other_group',
  'other_time',
  'not_derived',
  'no_source',
]

/** One stored value and one of its sources. */
export interface TraceRow {
  readonly study: string
  readonly table: string
  readonly row: string
  readonly field: string
  readonly value: FactValue
  readonly printed: string | null
  readonly role: string | null
  readonly quote: string | null
  readonly section: string | null
  readonly start: number | null
  readonly end: number | null
  readonly verdict: Verdict
  readonly problem: string | null
  readonly span: string | null
  readonly publication: string | null
  readonly formula: string | null
  readonly assumption: string | null
  readonly correction: string | null
}

type Fact = StudyRows['fact'][number]
type Link = StudyRows['quoteLink'][number]
type Quote = StudyRows['quote'][number]

/**
 * Looks up every source of a study again: one row per fact and quote in the order of their keys, each derived value with
 * its formula computed again, and each number without a source.
 *
 * @param held  keys of the records that are kept of the study; without them a registry's study is taken to have its own
 */
export function traceRecord(record: StudyRecord, held?: readonly string[]): TraceRow[] {
  const { rows } = record
  const values = rowsOfFacts(record)
  const linksOf = groupedBy(rows.quoteLink, ({ factId }) => factId)
  const context: Context = {
    values,
    quotes: new Map(rows.quote.map((quote) => [quote.id, quote])),
    texts: new Map(
      record.publications.flatMap(({ publicationText }) => publicationText.map((text) => [text.id, text])),
    ),
    sources: new Map(record.publications.flatMap(({ source }) => source.map((each) => [each.id, each]))),
    derivations: new Map(rows.derivation.map((derivation) => [derivation.factId, derivation])),
    inputs: groupedBy(rows.derivationInput, ({ derivationId }) => derivationId),
    corrections: new Map(rows.correction.map((correction) => [correction.factId, correction])),
    attribution: attributions(record, linksOf),
  }
  return [...rows.fact]
    .sort((one, other) => byKey(one.id, other.id))
    .flatMap((fact) =>
      factTrace(
        context,
        fact,
        [...(linksOf.get(fact.id) ?? [])].sort((a, b) => a.position - b.position),
      ),
    )
    .concat(unsourced(record, linksOf, context.derivations, held))
}

interface Context {
  readonly values: ReadonlyMap<string, RowOfFact>
  readonly quotes: ReadonlyMap<string, Quote>
  readonly texts: ReadonlyMap<string, { readonly label: string; readonly body: string; readonly publicationId: string }>
  readonly sources: ReadonlyMap<string, { readonly label: string; readonly publicationId: string }>
  readonly derivations: ReadonlyMap<string, StudyRows['derivation'][number]>
  readonly inputs: ReadonlyMap<string, readonly StudyRows['derivationInput'][number][]>
  readonly corrections: ReadonlyMap<string, StudyRows['correction'][number]>
  readonly attribution: (fact: Fact, link: Link, words: string) => Attribution | undefined
}

/** What a fact's rows have in common. */
function baseOf(context: Context, fact: Fact) {
  const { study, table, row, field } = factKeyOf(fact.id)
  return {
    study,
    table,
    row,
    field,
    value: context.values.get(fact.id)?.value ?? null,
    printed: fact.printed,
    assumption: context.derivations.get(fact.id)?.assumption ?? null,
    correction: context.corrections.get(fact.id)?.notice ?? null,
  }
}

const NOWHERE = {
  role: null,
  quote: null,
  section: null,
  start: null,
  end: null,
  problem: null,
  span: null,
  publication: null,
  formula: null,
}

function factTrace(context: Context, fact: Fact, links: readonly Link[]): TraceRow[] {
  const base = baseOf(context, fact)
  const printing = printingLink(links, (quote) => context.quotes.get(quote)?.words != null)
  const quoted = links.map((link): TraceRow => {
    const quote = context.quotes.get(link.quoteId)
    const text = quote && context.texts.get(quote.publicationTextId ?? '')
    const source = quote && context.sources.get(quote.sourceId ?? '')
    const span = spanOf(link, quote)
    return {
      ...base,
      ...judged(context, fact, link, quote, text?.body, link === printing),
      role: link.role,
      quote: quote?.words ?? null,
      section: text?.label ?? (source ? `${source.label}, ${quote?.locator}` : null),
      start: quote?.startOffset ?? null,
      end: quote?.endOffset ?? null,
      span: span ?? null,
      publication: text?.publicationId ?? source?.publicationId ?? null,
      formula: null,
    }
  })
  const derivation = context.derivations.get(fact.id)
  return derivation ? [...quoted, { ...base, ...NOWHERE, ...derived(context, derivation, base.value) }] : quoted
}

const isNumberField = (fact: Fact): boolean =>
  NUMBER_FIELDS[factKeyOf(fact.id).table as FactTable]?.includes(fact.field) ?? false

const spanOf = ({ spanStart, spanEnd }: Link, quote: Quote | undefined): string | undefined =>
  spanStart === null || spanEnd === null ? undefined : quote?.words?.slice(spanStart, spanEnd)

type Judgement = Pick<TraceRow, 'verdict' | 'problem'>

function judged(
  context: Context,
  fact: Fact,
  link: Link,
  quote: Quote | undefined,
  body: string | undefined,
  printing: boolean,
): Judgement {
  const words = quote?.words ?? null
  const held = body !== undefined
  if (held && !stands(body, quote, link)) return { verdict: 'not_found', problem: 'the words are not at their place' }
  const span = spanOf(link, quote)
  // The words of a source that isn't held may be there or not; the number is, as its reader copied it.
  const printed = words === null ? fact.printed : span
  if (held && printing && span !== undefined && span !== fact.printed)
    return {
      verdict: 'not_found',
      problem: `printed is ${JSON.stringify(fact.printed)}, but the words are ${JSON.stringify(span)}`,
    }
  const value = context.values.get(fact.id)
  if (givesNumber(link.role) && isNumberField(fact) && typeof value?.value === 'number') {
    const problem =
      printed == null
        ? 'nothing says which words give it'
        : wrongNumber(
            fact.field,
            value,
            words ?? printed,
            words === null ? { start: 0, end: printed.length } : place(link, words),
          )
    if (problem !== undefined) return { verdict: 'other_value', problem }
  }
  const attribution = words === null ? undefined : context.attribution(fact, link, span ?? words)
  return attribution ?? { verdict: held ? 'found' : 'source_not_held', problem: null }
}

const place = ({ spanStart, spanEnd }: Link, words: string) => ({ start: spanStart ?? 0, end: spanEnd ?? words.length })

function wrongNumber(
  field: string,
  { value, row }: RowOfFact,
  text: string,
  span: { readonly start: number; readonly end: number },
): string | undefined {
  const problem = misreading(field, Number(value), text, span)
  if (problem !== undefined || field !== 'p_value') return problem
  const operator = printedOperator(text, span)
  return operator === undefined || row.pOperator === operator
    ? undefined
    : `the words have "${operator}" before the number, and p_operator is "${row.pOperator}"`
}

/** The words are at their place, and the span is within them. */
const stands = (body: string, quote: Quote | undefined, { spanEnd }: Link): boolean =>
  quote !== undefined &&
  quote.words !== null &&
  quote.startOffset !== null &&
  quote.endOffset !== null &&
  body.slice(quote.startOffset, quote.endOffset) === quote.words &&
  (spanEnd === null || spanEnd <= quote.words.length)

function derived(
  context: Context,
  { factId, formula }: StudyRows['derivation'][number],
  value: FactValue,
): Judgement & { readonly formula: string } {
  const inputs = [...(context.inputs.get(factId) ?? [])]
    .sort((one, other) => byKey(one.name, other.name))
    .map((input) => [input.name, context.values.get(input.factId)?.value ?? null] as const)
  const numbers = Object.fromEntries(inputs.filter((input): input is [string, number] => typeof input[1] === 'number'))
  const result = evaluateFormula(formula, numbers)
  const follows = typeof value === 'number' && 'value' in result && isFormulaValue(result.value, value)
  const gives = 'value' in result ? `the formula gives ${result.value}` : `the formula has no value: ${result.problem}`
  return {
    verdict: follows ? 'derived' : 'not_derived',
    problem: follows ? null : gives,
    formula: `${formula} (${inputs.map(([name, input]) => `${name} = ${input ?? 'nothing'}`).join(', ')})`,
  }
}

/** Numbers that neither words nor a formula stand behind. */
function unsourced(
  record: StudyRecord,
  linksOf: ReadonlyMap<string, readonly Link[]>,
  derivations: ReadonlyMap<string, unknown>,
  held: readonly string[] | undefined,
): TraceRow[] {
  const sourced = new Set(
    record.rows.fact
      .map(({ id }) => id)
      .filter((id) => derivations.has(id) || linksOf.get(id)?.some(({ role }) => givesNumber(role))),
  )
  const behind = behindAll(
    record.rows.study.some(({ registry }) => registry !== null),
    held,
  )
  return [...storedNumbers(record)]
    .filter(({ fact }) => !sourced.has(fact))
    .sort((one, other) => byKey(one.fact, other.fact))
    .map(({ table, row, field, value }) => ({
      ...NOWHERE,
      study: record.slug,
      table,
      row,
      field,
      value,
      printed: null,
      assumption: null,
      correction: null,
      ...behind,
    }))
}

/** What stands behind numbers that nobody quoted. */
function behindAll(
  isOfRegistry: boolean,
  held: readonly string[] | undefined,
): Pick<TraceRow, 'verdict' | 'problem' | 'section'> {
  if (!isOfRegistry)
    return { verdict: 'no_source', problem: 'neither words nor a formula stand behind it', section: null }
  if (held?.length === 0)
    return { verdict: 'no_source', problem: 'the record that it came by is not kept', section: null }
  const section = held === undefined ? null : held.map((key) => `the record ${key}`).join(', ')
  return { verdict: 'record_held', problem: null, section }
}
