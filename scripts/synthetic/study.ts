import { Random } from './random.ts'
import { DESCRIPTORS, descriptorUi, QUALIFIERS, qualifierUi, type Rows } from './vocabulary.ts'
import { capitalised, someWords, wordAt } from './words.ts'

type Row = Rows[string][number]

export const slugOf = (number: number): string => `s${String(number).padStart(7, '0')}`
export const pmidOf = (number: number): string => String(60_000_000 + number)

const MONTHS = [3, 6, 12] as const
const ADVERSE_EVENTS = 2_000

/** Of so many studies one has the words behind its numbers: registries give numbers without them. */
const QUOTED_ONE_IN = 50

/**
 * All rows of one study, shaped as a registry's: on average 3 arms, 10 outcomes, 40 adverse events and 8 headings. The
 * same number gives the same study.
 */
export function studyRows(number: number): Rows {
  const random = new Random(number + 1_000)
  const study = slugOf(number)
  const arms = random.of([2, 2, 3, 3, 3, 4, 4])
  const sizes = Array.from({ length: arms }, () => random.between(20, 400))
  const context = { random, study, number, arms, sizes }
  return {
    ...publicationRows(context),
    ...designRows(context),
    ...armRows(context),
    ...flowRows(context),
    ...outcomeRows(context),
    ...adverseEventRows(context),
    ...appraisalRows(context),
  }
}

interface Context {
  readonly random: Random
  readonly study: string
  readonly number: number
  readonly arms: number
  readonly sizes: readonly number[]
}

const each = <T>(count: number, item: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => item(index))

function publicationRows({ random, study, number }: Context): Rows {
  const id = `pmid:${pmidOf(number)}`
  const year = random.between(1985, 2025)
  const headings = new Set(each(random.between(5, 11), () => random.skewed(DESCRIPTORS)))
  return {
    publication: [
      {
        ...{ id, pmid: pmidOf(number), doi: `10.9999/synthetic.${number}`, title: capitalised(someWords(random, 12)) },
        ...{ journal: `J ${capitalised(wordAt(random.skewed(900)))}`, volume: String(random.between(1, 80)) },
        ...{ issue: null, pages: `${random.between(1, 400)}-9`, published: String(year), year, language: 'eng' },
      },
    ],
    source: [{ id: `${id}/abstract`, publicationId: id, kind: 'abstract', label: 'Abstract' }],
    publicationText: ['METHODS', 'RESULTS'].map((label, position) => ({
      ...{ id: `${id}/text-${position + 1}`, publicationId: id, sourceId: `${id}/abstract` },
      ...{ position: position + 1, label, body: someWords(random, 80) },
    })),
    publicationMesh: [...headings].map((heading, position) => ({
      ...{ publicationId: id, position: position + 1, descriptorUi: descriptorUi(heading) },
      ...{ descriptorMajor: random.chance(0.3), qualifierMajor: false },
      qualifierUi: random.chance(0.4) ? qualifierUi(random.skewed(QUALIFIERS)) : null,
    })),
    studyPublication: [{ studyId: study, publicationId: id, position: 1, role: 'primary' }],
  }
}

function designRows({ random, study, number }: Context): Rows {
  const condition = random.skewed(DESCRIPTORS)
  return {
    study: [
      {
        ...{ id: study, label: `Synthetic ${number}`, title: capitalised(someWords(random, 10)) },
        ...{ type: 'interventional', allocation: random.chance(0.8) ? 'randomised' : 'non_randomised' },
        ...{ interventionModel: random.of(['parallel', 'parallel', 'crossover']), purpose: 'treatment' },
        ...{ masking: random.of(['none', 'single', 'double', 'quadruple']), phase: random.of(['phase_2', 'phase_3']) },
        ...{ startDate: null, objective: capitalised(someWords(random, 20)) },
      },
    ],
    studyIdentifier: [{ studyId: study, registry: 'Synthetic', value: `SYN${String(number).padStart(8, '0')}` }],
    studyCondition: [
      {
        ...{ id: `${study}/c1`, studyId: study, position: 1, name: capitalised(someWords(random, 2)) },
        descriptorUi: descriptorUi(condition),
      },
    ],
    eligibilityCriterion: each(4, (index) => ({
      ...{ id: `${study}/e${index}`, studyId: study, position: index + 1, text: capitalised(someWords(random, 12)) },
      kind: index < 2 ? 'inclusion' : 'exclusion',
    })),
  }
}

function armRows({ random, study, arms, sizes }: Context): Rows {
  return {
    intervention: each(arms, (index) => ({
      ...{ id: `${study}/i${index}`, studyId: study, position: index + 1, name: someWords(random, 2), kind: 'drug' },
      descriptorUi: random.chance(0.5) ? descriptorUi(random.skewed(DESCRIPTORS)) : null,
    })),
    arm: each(arms, (index) => ({
      ...{ id: `${study}/arm${index}`, studyId: study, position: index + 1, label: `Arm ${index}` },
      role: index === arms - 1 ? 'placebo_comparator' : 'experimental',
    })),
    armIntervention: each(arms, (index) => ({
      ...{ id: `${study}/ai${index}`, studyId: study, armId: `${study}/arm${index}`, position: 1 },
      ...{ interventionId: `${study}/i${index}`, dose: random.between(1, 500), doseUnit: 'mg' },
    })),
    analysisSet: ['randomised', 'assessable'].map((kind, index) => ({
      ...{ id: `${study}/set${index}`, studyId: study, position: index + 1, kind, label: capitalised(kind) },
    })),
    studyGroup: each(arms, (index) => ({
      ...{ id: `${study}/g${index}`, studyId: study, position: index + 1, label: `Arm ${index}` },
    })),
    studyGroupArm: each(arms, (index) => ({
      ...{ studyGroupId: `${study}/g${index}`, armId: `${study}/arm${index}`, studyId: study },
    })),
    comparison: each(arms - 1, (index) => ({
      ...{ id: `${study}/v${index}`, studyId: study, position: index + 1 },
      ...{ experimentalGroupId: `${study}/g${index}`, referenceGroupId: `${study}/g${arms - 1}` },
    })),
    enrolment: each(arms, (index) => ({
      ...{ id: `${study}/n${index}`, studyId: study, studyGroupId: `${study}/g${index}` },
      ...{ analysisSetId: `${study}/set0`, participants: sizes[index] ?? 0 },
    })),
  }
}

function flowRows({ random, study, arms, sizes }: Context): Rows {
  const left = sizes.map((size) => random.between(0, Math.floor(size / 5)))
  const milestones = (arm: number): readonly (readonly [string, string | null, number])[] => {
    const [size, gone] = [sizes[arm] ?? 0, left[arm] ?? 0]
    return [
      ['started', null, size],
      ['completed', null, size - gone],
      ['withdrawn', 'Withdrawal by participant', gone],
    ]
  }
  return {
    participantFlow: each(arms, (arm) =>
      milestones(arm).map(([milestone, reason, participants], index) => ({
        ...{ id: `${study}/f${arm}-${index}`, studyId: study, studyGroupId: `${study}/g${arm}` },
        ...{ period: 'Overall study', milestone, reason, participants },
      })),
    ).flat(),
    baselineMeasurement: each(arms, (arm): readonly Row[] => {
      const size = sizes[arm] ?? 0
      const women = random.between(0, size)
      const head = { studyId: study, studyGroupId: `${study}/g${arm}`, analysisSetId: `${study}/set0` }
      const age = { mean: random.between(200, 700) / 10, sd: random.between(50, 150) / 10 }
      return [
        {
          id: `${study}/b${arm}-0`,
          ...head,
          characteristic: 'Age',
          category: null,
          unit: 'years',
          count: null,
          ...age,
        },
        { id: `${study}/b${arm}-1`, ...head, characteristic: 'Sex', category: 'female', ...nothing, count: women },
        { id: `${study}/b${arm}-2`, ...head, characteristic: 'Sex', category: 'male', ...nothing, count: size - women },
      ].map((row) => ({ ...row, total: size }))
    }).flat(),
  }
}
const nothing = { unit: null, mean: null, sd: null } as const

/** Ten outcomes: five of events, three of means, a time to an event, and a rate. */
const KINDS = [
  ...(['dichotomous', 'dichotomous', 'dichotomous', 'dichotomous', 'dichotomous'] as const),
  ...(['continuous', 'continuous', 'continuous', 'time_to_event', 'count'] as const),
]

const NUMBERS = {
  ...{ events: null, total: null, personTime: null, personTimeUnit: null, mean: null, sd: null, median: null },
  ...{ proportion: null, ciLower: null, ciUpper: null, ciLevel: null },
} as const

function outcomeRows({ random, study, number, arms, sizes }: Context): Rows {
  const measurements: Row[] = []
  const analyses: Row[] = []
  const groups: Row[] = []
  KINDS.forEach((kind, outcome) => {
    const time = outcome % MONTHS.length
    const head = { outcomeId: `${study}/o${outcome}`, analysisSetId: `${study}/set${outcome % 2}` }
    for (let arm = 0; arm < arms; arm++) {
      const measured = measurementOf(kind, random, sizes[arm] ?? 0)
      for (const [index, numbers] of measured.entries())
        measurements.push({
          ...{ id: `${study}/m${outcome}-${arm}-${index}`, studyId: study, ...head, studyGroupId: `${study}/g${arm}` },
          ...{ timepointId: `${study}/t${time}`, ...NUMBERS, ...numbers },
        })
    }
    if (outcome % 2 === 1 && kind !== 'time_to_event') return
    const ratio = Math.exp(random.normal() / 3)
    const hazard = kind === 'time_to_event'
    analyses.push({
      ...{ id: `${study}/a${outcome}`, studyId: study, ...head, timepointId: `${study}/t${time}` },
      ...{ comparisonId: `${study}/v0`, measure: hazard ? 'hazard_ratio' : null, estimate: hazard ? ratio : null },
      ...{ ciLower: hazard ? ratio / 1.3 : null, ciUpper: hazard ? ratio * 1.3 : null, ciLevel: hazard ? 0.95 : null },
      ...{ pOperator: '=', pValue: random.between(1, 999) / 1_000, pText: null, pSides: 2, method: 'Log Rank' },
    })
    groups.push(
      { analysisId: `${study}/a${outcome}`, studyGroupId: `${study}/g0`, studyId: study, role: 'experimental' },
      { analysisId: `${study}/a${outcome}`, studyGroupId: `${study}/g${arms - 1}`, studyId: study, role: 'reference' },
    )
  })
  return {
    timepoint: MONTHS.map((months, index) => ({
      ...{ id: `${study}/t${index}`, studyId: study, position: index + 1, kind: 'at', label: `${months} months` },
      ...{ fromTime: months, toTime: null, unit: 'months' },
    })),
    outcome: KINDS.map((kind, index) => ({
      ...{
        id: `${study}/o${index}`,
        studyId: study,
        position: index + 1,
        label: capitalised(someWords(random, 4)),
        kind,
      },
      ...{ role: index === 0 ? 'primary' : 'secondary', direction: 'unclear', unit: unitOf(kind), parentId: null },
    })),
    outcomeMeasurement: measurements,
    outcomeAnalysis: analyses,
    analysisGroup: groups,
    ...(number % QUOTED_ONE_IN === 0 ? quoteRows(study, pmidOf(number), measurements) : {}),
  }
}

const unitOf = (kind: string): string | null =>
  kind === 'continuous' ? 'points' : kind === 'time_to_event' ? 'months' : null

/** The numbers that one arm gives of an outcome, in one or more rows. */
function measurementOf(kind: (typeof KINDS)[number], random: Random, size: number): readonly Row[] {
  switch (kind) {
    case 'dichotomous':
      return [{ events: random.between(0, size), total: size }]
    case 'continuous':
      return [{ mean: random.between(-500, 900) / 10, sd: random.between(10, 300) / 10, total: size }]
    case 'count':
      return [{ events: random.between(0, 3 * size), personTime: size / 2, personTimeUnit: 'years' }]
    default: {
      const survived = random.between(30, 90) / 100
      return [
        { proportion: survived, ciLower: survived - 0.1, ciUpper: survived + 0.1, ciLevel: 0.95, total: size },
        { median: random.between(30, 600) / 10, total: size },
      ]
    }
  }
}

const QUOTED_FIELDS = ['events', 'total', 'mean', 'sd'] as const

function quoteRows(study: string, pmid: string, measurements: readonly Row[]): Rows {
  const quoted = measurements.flatMap((row) =>
    QUOTED_FIELDS.filter((field) => row[field] != null).map((field) => ({
      row: String(row.id),
      field,
      value: row[field],
    })),
  )
  const text = `pmid:${pmid}/text-2`
  const factId = ({ row, field }: { readonly row: string; readonly field: string }) =>
    `${study}/outcome_measurement/${row.slice(study.length + 1)}/${field}`
  return {
    quote: [
      { id: `${study}/q1`, studyId: study, position: 1, words: null, publicationTextId: text, locator: 'table 2' },
    ].map((row) => ({ ...row, publicationTextId: null, sourceId: `pmid:${pmid}/abstract` })),
    fact: quoted.map((one) => ({
      ...{ id: factId(one), studyId: study, field: one.field, printed: String(one.value) },
      outcomeMeasurementId: one.row,
    })),
    quoteLink: quoted.map((one) => ({
      ...{ factId: factId(one), position: 1, studyId: study, quoteId: `${study}/q1`, role: 'value' },
    })),
  }
}

function adverseEventRows({ random, study, arms, sizes }: Context): Rows {
  const terms = random.between(20, 60)
  return {
    adverseEventTerm: each(terms, (index) => {
      const place = random.skewed(ADVERSE_EVENTS)
      return {
        ...{ id: `${study}/ae${index}`, studyId: study, position: index + 1, parentId: null },
        ...{ term: `${capitalised(wordAt(place))} ${index}`, organSystem: `System ${place % 27}` },
        ...{ vocabulary: 'MedDRA 26.0', serious: random.chance(0.3) },
      }
    }),
    adverseEventCount: each(terms, (index) =>
      each(arms, (arm) => {
        const affected = random.skewed((sizes[arm] ?? 0) + 1)
        return {
          ...{ id: `${study}/h${index}-${arm}`, studyId: study, termId: `${study}/ae${index}` },
          ...{ studyGroupId: `${study}/g${arm}`, analysisSetId: `${study}/set0`, timepointId: `${study}/t2` },
          ...{ affected, atRisk: sizes[arm] ?? 0, events: affected + random.between(0, affected) },
        }
      }),
    ).flat(),
  }
}

function appraisalRows({ random, study, number }: Context): Rows {
  if (number % 2 === 1) return {}
  return {
    riskOfBias: each(6, (domain) => ({
      ...{ id: `${study}/rob${domain}`, studyId: study, toolId: 'synthetic/1', domainId: `synthetic/1/d${domain}` },
      ...{ judgement: `synthetic/1/j${random.between(0, 2)}`, support: someWords(random, 8), assessor: null },
    })),
  }
}
