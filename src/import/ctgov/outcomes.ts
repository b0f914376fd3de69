import { isPartialDate } from '../../model/partial-date.ts'
import type { StudyRows } from '../../model/study-record.ts'
import { inWords, known, printedCount, sureTime } from '../rows/printed-text.ts'
import { NO_NUMBERS, REGISTRY_COLUMNS } from '../rows/registry-columns.ts'
import type { RowBook } from '../rows/row-book.ts'
import { addAnalyses } from './analyses.ts'
import { unplaced } from './baseline.ts'
import { type ArmNames, addGroups, type GroupList } from './groups.ts'
import { pathOf } from './shape.ts'
import {
  type Column,
  cellsOf,
  countsPeople,
  type Denominators,
  denominatorsOf,
  levelOf,
  outcomeColumns,
  type Statistic,
  statisticOf,
} from './statistics.ts'
import type { CtgovMeasurement, CtgovOutcome, Protocol, Results } from './study-shape.ts'

type Outcome = StudyRows['outcome'][number]
type Kind = Outcome['kind']

const NOTHING = { ...REGISTRY_COLUMNS.outcome, parentId: null } as const satisfies Partial<Outcome>

/** The outcomes that were planned; by role and wording, so that those that were reported can name them. */
export function addPlanned(book: RowBook, { outcomesModule }: Protocol): ReadonlyMap<string, string> {
  const planned = new Map<string, string>()
  const lists = [
    ['primary', outcomesModule?.primaryOutcomes ?? []],
    ['secondary', outcomesModule?.secondaryOutcomes ?? []],
    ['other', outcomesModule?.otherOutcomes ?? []],
  ] as const
  let number = 0
  for (const [role, outcomes] of lists)
    for (const { measure, description, timeFrame } of outcomes) {
      const id = book.key(`planned${++number}`)
      const label = measure ?? `Planned outcome ${number}`
      const wording = wordingOf(role, label)
      if (!planned.has(wording)) planned.set(wording, id)
      book.rows.outcome.push({
        id,
        studyId: book.slug,
        position: book.rows.outcome.length + 1,
        label,
        kind: 'other',
        role,
        direction: 'unclear',
        definition: description ?? null,
        unit: null,
        ...NOTHING,
        section: 'protocol',
        timeFrame: timeFrame ?? null,
      })
    }
  return planned
}

const wordingOf = (role: string, label: string) =>
  `${role} ${label
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()}`

const ROLES = {
  primary: { role: 'primary', prespecified: null },
  secondary: { role: 'secondary', prespecified: null },
  other_pre_specified: { role: 'other', prespecified: true },
  post_hoc: { role: 'other', prespecified: false },
} as const

/** The outcomes that were reported, their parts, the numbers of each group, and the analyses. */
export function addOutcomes(
  book: RowBook,
  arms: readonly ArmNames[],
  module: Results['outcomeMeasuresModule'],
  planned: ReadonlyMap<string, string>,
): void {
  for (const [index, outcome] of (module?.outcomeMeasures ?? []).entries()) {
    const code = `o${index + 1}`
    const groups = addGroups(book, arms, 'outcome', `${code}-`, outcome.groups)
    const row = addOutcome(book, outcome, code, planned)
    addMeasurements(book, groups, outcome, row)
    addAnalyses(book, groups, outcome, row.id)
  }
}

function addOutcome(book: RowBook, outcome: CtgovOutcome, code: string, planned: ReadonlyMap<string, string>): Outcome {
  const statistic = statisticOf(outcome.paramType)
  const word = outcome.type?.toLowerCase().replace(/[\s-]+/g, '_') ?? ''
  const { role, prespecified } = Object.hasOwn(ROLES, word)
    ? ROLES[word as keyof typeof ROLES]
    : ({ role: 'not_stated', prespecified: null } as const)
  const untold = (key: string) => book.unmapped(pathOf({ within: outcome.place, key }, false))
  if (statistic === undefined && outcome.paramType !== undefined) untold('paramType')
  if (role === 'not_stated' && outcome.type !== undefined) untold('type')
  const posting = outcome.anticipatedPostingDate
  if (posting !== undefined && !isPartialDate(posting)) untold('anticipatedPostingDate')
  const label = outcome.title ?? `Outcome ${code.slice(1)}`
  const row: Outcome = {
    id: book.key(code),
    studyId: book.slug,
    position: book.rows.outcome.length + 1,
    label,
    kind: kindOf(statistic, outcome.unitOfMeasure),
    role,
    direction: 'unclear',
    definition: outcome.description ?? null,
    unit: outcome.unitOfMeasure ?? null,
    ...NOTHING,
    section: 'results',
    plannedAsId: planned.get(wordingOf(role, label)) ?? null,
    timeFrame: outcome.timeFrame ?? null,
    prespecified,
    statistic: statistic ?? null,
    dispersion: outcome.dispersionType === undefined ? null : inWords(outcome.dispersionType),
    percentages: outcome.calculatePct ?? null,
    unitsAnalysed: outcome.typeUnitsAnalyzed ?? null,
    denominatorUnits: outcome.denomUnitsSelected ?? null,
    reportingStatus: known(['posted', 'not_posted'], outcome.reportingStatus) ?? outcome.reportingStatus ?? null,
    anticipatedPosting: posting !== undefined && isPartialDate(posting) ? posting : null,
  }
  book.rows.outcome.push(row)
  return row
}

function kindOf(statistic: Statistic | undefined, unit: string | undefined): Kind {
  if (countsPeople(statistic, unit)) return 'dichotomous'
  return statistic?.endsWith('mean') ? 'continuous' : 'other'
}

const SETS = [
  ['intention_to_treat', /\bintent(?:ion)?[- ]to[- ]treat\b|\bITT\b/i],
  ['per_protocol', /\bper[- ]protocol\b/i],
  ['safety', /\bsafety (?:analysis )?(?:population|set)\b/i],
] as const
const LONGEST_LABEL = 80

/** Who was analysed, as the record describes them. The kind is told only where the description names just one. */
function setOf(book: RowBook, description: string | undefined): string | null {
  if (description === undefined) return null
  const named = SETS.filter(([, pattern]) => pattern.test(description))
  const [only, ...more] = /\bmodified\b|\bmITT\b/i.test(description) ? [] : named
  const [sentence = ''] = /^[^.;:\n]+/.exec(description) ?? []
  const label = (sentence || description).trim()
  return book.analysisSet(
    only !== undefined && more.length === 0 ? only[0] : 'other',
    label.length > LONGEST_LABEL ? `${[...label].slice(0, LONGEST_LABEL - 1).join('')}…` : label,
    description,
  )
}

function addMeasurements(book: RowBook, groups: GroupList, outcome: CtgovOutcome, whole: Outcome): void {
  const { classes } = outcome
  const statistic = whole.statistic ?? undefined
  const columns = outcomeColumns(statistic, outcome.dispersionType, outcome.unitOfMeasure)
  const others = unplaced(book)
  const ofOutcome = denominatorsOf(outcome.denoms, others)
  const ofClasses = classes.map(({ denoms }) => denominatorsOf(denoms, others))
  const analysisSetId = setOf(book, outcome.populationDescription)
  const time = book.timepoint(outcome.timeFrame)
  // Classes that are times are times of the one outcome.
  const classesAreTimes = classes.every(({ title }) => title !== undefined && sureTime(title) !== undefined)
  const timeOf = (title: string | undefined) => (classesAreTimes ? book.timepoint(title) : time)
  const parts = new Map<string, string>()
  /** Groups whose number is out of the outcome's own denominator. */
  const ofWhole = new Set<string | undefined>()
  const inClass = new Set<string>()

  const partOf = (code: string, classTitle: string | undefined, category: string | undefined): string => {
    const words = [classesAreTimes ? undefined : classTitle, category].filter((word) => word !== undefined)
    const same = JSON.stringify(words)
    const found = words.length === 0 ? whole.id : parts.get(same)
    if (found !== undefined) return found
    const id = `${whole.id}-${code}`
    parts.set(same, id)
    book.rows.outcome.push({
      ...whole,
      id,
      position: book.rows.outcome.length + 1,
      label: `${whole.label}: ${words.join(', ')}`,
      definition: null,
      plannedAsId: null,
      partOfId: whole.id,
      classTitle: classesAreTimes ? null : (classTitle ?? null),
      category: category ?? null,
    })
    return id
  }

  for (const { of, index, category, place } of cellsOf(classes)) {
    const outcomeId = partOf(
      category.title === undefined ? `${index + 1}` : `${index + 1}-${place + 1}`,
      of.title,
      category.title,
    )
    for (const measurement of category.measurements) {
      if (ofClasses[index] === undefined) ofWhole.add(measurement.groupId)
      inClass.add(`${index} ${measurement.groupId}`)
      add(outcomeId, timeOf(of.title), measurement.groupId, ofClasses[index] ?? ofOutcome, measurement)
    }
  }
  // Denominators of groups that have no number.
  for (const [index, of] of classes.entries()) {
    const codes = [...(ofClasses[index]?.codes ?? [])].filter((code) => !inClass.has(`${index} ${code}`))
    if (codes.length === 0 && of.categories.length > 0) continue
    const outcomeId = partOf(`${index + 1}`, of.title, undefined)
    for (const code of codes) {
      add(outcomeId, timeOf(of.title), code, ofClasses[index], undefined)
    }
  }
  for (const code of ofOutcome?.codes ?? []) if (!ofWhole.has(code)) add(whole.id, time, code, ofOutcome, undefined)

  function add(
    outcomeId: string,
    timepointId: string | null,
    code: string | undefined,
    denominators: Denominators | undefined,
    measurement: CtgovMeasurement | undefined,
  ) {
    const studyGroupId = groups.of(code, measurement?.place ?? outcome.place)
    const id = book.next('outcome_measurement')
    const number = ({ name, read }: Column<string>, text: string | undefined) =>
      book.number('outcome_measurement', id, name, read, text)
    const count = (name: string, text: string | undefined) =>
      book.number('outcome_measurement', id, name, printedCount, text)
    const value = number(columns.value, measurement?.value)
    const lower = number(columns.lower, measurement?.lowerLimit)
    const upper = number(columns.upper, measurement?.upperLimit)
    const numbers: Record<string, number | null> = {
      [clientColumn(columns.value.name)]: value,
      [columns.spread.name]: number(columns.spread, measurement?.spread),
      [clientColumn(columns.lower.name)]: lower,
      [clientColumn(columns.upper.name)]: upper,
    }
    const hasInterval = lower !== null || upper !== null
    const people = denominators?.people.get(code ?? '')
    const units = denominators?.units.get(code ?? '')
    const total = count('total', people)
    book.rows.outcomeMeasurement.push({
      id,
      studyId: book.slug,
      outcomeId,
      studyGroupId,
      analysisSetId,
      timepointId,
      ...NO_NUMBERS,
      ciLevel: hasInterval && columns.level !== undefined ? levelOf(columns.level).value : null,
      ...numbers,
      total,
      derived: false,
      missingReason:
        value === null && total === 0 && measurement?.comment === undefined
          ? 'zero_at_risk'
          : book.reason(value, measurement?.comment),
      note: measurement?.comment ?? null,
      units: count('units', units),
      unitsOf: units === undefined ? null : (denominators?.unitsOf ?? 'units'),
    })
  }
}

const clientColumn = (name: string) => (name === 'ci_lower' ? 'ciLower' : name === 'ci_upper' ? 'ciUpper' : name)
