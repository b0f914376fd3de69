import { readFileSync } from 'node:fs'
import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '../../..')

interface Leaf {
  readonly path: string
  readonly type: string
}

/** Every leaf of a record with the registry's name for its type, as ClinicalTrials.gov's API describes itself. */
export const LEAVES: readonly Leaf[] = JSON.parse(
  readFileSync(path.join(ROOT, 'test/reference/ctgov-leaves.json'), 'utf8'),
) as Leaf[]

/** What a leaf must hold for a record to be one, and words that the model has a value for. */
const GIVEN: readonly (readonly [path: RegExp, value: unknown])[] = [
  [/identificationModule\.nctId$/, 'NCT01234567'],
  [/studyType$/, 'INTERVENTIONAL'],
  [/enrollmentInfo\.type$/, 'ACTUAL'],
  [/participantFlowModule.*(groups\[\]\.id|groupId)$/, 'FG000'],
  [/baselineCharacteristicsModule.*(groups\[\]\.id|groupId)$/, 'BG000'],
  [/outcomeMeasuresModule.*(groups\[\]\.id|groupId|groupIds\[\])$/, 'OG000'],
  [/adverseEventsModule.*(eventGroups\[\]\.id|groupId)$/, 'EG000'],
  [/outcomeMeasures\[\]\.denoms\[\]\.units$/, 'Eyes'],
  [/denoms\[\]\.units$/, 'Participants'],
  [/paramType$/, 'LEAST_SQUARES_MEAN'],
  [/allocation$/, 'RANDOMIZED'],
  [/interventionModel$/, 'CROSSOVER'],
  [/primaryPurpose$/, 'SUPPORTIVE_CARE'],
  [/maskingInfo\.masking$/, 'TRIPLE'],
  [/phases\[\]$/, 'PHASE3'],
  [/armGroups\[\]\.type$/, 'SHAM_COMPARATOR'],
  [/interventions\[\]\.type$/, 'RADIATION'],
  [/references\[\]\.type$/, 'RESULT'],
  [/outcomeMeasures\[\]\.type$/, 'OTHER_PRE_SPECIFIED'],
  [/ciNumSides$/, 'ONE_SIDED'],
  [/assessmentType$/, 'NON_SYSTEMATIC_ASSESSMENT'],
  [/conditionBrowseModule\.meshes\[\]\.id$/, 'D000123'],
  [/interventionBrowseModule\.meshes\[\]\.id$/, 'D000456'],
  [/conditionBrowseModule\.browseLeaves\[\]\.id$/, 'D000123'],
  [/interventionBrowseModule\.browseLeaves\[\]\.id$/, 'D000456'],
]

/** The values that the model has for the registry's words. */
export const AS: Readonly<Record<string, string>> = {
  RANDOMIZED: 'randomised',
  ONE_SIDED: '1',
  NON_SYSTEMATIC_ASSESSMENT: 'non_systematic',
  OTHER_PRE_SPECIFIED: 'other',
  ACTUAL: 'actual',
  NON_RANDOMIZED: 'non_randomised',
  NA: 'not_applicable',
  TWO_SIDED: '2',
  SYSTEMATIC_ASSESSMENT: 'systematic',
  BEHAVIORAL: 'behavioural',
}

const NUMBERS =
  /(?:value|spread|Limit|numSubjects|numUnits|paramValue|dispersionValue|ciPctValue|pValue|frequencyThreshold|Num\w+|num\w+|enrollmentInfo\.count)$/

/** One record with all leaves, each once, with a value that no other has where that can be. */
export function recordOfLeaves(): { readonly record: object; readonly values: ReadonlyMap<string, unknown> } {
  const record = {}
  const values = new Map<string, unknown>()
  for (const [number, { path: leaf, type }] of LEAVES.entries()) {
    const value = contentOf(leaf, type, number)
    values.set(leaf, value)
    put(record, leaf.split('.'), value)
  }
  return { record, values }
}

function contentOf(leaf: string, type: string, number: number): unknown {
  const given = GIVEN.find(([pattern]) => pattern.test(leaf))
  if (given) return given[1]
  if (type === 'boolean') return true
  if (type === 'GeoPoint') return { lat: number, lon: number }
  if (type === 'integer' || type === 'long' || type === 'number') return 5_000 + number
  if (type === 'PartialDate' || type === 'NormalizedDate')
    return `${1900 + (number % 120)}-0${1 + (number % 9)}-1${number % 10}`
  return NUMBERS.test(leaf) ? String(7_000 + number) : `Words ${number}`
}

function put(target: object, [name = '', ...rest]: readonly string[], value: unknown): void {
  const of = target as Record<string, unknown>
  const key = name.replace('[]', '')
  if (name.endsWith('[]')) {
    const [item = {}] = (of[key] as object[] | undefined) ?? []
    of[key] = [rest.length === 0 ? value : item]
    if (rest.length > 0) put(item, rest, value)
  } else if (rest.length === 0) of[key] = value
  else {
    const inner = (of[key] as object | undefined) ?? {}
    of[key] = inner
    put(inner, rest, value)
  }
}
