import { placesOf } from '../../model/find-words.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import { givesNumber, printingLink } from '../../model/printing-link.ts'
import type { StudyFile } from '../../model/study-file.ts'
import type { StudyRecord, StudyRows } from '../../model/study-record.ts'
import { type FileNames, firstFree } from './file-names.ts'
import { groupedLinks, type Link } from './grouped-links.ts'
import { inOrder } from './in-order.ts'
import { filled, given, present } from './present.ts'

type Provenance = Pick<StudyFile['study'], 'quotes' | 'derived' | 'corrections'>

/** What a study's file says of where its values came from. */
export interface ProvenanceEntries {
  readonly quotes: StudyFile['quotes']
  readonly waivers: StudyFile['waivers']
  /** The name of a row that a formula or waiver points at. */
  readonly ref: (table: string, key: string) => string | undefined
  /** An entry with what supports its fields, in their order. */
  readonly of: <T extends object>(table: string, key: string, fields: T) => T & Provenance
}

/**
 * @param names   what rows are called in the file
 * @param labels  every row that a formula or waiver may point at, in the file's order, as `fact` names it, and a name for
 *                it
 */
export function provenanceEntries(
  record: StudyRecord,
  names: FileNames,
  labels: readonly (readonly [row: string, name: string])[],
): ProvenanceEntries {
  const { slug, rows } = record
  const texts = new Map(
    record.publications.flatMap(({ publicationText }) => publicationText.map(({ id, body }) => [id, body] as const)),
  )
  const words = new Map(rows.quote.map((quote) => [quote.id, quote.words]))
  const facts = groupedBy(rows.fact, ({ id }) => rowOf(id))
  const links = groupedBy(inOrder(rows.quoteLink), ({ factId }) => factId)
  const derivations = new Map(rows.derivation.map((row) => [row.factId, row]))
  const inputs = groupedBy(rows.derivationInput, ({ derivationId }) => derivationId)
  const corrections = new Map(rows.correction.map((row) => [row.factId, row]))
  const refs = refsOf(record, labels)

  /** A fact's links. What a source prints whose words aren't held stands beside the first that gives the value, and beside each that gives a number. */
  const linksOf = (fact: StudyRows['fact'][number], value: unknown): Link[] => {
    const own = links.get(fact.id) ?? []
    const printing = printingLink(own, (quote) => words.get(quote) !== null)
    return own.map((link) => {
      const held = words.get(link.quoteId) ?? null
      const prints = held === null && givesNumber(link.role) && (link === printing || typeof value === 'number')
      return present({
        role: link.role,
        quote: names.code(link.quoteId),
        ...spanOf(held ?? '', link.spanStart, link.spanEnd),
        printed: prints ? given(fact.printed) : undefined,
      })
    })
  }
  const fieldOf = (factId: string) => {
    const row = rowOf(factId)
    return `${refs.get(row) ?? row.slice(slug.length + 1)}.${factId.slice(row.length + 1)}`
  }
  const derivedOf = ({ id, field }: StudyRows['fact'][number]) => {
    const derivation = derivations.get(id)
    if (!derivation) return []
    const named = [...(inputs.get(id) ?? [])]
      .sort((one, other) => (one.name < other.name ? -1 : 1))
      .map(({ name, factId }) => [name, fieldOf(factId)] as const)
    const { formula, assumption } = derivation
    return [present({ field, formula, inputs: Object.fromEntries(named), assumption: given(assumption) })]
  }
  const correctionOf = ({ id, field }: StudyRows['fact'][number]) => {
    const correction = corrections.get(id)
    if (!correction) return []
    const { originalPrinted, originalMissingReason, notice, publicationId } = correction
    return [
      present({
        field,
        original: originalPrinted ?? { missing: originalMissingReason ?? 'not_reported' },
        notice,
        publication: publicationId === null ? undefined : names.publication(publicationId),
      }),
    ]
  }

  return {
    quotes: filled(
      inOrder(rows.quote).map((quote) =>
        present({
          code: names.code(quote.id),
          section: names.inPublication(quote.publicationTextId),
          source: names.inPublication(quote.sourceId),
          locator: given(quote.locator),
          words: given(quote.words),
          occurrence: occurrenceOf(texts.get(quote.publicationTextId ?? ''), quote.words, quote.startOffset),
        }),
      ),
    ),
    waivers: filled(
      [...rows.waiver]
        .sort((one, other) => (one.id < other.id ? -1 : 1))
        .map(({ id, rule, factId, reason, waivedBy, waivedOn }) =>
          present({
            code: names.code(id),
            rule,
            on: factId === null ? undefined : fieldOf(factId),
            reason,
            by: waivedBy,
            date: waivedOn,
          }),
        ),
    ),
    ref: (table, key) => refs.get(`${slug}/${table}/${key}`),
    of: (table, key, fields) => {
      const kept = present(fields)
      const order = Object.keys(kept)
      const own = [...(facts.get(`${slug}/${table}/${key}`) ?? [])].sort(
        (one, other) => order.indexOf(one.field) - order.indexOf(other.field) || (one.field < other.field ? -1 : 1),
      )
      return present({
        ...kept,
        quotes: filled(
          groupedLinks(new Map(own.map((fact) => [fact.field, linksOf(fact, fieldValue(kept, fact.field))]))),
        ),
        derived: filled(own.flatMap(derivedOf)),
        corrections: filled(own.flatMap(correctionOf)),
      })
    },
  }
}

const fieldValue = (entry: object, field: string): unknown => (entry as Readonly<Record<string, unknown>>)[field]

/** A fact's key without its field: the row that it is about. */
const rowOf = (factId: string) => factId.slice(0, factId.lastIndexOf('/'))

/** The measurement or analysis that a judgement is about, as `fact` names it. */
const judgedRow = (row: StudyRows['riskOfBias'][number]): string[] => {
  const local = (key: string) => key.slice(row.studyId.length + 1)
  if (row.outcomeMeasurementId !== null)
    return [`${row.studyId}/outcome_measurement/${local(row.outcomeMeasurementId)}`]
  return row.outcomeAnalysisId === null ? [] : [`${row.studyId}/outcome_analysis/${local(row.outcomeAnalysisId)}`]
}

/** A name for each row that something in the file points at. */
function refsOf(
  { slug, rows }: StudyRecord,
  labels: readonly (readonly [row: string, name: string])[],
): ReadonlyMap<string, string> {
  const named = new Set([
    ...[...rows.derivationInput, ...rows.waiver].map(({ factId }) => rowOf(factId ?? '')),
    ...rows.riskOfBias.flatMap(judgedRow),
  ])
  const refs = new Map<string, string>()
  // A judgement names a row by its ref or an outcome by its code: the two must differ.
  const taken = new Set(rows.outcome.map(({ id }) => id.slice(slug.length + 1)))
  for (const [row, name] of labels) {
    if (!named.has(row)) continue
    const ref = firstFree(name, taken)
    refs.set(row, ref)
    taken.add(ref)
  }
  return refs
}

function spanOf(words: string, start: number | null, end: number | null): Pick<Link, 'span' | 'occurrence'> {
  if (start === null || end === null) return {}
  const span = words.slice(start, end)
  return present({ span, occurrence: occurrenceOf(words, span, start) })
}

/** Which one of several; nothing where the words stand there once. */
function occurrenceOf(text: string | undefined, words: string | null, start: number | null): number | undefined {
  if (text === undefined || words === null || start === null) return undefined
  const places = placesOf(text, words)
  const place = places.indexOf(start)
  return places.length < 2 || place < 0 ? undefined : place + 1
}
