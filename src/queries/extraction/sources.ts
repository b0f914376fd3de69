import { factKeyOf } from '../../model/fact-key.ts'
import { givesNumber } from '../../model/printing-link.ts'
import { all, type StudyPart } from './study-part.ts'

/** What the numbers of a study were read from, or made of. */
export const SOURCES = {
  fact: all('id', 'studyId', 'field', 'printed'),
  quoteLink: all('factId', 'position', 'studyId', 'quoteId', 'role', 'spanStart', 'spanEnd'),
  quote: all('id', 'studyId', 'position', 'words', 'publicationTextId', 'sourceId', 'locator'),
  publicationText: all('id', 'label'),
  source: all('id', 'label'),
  derivation: all('factId', 'studyId', 'formula'),
  correction: all('factId', 'studyId', 'originalPrinted', 'originalMissingReason'),
} as const

type Part = StudyPart<typeof SOURCES>

/** A passage, with where it stands in words. */
export interface SourceQuote {
  readonly id: string
  readonly position: number
  readonly words: string | null
  readonly section: string
}

/** A field of a row with its source. */
export interface SourcedFact {
  readonly field: string
  readonly printed: string | null
  readonly links: readonly { readonly role: Part['quoteLink'][number]['role']; readonly quote: SourceQuote }[]
  readonly formula: string | null
  readonly correction: Part['correction'][number] | null
}

const NONE: readonly never[] = []

/** The facts of each row of a study: `outcome_measurement` and the row's key give them in the order of their fields. */
export function factsOf(part: Part): (table: string, id: string) => readonly SourcedFact[] {
  const quotes = new Map(
    part.quote.map(({ id, position, words, publicationTextId, sourceId, locator }) => {
      const label = publicationTextId === null ? undefined : part.publicationText.get(publicationTextId)?.label
      const source = sourceId === null ? undefined : part.source.get(sourceId)?.label
      return [id, { id, position, words, section: label ?? [source, locator].filter(Boolean).join(', ') }]
    }),
  )
  const links = new Map<string, { role: Part['quoteLink'][number]['role']; quote: SourceQuote }[]>()
  for (const { factId, quoteId, role } of part.quoteLink) {
    const quote = quotes.get(quoteId)
    if (quote === undefined) continue
    const known = links.get(factId)
    if (known === undefined) links.set(factId, [{ role, quote }])
    else known.push({ role, quote })
  }
  const formulas = new Map(part.derivation.map(({ factId, formula }) => [factId, formula]))
  const corrections = new Map(part.correction.map((correction) => [correction.factId, correction]))
  const rows = new Map<string, SourcedFact[]>()
  for (const { id, field, printed } of part.fact) {
    const { table, rowId } = factKeyOf(id)
    const fact = {
      ...{ field, printed },
      links: links.get(id) ?? NONE,
      formula: formulas.get(id) ?? null,
      correction: corrections.get(id) ?? null,
    }
    const known = rows.get(`${table} ${rowId}`)
    if (known === undefined) rows.set(`${table} ${rowId}`, [fact])
    else known.push(fact)
  }
  return (table, id) => rows.get(`${table} ${id}`) ?? NONE
}

/** The passages that give numbers, each once and in the text's order. */
export function numberQuotes(facts: readonly SourcedFact[]): readonly SourceQuote[] {
  const quotes = new Map(
    facts.flatMap(({ links }) =>
      links.filter(({ role }) => givesNumber(role)).map(({ quote }) => [quote.id, quote] as const),
    ),
  )
  return [...quotes.values()].sort((one, other) => one.position - other.position)
}
