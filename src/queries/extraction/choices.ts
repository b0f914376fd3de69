import { EvidenceError } from '../../errors.ts'
import { AnalysisSetKind, type TimeUnit } from '../../generated/prisma/enums.ts'

/** A length of time from the start of a study's follow-up. */
export interface Duration {
  readonly value: number
  readonly unit: TimeUnit
}

/** From one time to another, both counted in. */
export interface TimeWindow {
  readonly from: number
  readonly to: number
  readonly unit: TimeUnit
}

/**
 * Which of several times: one exactly; all within a window; of those (or of all) the one nearest to a time, or the
 * latest. A period counts by its end, and lies in a window whole.
 */
export interface TimeChoice {
  readonly at?: Duration
  readonly within?: TimeWindow
  readonly pick?: { readonly nearest: Duration } | 'latest'
}

/**
 * Which groups are compared: those that the study itself sets against each other; every pair of arms; or arms by their
 * role, code, key or label, on named sides.
 */
export type ArmChoice =
  | 'comparisons'
  | 'all pairs'
  | { readonly experimental: readonly string[]; readonly control: readonly string[] }

/** What is taken where arms give numbers and the study also gives an analysis of them; RevMan's four names. */
export const PREFERENCES = ['only arm', 'only contrast', 'both preferring arm', 'both preferring contrast'] as const
export type Preference = (typeof PREFERENCES)[number]

export const SHARED_CONTROLS = ['flag', 'split'] as const

/**
 * The choices that reviewers argue about. What isn't chosen is as `DEFAULT_CHOICES` has it, and all of them are told in
 * the metadata of what was extracted.
 */
export interface ExtractionChoices {
  /** Keys of studies; all of them where none is named. */
  readonly studies?: readonly string[]
  /** A review's key: the studies that it includes, and of their results those that it chose. */
  readonly review?: string
  /** Outcomes by key, code or a part of the label, whatever its case; all where none is named. */
  readonly outcomes?: readonly string[]
  /** Kinds of analysis sets in the order of preference: of each outcome of a study the first that there is. All where empty. */
  readonly analysisSets?: readonly AnalysisSetKind[]
  readonly time?: TimeChoice
  readonly arms?: ArmChoice
  /** Whether arms on the same side become one group, by the formulas of the Cochrane Handbook, table 6.5.a. */
  readonly merge?: boolean
  /** A control group that several rows share: told in the row, or split between them (Cochrane Handbook 23.3.4). */
  readonly sharedControl?: (typeof SHARED_CONTROLS)[number]
  /** With what formulas made of reported numbers: the study file's, and ours for standard deviations and errors. */
  readonly derived?: boolean
  /** The values before their publication corrected them, where those are known. */
  readonly asPrinted?: boolean
  readonly prefer?: Preference
}

export type ChoiceName = keyof ExtractionChoices

/** The choices of a table of single groups' numbers, or of studies' own estimates. */
export const PLAIN_CHOICES: readonly ChoiceName[] = [
  'studies',
  'review',
  'outcomes',
  'analysisSets',
  'time',
  'derived',
  'asPrinted',
]

/** What isn’t chosen: everything that a study reports, compared as it compares it, as corrected, and nothing that a formula made. */
export const DEFAULT_CHOICES = {
  studies: [],
  outcomes: [],
  analysisSets: [],
  time: {},
  arms: 'comparisons',
  merge: false,
  sharedControl: 'flag',
  derived: false,
  asPrinted: false,
  prefer: 'both preferring arm',
} as const satisfies ExtractionChoices

/** All choices, made or by default; a review only where one is named. */
export type Choices = Required<Omit<ExtractionChoices, 'review'>> & Pick<ExtractionChoices, 'review'>

/**
 * The choices of one table with its defaults.
 *
 * @param heeds  those that the table knows; another one would be passed over in silence
 * @throws EvidenceError USAGE  a choice that the table doesn't know, or that can't be
 */
export function choicesOf(table: string, heeds: readonly ChoiceName[], given: ExtractionChoices): Choices {
  for (const [name, value] of Object.entries(given))
    if (value !== undefined && !heeds.includes(name as ChoiceName) && !sameChoice(value, name as ChoiceName))
      throw new EvidenceError(
        'USAGE',
        `The table "${table}" knows no choice "${name}". It knows ${heeds.join(', ')}.`,
        { table, choice: name },
      )
  const chosen: Choices = { ...DEFAULT_CHOICES, ...Object.fromEntries(Object.entries(given).filter(isMade)) }
  const unknown = chosen.analysisSets.find((kind) => !Object.hasOwn(AnalysisSetKind, kind))
  if (unknown !== undefined)
    throw new EvidenceError(
      'CHOICE_UNKNOWN',
      `There is no analysis set "${unknown}". The kinds are ${Object.keys(AnalysisSetKind).join(', ')}.`,
      { analysisSet: unknown },
    )
  const { within } = chosen.time
  if (within !== undefined && within.from > within.to)
    throw new EvidenceError('USAGE', `The window ends before it begins: ${within.from} to ${within.to} ${within.unit}.`)
  if (chosen.merge && chosen.arms === 'all pairs')
    throw new EvidenceError('USAGE', 'All pairs of arms can’t be merged: name the arms of each side, or none.')
  return chosen
}

const isMade = ([, value]: readonly [string, unknown]): boolean => value !== undefined
const sameChoice = (value: unknown, name: ChoiceName): boolean =>
  JSON.stringify(value) === JSON.stringify((DEFAULT_CHOICES as ExtractionChoices)[name] ?? null)
