import type { FactTable } from '../../model/facts.ts'
import type { StudyRows } from '../../model/study-record.ts'
import { missingReason, type Printed, printedCount, sureTime } from './printed-text.ts'

type Fact = StudyRows['fact'][number]

const NO_FACT = {
  aboutStudyId: null,
  studyConditionId: null,
  eligibilityCriterionId: null,
  covariateId: null,
  interventionId: null,
  armId: null,
  armInterventionId: null,
  analysisSetId: null,
  subgroupId: null,
  enrolmentId: null,
  followUpId: null,
  participantFlowId: null,
  baselineMeasurementId: null,
  outcomeId: null,
  outcomeMeasurementId: null,
  outcomeAnalysisId: null,
  adverseEventTermId: null,
  adverseEventCountId: null,
  riskOfBiasId: null,
} as const satisfies Omit<Fact, 'id' | 'studyId' | 'field' | 'printed'>

/** The tables of numbers that a registry prints, each with the field by which a fact names its row, and its keys' letter. */
const NUMBERED = {
  enrolment: { field: 'enrolmentId', letter: 'n' },
  participant_flow: { field: 'participantFlowId', letter: 'f' },
  baseline_measurement: { field: 'baselineMeasurementId', letter: 'b' },
  outcome_measurement: { field: 'outcomeMeasurementId', letter: 'm' },
  outcome_analysis: { field: 'outcomeAnalysisId', letter: 'a' },
  adverse_event_count: { field: 'adverseEventCountId', letter: 'e' },
} as const satisfies Partial<Record<FactTable, { field: keyof Fact; letter: string }>>

export type NumberTable = keyof typeof NUMBERED

const emptyRows = (): StudyRows => ({
  study: [],
  studyIdentifier: [],
  studyPublication: [],
  studyText: [],
  studyReference: [],
  studyCondition: [],
  eligibilityCriterion: [],
  covariate: [],
  intervention: [],
  arm: [],
  armLabel: [],
  armIntervention: [],
  analysisSet: [],
  subgroup: [],
  studyGroup: [],
  studyGroupArm: [],
  studyGroupSubgroup: [],
  comparison: [],
  enrolment: [],
  followUp: [],
  participantFlow: [],
  baselineMeasurement: [],
  timepoint: [],
  outcome: [],
  outcomeMeasurement: [],
  outcomeAnalysis: [],
  analysisGroup: [],
  adverseEventTerm: [],
  adverseEventCount: [],
  riskOfBias: [],
  quote: [],
  fact: [],
  quoteLink: [],
  derivation: [],
  derivationInput: [],
  correction: [],
  extraction: [],
  waiver: [],
})

/** The rows of a study as they come together: with keys, and with what several parts of a record share. */
export class RowBook {
  readonly rows = emptyRows()
  private readonly counts = new Map<string, number>()
  private readonly times = new Map<string, string>()
  private readonly sets = new Map<string, string>()
  private readonly texts = new Map<string, number>()
  private readonly enrolled = new Set<string>()

  constructor(
    readonly slug: string,
    /** Told the path of each leaf that finds no place. */
    readonly unmapped: (path: string) => void,
  ) {}

  key(code: string): string {
    return `${this.slug}/${code}`
  }

  /** The key of a table's next row. */
  next(table: NumberTable): string {
    const number = (this.counts.get(table) ?? 0) + 1
    this.counts.set(table, number)
    return this.key(`${NUMBERED[table].letter}${String(number).padStart(5, '0')}`)
  }

  /** A printed number's value, for a field of a row. Its text is kept as a fact where it says more than the value. */
  number(table: NumberTable, id: string, field: string, read: (text: string) => Printed, text: string | undefined) {
    if (text === undefined) return null
    const { value, printed } = read(text)
    if (printed !== null)
      this.rows.fact.push({
        ...NO_FACT,
        id: `${this.slug}/${table}/${id.slice(this.slug.length + 1)}/${field}`,
        studyId: this.slug,
        field,
        printed,
        [NUMBERED[table].field]: id,
      })
    return value
  }

  /** Why a row's number is missing; null where it is there. */
  reason(value: number | null, comment: string | undefined) {
    return value === null ? missingReason(comment) : null
  }

  /** The size of a group in an analysis set, and how many units it has of another kind. The first that is given counts. */
  enrol(
    studyGroupId: string,
    analysisSetId: string,
    people: string | undefined,
    units?: string,
    unitsOf?: string,
  ): void {
    const local = (key: string) => key.slice(this.slug.length + 1)
    const id = this.key(`${local(studyGroupId)}+${local(analysisSetId)}`)
    if (this.enrolled.has(id)) return
    this.enrolled.add(id)
    const participants = this.number('enrolment', id, 'participants', printedCount, people)
    this.rows.enrolment.push({
      id,
      studyId: this.slug,
      studyGroupId,
      analysisSetId,
      participants,
      derived: false,
      missingReason: this.reason(participants, undefined),
      note: null,
      units: this.number('enrolment', id, 'units', printedCount, units),
      unitsOf: units === undefined ? null : (unitsOf ?? 'units'),
    })
  }

  text(module: string, name: string, text: string | boolean | undefined): void {
    if (text === undefined) return
    const { studyText } = this.rows
    const code = `${module}-${name}`
      .toLowerCase()
      .replace(/[^a-z\d]+/g, '-')
      .slice(0, 80)
    const many = (this.texts.get(code) ?? 0) + 1
    this.texts.set(code, many)
    const words = typeof text === 'string' ? text : text ? 'yes' : 'no'
    const id = this.key(many === 1 ? code : `${code}+${many}`)
    studyText.push({ id, studyId: this.slug, position: studyText.length + 1, module, name, text: words })
  }

  /** The timepoint of a label: one time where it surely says one, else as stated. */
  timepoint(label: string | undefined): string | null {
    if (label === undefined) return null
    const found = this.times.get(label)
    if (found !== undefined) return found
    const id = this.key(`t${this.times.size + 1}`)
    this.times.set(label, id)
    const time = sureTime(label)
    this.rows.timepoint.push({
      id,
      studyId: this.slug,
      position: this.times.size,
      kind: time === undefined ? 'as_stated' : 'at',
      label,
      fromTime: time?.from ?? null,
      toTime: null,
      unit: time?.unit ?? null,
    })
    return id
  }

  /** An analysis set, the same for the same label and description. */
  analysisSet(kind: StudyRows['analysisSet'][number]['kind'], label: string, description: string | undefined): string {
    const same = JSON.stringify([kind, label, description])
    const found = this.sets.get(same)
    if (found !== undefined) return found
    const id = this.key(`set${this.sets.size + 1}`)
    this.sets.set(same, id)
    const position = this.sets.size
    this.rows.analysisSet.push({ id, studyId: this.slug, position, kind, label, description: description ?? null })
    return id
  }
}
