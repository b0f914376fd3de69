import { ReadLeaves } from '../stream/read-leaves.ts'
import { child, children, type XmlElement } from '../stream/xml-element.ts'

/** The elements of which a record has several in one place. */
const REPEATED = new Set([
  ...[
    'secondary_id',
    'nct_alias',
    'collaborator',
    'authority',
    'primary_outcome',
    'secondary_outcome',
    'other_outcome',
  ],
  ...[
    'condition',
    'arm_group',
    'arm_group_label',
    'intervention',
    'other_name',
    'overall_official',
    'location',
    'country',
  ],
  ...['link', 'reference', 'results_reference', 'keyword', 'mesh_term', 'group', 'period', 'milestone', 'participants'],
  ...[
    'drop_withdraw_reason',
    'measure',
    'category',
    'measurement',
    'class',
    'analyzed',
    'count',
    'outcome',
    'analysis',
  ],
  ...['group_id', 'event', 'counts', 'provided_document', 'study_doc', 'contact', 'investigator'],
])

/** Reads texts and attributes of a legacy record, and keeps what was read, so that the rest can be told. */
export class LegacySource {
  readonly #leaves = new ReadLeaves(REPEATED)

  /** The text at the end of a path of names, as lines without the space that they are indented by. */
  text(element: XmlElement | undefined, ...path: readonly string[]): string | undefined {
    const found = child(element, ...path)
    if (found === undefined) return undefined
    const block = child(found, 'textblock')
    if (block !== undefined) return this.text(block)
    const words = found.content.filter((part) => typeof part === 'string').join('')
    if (words.trim() === '') return undefined
    this.#leaves.mark(found)
    return unindented(words)
  }

  texts(element: XmlElement | undefined, name: string): readonly string[] {
    return children(element, name).flatMap((one) => this.text(one) ?? [])
  }

  attribute(element: XmlElement | undefined, name: string): string | undefined {
    return this.#leaves.attribute(element, name)
  }

  /** Says that an element is read that gives nothing of its own. */
  mark(element: XmlElement | undefined): void {
    if (element !== undefined) this.#leaves.mark(element)
  }

  unread(record: XmlElement): readonly string[] {
    return this.#leaves.unread(record, record.name)
  }
}

function unindented(words: string): string {
  if (!words.includes('\n')) return words.trim()
  const lines = words
    .replace(/^\s*\n/, '')
    .trimEnd()
    .split('\n')
  const indents = lines.flatMap((line) => (line.trim() === '' ? [] : [line.length - line.trimStart().length]))
  const least = indents.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY)
  return lines
    .map((line) => line.slice(Math.min(least, line.length)))
    .join('\n')
    .trim()
}

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]
const two = (number: number | string) => String(number).padStart(2, '0')

/** "August 20, 2008", "June 2014" and "12/2020" as 2008-08-20, 2014-06 and 2020-12; another text as it is. */
export function isoDate(text: string | undefined): string | undefined {
  const [, name = '', day, year] = /^([A-Za-z]+) (?:(\d{1,2}), )?(\d{4})$/.exec(text ?? '') ?? []
  const month = MONTHS.indexOf(name.toLowerCase()) + 1
  if (month > 0) return `${year}-${two(month)}${day === undefined ? '' : `-${two(day)}`}`
  const [, number, of] = /^(\d{1,2})\/(\d{4})$/.exec(text ?? '') ?? []
  return number === undefined ? text : `${of}-${two(number)}`
}

/** A label in the registry's newer capitals: "Active, not recruiting" is ACTIVE_NOT_RECRUITING. */
export const capitals = (text: string | undefined): string | undefined =>
  text
    ?.toUpperCase()
    .replace(/[^A-Z\d]+/g, '_')
    .replace(/^_|_$/g, '')

export const yesNo = (text: string | undefined): boolean | string | undefined =>
  /^yes$/i.test(text ?? '') ? true : /^no$/i.test(text ?? '') ? false : text
