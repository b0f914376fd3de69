import type { StudyRows } from '../../model/study-record.ts'
import { REGISTRY_COLUMNS } from '../rows/registry-columns.ts'
import type { RowBook } from '../rows/row-book.ts'
import { child, children, type XmlElement } from '../stream/xml-element.ts'
import { addContrast } from './contrasts.ts'
import { addMeans, addTable } from './measurements.ts'
import { invalid, type RevmanSource } from './revman-source.ts'
import type { Setting } from './setting.ts'
import { codeOf } from './study-code.ts'

type Outcome = StudyRows['outcome'][number]

/** The kinds of data by the beginnings of their elements' names. */
const KINDS = {
  DICH: 'dichotomous',
  CONT: 'continuous',
  IV: 'other',
  IPD: 'time_to_event',
  OTHER: 'other',
} as const satisfies Readonly<Record<string, Outcome['kind']>>
type Kind = keyof typeof KINDS

const isKind = (text: string): text is Kind => Object.hasOwn(KINDS, text)

/** An outcome, or a part of one, with a row of data. */
export interface Pair {
  readonly outcomeId: string
  readonly partOf: string | null
  readonly comparisonId: string
}

/**
 * A study's rows of data, as an outcome of each of the review's outcomes, and a part of it for each subgroup. RevMan
 * knows no arms: an outcome's two groups are told from others by their side and their label.
 *
 * @returns what has a row
 */
export function addData(source: RevmanSource, book: RowBook, root: XmlElement): readonly Pair[] {
  const groups = new Groups(book)
  const pairs: Pair[] = []
  const ids = new Set<string>()
  for (const comparison of children(child(root, 'ANALYSES_AND_DATA'), 'COMPARISON')) {
    source.attribute(comparison, 'ID')
    source.attribute(comparison, 'NO')
    const name = source.text(comparison, 'NAME')
    for (const outcome of comparison.content) {
      if (typeof outcome === 'string') continue
      const [, kind = ''] = /^([A-Z]+)_OUTCOME$/.exec(outcome.name) ?? []
      if (!isKind(kind)) continue
      const id = ownId(source, outcome, ids)
      pairs.push(...addOutcome(source, book, groups, { kind, id, comparison: name, outcome, ids }))
    }
  }
  return pairs
}

/** @throws EvidenceError RECORD_INVALID  there is none, or another outcome has it */
function ownId(source: RevmanSource, element: XmlElement, ids: Set<string>): string {
  const id = source.attribute(element, 'ID')
  source.attribute(element, 'NO')
  if (id === undefined) throw invalid(element, 'it has no ID')
  const code = codeOf(id)
  if (ids.has(code)) throw invalid(element, 'another outcome before it has its ID')
  ids.add(code)
  return code
}

interface Asked {
  readonly kind: Kind
  readonly id: string
  readonly comparison: string | undefined
  readonly outcome: XmlElement
  readonly ids: Set<string>
}

function addOutcome(source: RevmanSource, book: RowBook, groups: Groups, asked: Asked): readonly Pair[] {
  const { kind, id, comparison, outcome, ids } = asked
  const label = source.text(outcome, 'NAME') ?? 'Outcome without a name'
  const whole = outcomeRow(book, {
    id,
    label,
    kind: KINDS[kind],
    definition: [comparison, swapped(source, outcome)].filter((part) => part !== undefined).join('. ') || null,
    unit: source.attribute(outcome, 'UNITS') ?? null,
  })
  if (kind === 'OTHER') {
    addWords(source, book, label, outcome)
    return []
  }
  book.rows.outcome.push(whole)
  const pair = groups.pair(source.text(outcome, 'GROUP_LABEL_1'), source.text(outcome, 'GROUP_LABEL_2'))
  const pairs: Pair[] = []
  const add = (within: XmlElement, { id: outcomeId, partOfId: partOf }: Outcome) => {
    if (addRow(source, book, kind, within, { ...pair, outcomeId, outcome }))
      pairs.push({ outcomeId, partOf, comparisonId: pair.comparisonId })
  }
  add(outcome, whole)
  for (const subgroup of children(outcome, `${kind}_SUBGROUP`)) {
    const name = source.text(subgroup, 'NAME') ?? 'Subgroup without a name'
    const part: Outcome = {
      ...whole,
      id: book.key(ownId(source, subgroup, ids)),
      position: book.rows.outcome.length + 1,
      label: `${label}: ${name}`,
      definition: null,
      partOfId: whole.id,
      classTitle: name,
    }
    book.rows.outcome.push(part)
    add(subgroup, part)
  }
  return pairs
}

/** Whether effects are of those without the event. */
function swapped(source: RevmanSource, outcome: XmlElement): string | undefined {
  return source.attribute(outcome, 'SWAP_EVENTS') === 'YES'
    ? 'RevMan estimates its effects for the participants without the event'
    : undefined
}

function outcomeRow(
  book: RowBook,
  { id, ...given }: Pick<Outcome, 'id' | 'label' | 'kind' | 'definition' | 'unit'>,
): Outcome {
  return {
    id: book.key(id),
    studyId: book.slug,
    position: book.rows.outcome.length + 1,
    ...given,
    role: 'not_stated',
    direction: 'unclear',
    parentId: null,
    ...REGISTRY_COLUMNS.outcome,
  }
}

/** @returns whether there is one */
function addRow(
  source: RevmanSource,
  book: RowBook,
  kind: Exclude<Kind, 'OTHER'>,
  within: XmlElement,
  setting: Setting,
): boolean {
  const [row, second] = children(within, `${kind}_DATA`)
  if (second !== undefined) throw invalid(within, 'it has two rows of the study')
  if (row === undefined) return false
  source.attribute(row, 'STUDY_ID')
  if (kind === 'DICH') addTable(source, book, row, setting)
  else if (kind === 'CONT') addMeans(source, book, row, setting)
  else addContrast(source, book, row, setting, kind)
  return true
}

/** What an outcome of no kind says of the study, in words. */
function addWords(source: RevmanSource, book: RowBook, label: string, outcome: XmlElement): void {
  const rows = [outcome, ...children(outcome, 'OTHER_SUBGROUP')].flatMap((of) => children(of, 'OTHER_DATA'))
  for (const row of rows) {
    source.attribute(row, 'STUDY_ID')
    for (const part of row.content)
      if (typeof part !== 'string') book.text('outcome', label, source.text(row, part.name))
  }
}

/** The groups of a study, and the pairs that are compared. */
class Groups {
  private readonly made = new Map<string, StudyRows['studyGroup'][number]>()
  private readonly pairs = new Map<string, string>()

  constructor(private readonly book: RowBook) {}

  pair(one: string | undefined, other: string | undefined): Omit<Setting, 'outcomeId' | 'outcome'> {
    const experimental = this.group('experimental', one ?? 'Experimental')
    const control = this.group('control', other ?? 'Control')
    const versus = `${experimental.id} ${control.id}`
    let comparisonId = this.pairs.get(versus)
    if (comparisonId === undefined) {
      const { comparison } = this.book.rows
      comparisonId = this.book.key(`comparison-${comparison.length + 1}`)
      this.pairs.set(versus, comparisonId)
      comparison.push({
        id: comparisonId,
        studyId: this.book.slug,
        position: comparison.length + 1,
        experimentalGroupId: experimental.id,
        referenceGroupId: control.id,
      })
    }
    return { comparisonId, experimental, control }
  }

  private group(side: 'experimental' | 'control', label: string): StudyRows['studyGroup'][number] {
    const found = this.made.get(`${side} ${label}`)
    if (found !== undefined) return found
    const { studyGroup } = this.book.rows
    const number = [...this.made.keys()].filter((key) => key.startsWith(`${side} `)).length + 1
    const group = {
      id: this.book.key(`${side}-${number}`),
      studyId: this.book.slug,
      position: studyGroup.length + 1,
      label,
      code: null,
      module: null,
      description: null,
      matchedBy: null,
      overlapping: null,
    }
    this.made.set(`${side} ${label}`, group)
    studyGroup.push(group)
    return group
  }
}
