import fc from 'fast-check'
import { placesOf } from '../../src/model/find-words.ts'
import type { StudyFile } from '../../src/model/study-file.ts'
import { anyText, type Codes, entry, type Gen, maybe, oneOf, several, some, text } from './texts.ts'

type Quote = NonNullable<StudyFile['quotes']>[number]
type LinkEntry = NonNullable<StudyFile['study']['quotes']>[number]
type Correction = NonNullable<StudyFile['study']['corrections']>[number]

/** A quote while its words are still being written: each part stands by itself between spaces. */
interface Draft {
  readonly quote: Quote
  readonly parts: string[]
}
interface DraftLink {
  readonly link: LinkEntry
  readonly draft: Draft
  /** Which part of the words the span is. */
  readonly part: number
}

const ROLES = ['group', 'outcome', 'subgroup', 'time', 'correction'] as const

/** Quotes whose words are made of the numbers and texts that entries need, so that every span can be found. */
export class Quotes {
  readonly #drafts: Draft[] = []
  readonly #links: DraftLink[] = []

  constructor(
    private readonly g: Gen,
    private readonly places: {
      readonly code: Codes
      readonly sections: readonly { readonly code: string; body: string }[]
      readonly sources: readonly string[]
      readonly publications: readonly string[]
    },
  ) {}

  /** An entry with words for each of its numbers, and more that its fields may have. */
  support<T extends object>(
    fields: T,
    { numbers = [], texts = [], derived = [] }: { numbers?: string[]; texts?: string[]; derived?: string[] },
  ): T & Pick<StudyFile['study'], 'quotes' | 'corrections'> {
    const values = fields as Readonly<Record<string, unknown>>
    const has = (field: string) => values[field] !== undefined && typeof values[field] !== 'object'
    const sourced = numbers.filter((field) => has(field) && !derived.includes(field))
    const known = [...numbers, ...texts].filter(has)
    const links = [
      ...sourced.map((field) => this.#value(field, printedAs(field, values[field]))),
      ...(known.length === 0 ? [] : several(this.g, { min: 0, max: 3 }, () => this.#other(known, numbers))),
    ]
    const corrected = some(this.g, known).slice(0, this.g(oneOrNone))
    return entry({
      ...fields,
      quotes: links.length === 0 ? undefined : some(this.g, links, links.length),
      corrections: corrected.length === 0 ? undefined : corrected.map((field) => this.#correction(field)),
    })
  }

  #value(field: string, printed: string): LinkEntry {
    const draft = this.#draft()
    const role = oneOf(this.g, ['value', 'denominator'] as const)
    if (draft.quote.words === undefined) return { field, role, quote: draft.quote.code, printed }
    // Neutral words on both sides: what stands beside a number can change what it says.
    draft.parts.push('were')
    const link = this.#spanned({ field, role, quote: draft.quote.code }, draft, printed)
    draft.parts.push('there')
    return link
  }

  #other(known: readonly string[], numbers: readonly string[]): LinkEntry {
    const fields = some(this.g, known, 1)
    const draft = this.#draft()
    const valueToo = fields.every((field) => !numbers.includes(field))
    const role = oneOf(this.g, valueToo ? (['value', 'denominator', ...ROLES] as const) : ROLES)
    const field = fields.length === 1 && this.g(oneOrNone) === 0 ? (fields[0] ?? '') : fields
    const link: LinkEntry = { field, role, quote: draft.quote.code }
    if (this.g(oneOrNone) === 0) return link
    return draft.quote.words === undefined ? link : this.#spanned(link, draft, anyText(this.g))
  }

  #spanned(link: LinkEntry, draft: Draft, span: string): LinkEntry {
    const known = draft.parts.indexOf(span)
    // Sometimes the same words once more, so that one must say which.
    const part =
      known >= 0 && draft.parts[known - 1] === 'were' && this.g(oneOrNone) === 0 ? known : draft.parts.push(span) - 1
    const spanned: LinkEntry = { ...link, span }
    this.#links.push({ link: spanned, draft, part })
    return spanned
  }

  #correction(field: string): Correction {
    return entry({
      field,
      original:
        this.g(oneOrNone) === 0 ? text(this.g) : { missing: oneOf(this.g, ['not_reported', 'unclear'] as const) },
      notice: text(this.g),
      publication: maybe(this.g, () => oneOf(this.g, this.places.publications)),
    })
  }

  #draft(): Draft {
    if (this.#drafts.length > 0 && this.g(zeroToNine) > 2) return oneOf(this.g, this.#drafts)
    const code = this.places.code(this.g, 'quote')
    const kind = this.places.sections.length === 0 ? 0 : this.g(zeroToNine)
    const quote: Quote =
      kind < 3
        ? {
            code,
            source: oneOf(this.g, this.places.sources),
            locator: text(this.g),
            ...(kind === 0 ? {} : { words: '' }),
          }
        : { code, section: oneOf(this.g, this.places.sections).code, words: '' }
    const draft = { quote, parts: [anyText(this.g)] }
    this.#drafts.push(draft)
    return draft
  }

  /** The quotes with their words, which now stand in their sections, and every link with its occurrence. */
  finish(): Quote[] {
    for (const { quote, parts } of this.#drafts) if (quote.words !== undefined) quote.words = parts.join(' ')
    const starts = new Map<Draft, number>()
    for (const section of this.places.sections)
      for (const draft of this.#drafts.filter(({ quote }) => quote.section === section.code)) {
        section.body += ' '
        starts.set(draft, section.body.length)
        section.body += `${draft.quote.words} ${this.g(oneOrNone) === 0 ? anyText(this.g) : draft.quote.words}`
      }
    for (const section of this.places.sections)
      for (const draft of this.#drafts.filter(({ quote }) => quote.section === section.code))
        setOccurrence(draft.quote, section.body, draft.quote.words ?? '', starts.get(draft) ?? 0)
    for (const { link, draft, part } of this.#links) {
      const start = draft.parts.slice(0, part).reduce((length, before) => length + before.length + 1, 0)
      setOccurrence(link, draft.quote.words ?? '', link.span ?? '', start)
    }
    return this.#drafts.map(({ quote }) => quote)
  }
}

const printedAs = (field: string, value: unknown): string =>
  field === 'p_sides' ? (value === 1 ? 'one-sided' : 'two-sided') : String(value)

function setOccurrence(it: { occurrence?: number | undefined }, body: string, words: string, start: number): void {
  const places = placesOf(body, words)
  if (places.length > 1) it.occurrence = places.indexOf(start) + 1
}

const oneOrNone = () => fc.integer({ min: 0, max: 1 })
const zeroToNine = () => fc.integer({ min: 0, max: 9 })
