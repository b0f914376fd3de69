import { EvidenceError } from '../errors.ts'
import {
  Allocation,
  InterventionModel,
  Masking,
  Phase,
  Purpose,
  ReviewDecision,
  StudyType,
} from '../generated/prisma/enums.ts'

/** Whole numbers from and to, both included; one of them may be missing. */
export interface NumberRange {
  readonly from?: number
  readonly to?: number
}

/** One thing that is asked of a study. */
export type StudyQuestion =
  /** A condition by words in its name, or by a MeSH heading that goes by the words, with all below it. */
  | { readonly condition: string }
  | { readonly intervention: string }
  /** Words in an outcome's label. */
  | { readonly outcome: string }
  /** The same, of an outcome that there is a result of. */
  | { readonly hasResultsFor: string }
  /** A heading that a publication is indexed with, or heading/qualifier; a name, a synonym or an identifier. */
  | { readonly mesh: string; readonly explode?: boolean; readonly major?: boolean }
  /** Words, "words in a row" and beginnings* in the title and stored text of one publication. */
  | { readonly text: string }
  | { readonly type: string }
  | { readonly allocation: string }
  | { readonly model: string }
  | { readonly masking: string }
  | { readonly phase: string }
  | { readonly purpose: string }
  /** Of the first primary publication. */
  | { readonly year: NumberRange }
  /** Participants of all arms together, as given or as the sum of all arms, in the largest analysis set. */
  | { readonly enrolment: NumberRange }
  | { readonly registryId: string }
  | { readonly pmid: string }
  | { readonly doi: string }
  /** A review that looked at the study, and decided so; by default that it is included. */
  | { readonly review: string; readonly decisions?: readonly string[] }

/** Which studies: one question, or several joined. No questions joined by `and` are all studies, by `or` none. */
export type StudyFilter =
  | StudyQuestion
  | { readonly and: readonly StudyFilter[] }
  | { readonly or: readonly StudyFilter[] }
  | { readonly not: StudyFilter }

/** Closed lists of a study's design, by the question about them. */
const DESIGN_VALUES = {
  type: Object.values(StudyType),
  allocation: Object.values(Allocation),
  model: Object.values(InterventionModel),
  masking: Object.values(Masking),
  phase: Object.values(Phase),
  purpose: Object.values(Purpose),
} as const satisfies Readonly<Record<string, readonly string[]>>

export const DECISIONS: readonly string[] = Object.values(ReviewDecision)

/** More than this many questions, or so deep, no database takes as one. */
const MOST_QUESTIONS = 200
const DEEPEST = 50

/**
 * The questions of a filter, each once, from left to right.
 *
 * @throws EvidenceError FILTER_INVALID  there are too many, or they lie too deep in each other
 */
export function questionsOf(filter: StudyFilter): readonly StudyQuestion[] {
  const questions: StudyQuestion[] = []
  const visit = (part: StudyFilter, depth: number): void => {
    if (depth > DEEPEST) throw filterInvalid(`the filter is more than ${DEEPEST} levels deep`)
    if ('and' in part) for (const inner of part.and) visit(inner, depth + 1)
    else if ('or' in part) for (const inner of part.or) visit(inner, depth + 1)
    else if ('not' in part) visit(part.not, depth + 1)
    else questions.push(part)
    if (questions.length > MOST_QUESTIONS) throw filterInvalid(`the filter asks more than ${MOST_QUESTIONS} questions`)
  }
  visit(filter, 1)
  return questions
}

export const filterInvalid = (message: string): EvidenceError =>
  new EvidenceError(
    'FILTER_INVALID',
    `${message[0]?.toUpperCase()}${message.slice(1)}${message.endsWith('^') ? '' : '.'}`,
  )

/**
 * A question as it is written: a field of `FIELDS` and its value.
 *
 * @throws EvidenceError FILTER_INVALID  the value is none of that field's
 */
export function questionOf(field: Field, value: string, defaults: MeshDefaults = {}): StudyQuestion {
  if (value.trim() === '') throw filterInvalid(`${field} needs a value`)
  if (field in DESIGN_VALUES)
    return { [field]: oneOf(field, value, DESIGN_VALUES[field as keyof typeof DESIGN_VALUES]) } as StudyQuestion
  switch (field) {
    case 'year':
      return { year: rangeOf(field, value) }
    case 'enrolment':
      return { enrolment: rangeOf(field, value) }
    case 'mesh':
      return { mesh: value, ...defaults }
    case 'mesh-only':
      return { mesh: value, ...defaults, explode: false }
    case 'mesh-major':
      return { mesh: value, ...defaults, major: true }
    case 'has-results-for':
      return { hasResultsFor: value }
    case 'registry-id':
      return { registryId: value }
    case 'review': {
      const [slug = '', decision] = value.split('/')
      return { review: slug, ...(decision === undefined ? {} : { decisions: [oneOf('review', decision, DECISIONS)] }) }
    }
    default:
      return { [field]: value } as StudyQuestion
  }
}

export interface MeshDefaults {
  readonly explode?: boolean
  readonly major?: boolean
}

export const FIELDS = [
  'condition',
  'intervention',
  'outcome',
  'has-results-for',
  'mesh',
  'mesh-only',
  'mesh-major',
  'text',
  'type',
  'allocation',
  'model',
  'masking',
  'phase',
  'purpose',
  'year',
  'enrolment',
  'registry-id',
  'pmid',
  'doi',
  'review',
] as const
export type Field = (typeof FIELDS)[number]

function oneOf(field: string, value: string, values: readonly string[]): string {
  const found = values.find((one) => one === value.toLowerCase().replaceAll('-', '_'))
  if (found === undefined) throw filterInvalid(`${field} has no value "${value}"; it has ${values.join(', ')}`)
  return found
}

/** 1993, 1990-1999, >=1990, <2000. */
function rangeOf(field: string, value: string): NumberRange {
  const [, operator, one = '', other] = /^(>=|<=|>|<)?\s*(\d{1,9})(?:\s*[-–]\s*(\d{1,9}))?$/.exec(value.trim()) ?? []
  const number = Number(one)
  if (one === '' || (operator !== undefined && other !== undefined))
    throw filterInvalid(`${field} can't be "${value}"; expected a number such as 1993, 1990-1999, >=1990 or <2000`)
  if (other !== undefined && Number(other) < number)
    throw filterInvalid(`${field} can't be "${value}"; it ends before it begins`)
  if (other !== undefined) return { from: number, to: Number(other) }
  const ranges: Readonly<Record<string, NumberRange>> = {
    '>=': { from: number },
    '<=': { to: number },
    '>': { from: number + 1 },
    '<': { to: number - 1 },
  }
  return ranges[operator ?? ''] ?? { from: number, to: number }
}
