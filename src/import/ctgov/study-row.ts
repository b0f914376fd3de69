import { isPartialDate } from '../../model/partial-date.ts'
import type { StudyRows } from '../../model/study-record.ts'
import { known, printedCount } from '../rows/printed-text.ts'
import type { RowBook } from '../rows/row-book.ts'
import { invalidRecord } from './shape.ts'
import type { Protocol } from './study-shape.ts'

type Study = StudyRows['study'][number]

const REGISTRY = 'clinicaltrials.gov'

const TYPES = ['interventional', 'observational', 'expanded_access'] as const
const ALLOCATIONS = { randomized: 'randomised', non_randomized: 'non_randomised', na: 'not_applicable' } as const
const MODELS = ['parallel', 'crossover', 'factorial', 'sequential', 'single_group'] as const
const MASKINGS = ['none', 'single', 'double', 'triple', 'quadruple'] as const
const PURPOSES = [
  ...(['treatment', 'prevention', 'diagnostic', 'supportive_care', 'screening', 'health_services_research'] as const),
  ...(['basic_science', 'device_feasibility', 'other'] as const),
] as const
const PHASES = {
  early_phase1: 'early_phase_1',
  phase1: 'phase_1',
  phase1_phase2: 'phase_1_2',
  phase2: 'phase_2',
  phase2_phase3: 'phase_2_3',
  phase3: 'phase_3',
  phase4: 'phase_4',
  na: 'not_applicable',
} as const satisfies Readonly<Record<string, NonNullable<Study['phase']>>>

const choiceOf = <T>(values: Readonly<Record<string, T>>, text: string | undefined): T | undefined => {
  const word = text?.toLowerCase() ?? ''
  return Object.hasOwn(values, word) ? values[word] : undefined
}

/**
 * Makes the study's own row: who it is, how it was designed and how far it is.
 *
 * @throws EvidenceError RECORD_INVALID  the type of the study isn't one that there is
 */
export function addStudy(book: RowBook, protocol: Protocol): void {
  const { identificationModule: identification, designModule: design, statusModule: status } = protocol
  const info = design?.designInfo
  const type = known(TYPES, design?.studyType)
  if (type === undefined)
    throw invalidRecord(
      design?.place ?? protocol.place,
      `a study is one of ${TYPES.join(', ')}; the record says "${String(design?.studyType ?? '').slice(0, 40)}"`,
    )
  const missing = type === 'interventional' ? ('not_reported' as const) : ('not_applicable' as const)
  /** A choice of the registry's that the model has; another one stays as a text. */
  const chosen = <T>(name: string, value: T | undefined, words: string | undefined) => {
    if (value === undefined) book.text('design', name, words)
    return value === undefined ? ([null, missing] as const) : ([value, null] as const)
  }
  const [allocation, noAllocation] = chosen('allocation', choiceOf(ALLOCATIONS, info?.allocation), info?.allocation)
  const [model, noModel] = chosen('intervention model', known(MODELS, info?.interventionModel), info?.interventionModel)
  const { masking: masked } = info?.maskingInfo ?? {}
  const [masking, noMasking] = chosen('masking', known(MASKINGS, masked), masked)
  const [purpose, noPurpose] = chosen('primary purpose', known(PURPOSES, info?.primaryPurpose), info?.primaryPurpose)
  const phases = design?.phases.join(' and ') || undefined
  const [phase, noPhase] = chosen('phases', choiceOf(PHASES, design?.phases.join('_')), phases)
  const date = (name: string, given: string | undefined): string | null => {
    if (given === undefined || isPartialDate(given)) return given ?? null
    book.text('status', name, given)
    return null
  }
  const { acronym } = identification ?? {}
  book.rows.study.push({
    id: book.slug,
    label: acronym === undefined ? book.slug : `${acronym} (${book.slug})`,
    title: identification?.officialTitle ?? identification?.briefTitle ?? book.slug,
    acronym: acronym ?? null,
    type,
    allocation,
    allocationMissingReason: noAllocation,
    interventionModel: model,
    interventionModelMissingReason: noModel,
    masking,
    maskingMissingReason: noMasking,
    phase,
    phaseMissingReason: noPhase,
    purpose,
    purposeMissingReason: noPurpose,
    objective: null,
    authorsConclusion: null,
    startDate: date('start date', status?.startDateStruct?.date),
    endDate: date('completion date', status?.completionDateStruct?.date),
    note: null,
    registry: REGISTRY,
    status: status?.overallStatus?.toLowerCase().replaceAll('_', ' ') ?? null,
    plannedEnrolment: plannedSize(book, protocol),
  })
}

/** How many were to take part. How many did is an enrolment, of all participants together. */
function plannedSize(book: RowBook, { designModule }: Protocol): number | null {
  const { count, type } = designModule?.enrollmentInfo ?? {}
  if (count === undefined || type?.toUpperCase() === 'ACTUAL') return null
  const { value, printed } = printedCount(count)
  if (printed !== null) book.text('design', 'planned enrolment', printed)
  if (type === undefined && value !== null)
    book.text('design', 'planned enrolment, by a record that does not say so', count)
  return value
}

/** The numbers under which registries and sponsors know it. */
export function addIdentifiers(book: RowBook, { identificationModule }: Protocol): void {
  if (identificationModule === undefined) return
  const { nctIdAliases, orgStudyIdInfo, secondaryIdInfos } = identificationModule
  const seen = new Set<string>()
  const add = (registry: string, value: string | undefined) => {
    const same = `${registry}\n${value}`
    if (value === undefined || seen.has(same)) return
    seen.add(same)
    book.rows.studyIdentifier.push({ studyId: book.slug, registry, value })
  }
  add(REGISTRY, book.slug)
  for (const alias of nctIdAliases) add(REGISTRY, alias)
  add('sponsor', orgStudyIdInfo?.id)
  book.text('identification', 'kind of organisation number', orgStudyIdInfo?.type)
  book.text('identification', 'link of organisation number', orgStudyIdInfo?.link)
  for (const { id, type, domain, link } of secondaryIdInfos) {
    add(registryOf(type, domain), id)
    if (type !== undefined) book.text('identification', `kind of number ${id ?? ''}`, type)
    book.text('identification', `link of number ${id ?? ''}`, link)
  }
}

/** EUDRACT_NUMBER is eudract, as elsewhere; of another registry the name that the record has for it. */
function registryOf(type: string | undefined, domain: string | undefined): string {
  const word = type?.toLowerCase().replace(/_number$/, '')
  if (/\bisrctn\b/i.test(domain ?? '')) return 'isrctn'
  if (domain !== undefined) return domain
  return word === undefined || word === 'other' || word === 'registry' ? 'not stated' : word.replaceAll('_', ' ')
}
