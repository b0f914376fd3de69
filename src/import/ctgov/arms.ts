import type { StudyRows, VocabularyRows } from '../../model/study-record.ts'
import { known } from '../rows/printed-text.ts'
import type { RowBook } from '../rows/row-book.ts'
import type { ArmNames } from './groups.ts'
import type { CtgovStudy, Protocol } from './study-shape.ts'

const ROLES = [
  ...([
    'experimental',
    'active_comparator',
    'placebo_comparator',
    'sham_comparator',
    'no_intervention',
    'other',
  ] as const),
] as const
const KINDS = {
  drug: 'drug',
  biological: 'biological',
  procedure: 'procedure',
  device: 'device',
  behavioral: 'behavioural',
  radiation: 'radiation',
  dietary_supplement: 'dietary_supplement',
  genetic: 'genetic',
  diagnostic_test: 'diagnostic_test',
  combination_product: 'combination_product',
  other: 'other',
} as const satisfies Readonly<Record<string, StudyRows['intervention'][number]['kind']>>

const kindOf = (type: string | undefined) => {
  const word = type?.toLowerCase().replace(/[\s/-]+/g, '_') ?? 'other'
  return Object.hasOwn(KINDS, word) ? KINDS[word as keyof typeof KINDS] : undefined
}
const same = (text: string) => text.toLowerCase().replace(/\s+/g, ' ')

type Browse = NonNullable<NonNullable<CtgovStudy['derivedSection']>['conditionBrowseModule']>

/** The registry's MeSH headings for words of a record, where it says which words it took one for. */
class Headings {
  private readonly byWords = new Map<string, string>()
  private readonly headings = new Map<string, string>()
  /** Those that a legacy record gives by their names alone. */
  readonly withoutNumber: string[] = []

  constructor(
    browse: Browse | undefined,
    private readonly vocabulary: VocabularyRows,
  ) {
    for (const { id, term } of browse?.meshes ?? []) {
      if (term === undefined) continue
      if (id === undefined) {
        this.withoutNumber.push(term)
        continue
      }
      this.byWords.set(same(term), id)
      this.headings.set(id, term)
    }
    // Leaves have the names of headings, and numbers of their own.
    for (const { name, asFound } of browse?.browseLeaves ?? []) {
      const id = this.byWords.get(same(name ?? ''))
      if (id !== undefined && asFound !== undefined) this.byWords.set(same(asFound), id)
    }
  }

  /** The descriptor that the registry gives words; null where it gives none, or one of MeSH's supplement. */
  of(words: string): string | null {
    const ui = this.byWords.get(same(words))
    const term = ui === undefined ? undefined : this.headings.get(ui)
    return ui === undefined ? null : this.use(ui, term)
  }

  private use(ui: string, term: string | undefined): string | null {
    if (!/^D\d{6,9}$/.test(ui)) return null
    const { meshDescriptor } = this.vocabulary
    if (term !== undefined && !meshDescriptor.some((known) => known.ui === ui))
      meshDescriptor.push({ ui, name: term, scopeNote: null })
    return ui
  }

  /** Headings of no words in particular. */
  *rest(
    used: ReadonlySet<string | null>,
  ): Iterable<{ readonly ui: string; readonly term: string; readonly key: string | null }> {
    for (const [ui, term] of this.headings) if (!used.has(ui)) yield { ui, term, key: this.use(ui, term) }
  }
}

/** The conditions as printed, and after them the registry's MeSH headings that are none of these. */
export function addConditions(
  book: RowBook,
  protocol: Protocol,
  browse: Browse | undefined,
  vocabulary: VocabularyRows,
): void {
  const { studyCondition } = book.rows
  const headings = new Headings(browse, vocabulary)
  const add = (name: string, descriptorUi: string | null) => {
    const position = studyCondition.length + 1
    studyCondition.push({ id: book.key(`condition${position}`), studyId: book.slug, position, name, descriptorUi })
  }
  for (const name of protocol.conditionsModule?.conditions ?? []) add(name, headings.of(name))
  for (const { ui, term, key } of headings.rest(new Set(studyCondition.map(({ descriptorUi }) => descriptorUi))))
    if (key !== null) add(term, key)
    else book.text('condition browse', `MeSH ${ui}`, term)
  for (const term of headings.withoutNumber) book.text('condition browse', 'MeSH', term)
}

/** What the study did, to whom: interventions, arms, and which arm got which. */
export function addArms(
  book: RowBook,
  protocol: Protocol,
  browse: Browse | undefined,
  vocabulary: VocabularyRows,
): readonly ArmNames[] {
  const { rows, slug } = book
  const { armGroups = [], interventions = [] } = protocol.armsInterventionsModule ?? {}
  const headings = new Headings(browse, vocabulary)
  const byName = new Map<string, string>()
  for (const [index, { type, name, description, otherNames }] of interventions.entries()) {
    const id = book.key(`intervention${index + 1}`)
    const kind = kindOf(type)
    const words = name ?? type ?? `Intervention ${index + 1}`
    const descriptorUi = headings.of(words) ?? otherNames.map((other) => headings.of(other)).find((ui) => ui !== null)
    rows.intervention.push({
      id,
      studyId: slug,
      position: index + 1,
      name: words,
      kind: kind ?? 'other',
      description: description ?? null,
      descriptorUi: descriptorUi ?? null,
    })
    if (kind === undefined) book.text('interventions', `kind of ${words}`, type)
    for (const other of otherNames) book.text('interventions', `other name of ${words}`, other)
    // An arm names it with its kind: "Drug: Tadalafil".
    for (const label of [name, `${(type ?? '').replaceAll('_', ' ')}: ${words}`]) if (label) byName.set(same(label), id)
  }
  for (const { ui, term } of headings.rest(new Set(rows.intervention.map(({ descriptorUi }) => descriptorUi))))
    book.text('intervention browse', `MeSH ${ui}`, term)
  for (const term of headings.withoutNumber) book.text('intervention browse', 'MeSH', term)
  const labels = new Set(armGroups.flatMap(({ label }) => (label === undefined ? [] : [same(label)])))
  for (const { name, armGroupLabels } of interventions)
    for (const label of armGroupLabels)
      if (!labels.has(same(label))) book.text('interventions', `arm of ${name ?? 'an intervention'}`, label)
  const names = new Map(rows.intervention.map(({ id, name }) => [id, name]))
  return armGroups.map(({ label, type, description, interventionNames }, index) => {
    const id = book.key(`arm${index + 1}`)
    const role = known(ROLES, type)
    rows.arm.push({
      id,
      studyId: slug,
      position: index + 1,
      label: label ?? `Arm ${index + 1}`,
      role: role ?? 'other',
      description: description ?? null,
    })
    if (role === undefined) book.text('arms', `kind of ${label ?? index + 1}`, type)
    const given = new Set<string>()
    for (const name of interventionNames) {
      const found = byName.get(same(name))
      if (found === undefined) book.text('arms', `intervention of ${label ?? index + 1}`, name)
      else given.add(found)
    }
    for (const [place, { armGroupLabels }] of interventions.entries())
      if (label !== undefined && armGroupLabels.some((other) => same(other) === same(label)))
        given.add(book.key(`intervention${place + 1}`))
    for (const [place, interventionId] of [...given].entries())
      rows.armIntervention.push({
        id: `${id}+${interventionId.slice(slug.length + 1)}`,
        studyId: slug,
        armId: id,
        interventionId,
        position: place + 1,
        dose: null,
        doseUnit: null,
        doseMissingReason: null,
        route: null,
        routeMissingReason: null,
        schedule: null,
        scheduleMissingReason: null,
        note: null,
      })
    return { id, label, interventions: [...given].flatMap((intervention) => names.get(intervention) ?? []) }
  })
}
