import { StudyPublicationRole, type StudyPublicationTie } from '../generated/prisma/enums.ts'
import { byKey } from './byte-order.ts'

/** What says that a publication reports a study: one number of the one that the other names. */
export interface Claim {
  readonly study: string
  /** Null where only its PMID is known, and the publication isn't here. */
  readonly publication: string | null
  readonly pmid: string | null
  /** number: a record of the publication names the study's; result, derived: the study's record names the publication so. */
  readonly kind: 'number' | 'result' | 'derived'
  /** Of a number: the record's key. */
  readonly record: string | null
  /** Of a number: the number. */
  readonly value: string | null
}

/** What a person decided of one record of a publication. */
export interface Decision {
  readonly record: string
  readonly reports: boolean
  readonly role: StudyPublicationRole | null
  readonly reason: string
}

/** What is known of a publication, whatever it reports. */
export interface KnownOfPublication {
  /** All trials that it is tied to: the numbers that its records name, and those of the records that name it. */
  readonly numbers: readonly string[]
  /** The types that it is indexed with, as far as they count here. */
  readonly types: readonly string[]
}

/** Whether a publication reports a study, and how that is known; or why it is left to people. */
export type Verdict =
  | { readonly tiedBy: StudyPublicationTie; readonly role: StudyPublicationRole; readonly reason: string }
  | { readonly tiedBy: null; readonly open: boolean; readonly why: string }

/** What a publication can be to a study. */
export type ReportRole = StudyPublicationRole
export const REPORT_ROLES: readonly ReportRole[] = Object.values(StudyPublicationRole)

/** Publications of these types are about studies of others: one that names a trial doesn't report it. */
const ABOUT_OTHERS: readonly string[] = [
  'Meta-Analysis',
  'Network Meta-Analysis',
  'Review',
  'Scoping Review',
  'Systematic Review',
  'Practice Guideline',
  'Guideline',
]

/** What a publication of a type is to the study that it reports. */
const ROLES: Readonly<Record<string, StudyPublicationRole>> = {
  'Published Erratum': 'correction',
  'Clinical Trial Protocol': 'protocol',
}

/** The types that count here. */
export const TELLING_TYPES: readonly string[] = [...ABOUT_OTHERS, ...Object.keys(ROLES)]

/**
 * Whether a publication reports a study: as a person decided; else by a registration, where it is tied to this study's
 * numbers and to no other's. One that names several trials, or that is about studies of others, is left to people.
 *
 * @param numbers    all of the study's own
 * @param claims     what says that this publication reports this study; none where only people do
 * @param decisions  of each of its records that people decided about
 */
export function verdictOf(
  numbers: ReadonlySet<string>,
  claims: readonly Claim[],
  { numbers: named, types }: KnownOfPublication,
  decisions: readonly Decision[],
): Verdict {
  const [first] = [...decisions].sort((one, other) => byKey(one.record, other.record))
  if (first !== undefined) {
    if (decisions.some(({ reports }) => reports !== first.reports))
      return { tiedBy: null, open: true, why: 'of its records some were said to report the study, and some not to' }
    return first.reports
      ? { tiedBy: 'person', role: first.role ?? 'not_stated', reason: first.reason }
      : { tiedBy: null, open: false, why: `not a report of it: ${first.reason}` }
  }
  const about = ABOUT_OTHERS.find((type) => types.includes(type))
  if (about !== undefined) return { tiedBy: null, open: true, why: `it is indexed as ${about}` }
  const others = named.filter((number) => !numbers.has(number)).sort(byKey)
  if (others.length > 0) return { tiedBy: null, open: true, why: `it is tied to ${others.join(', ')} as well` }
  const role = Object.entries(ROLES).find(([type]) => types.includes(type))?.[1] ?? 'not_stated'
  return { tiedBy: 'registration', role, reason: inWords(claims) }
}

/** Claims of one pair, in words. */
export const inWords = (claims: readonly Claim[]): string =>
  [
    ...new Set(
      claims.map(({ kind, record, value, study }) =>
        kind === 'number' ? `${record} names ${value}` : `the record of ${study} names it as ${kind}`,
      ),
    ),
  ]
    .sort(byKey)
    .join('; ')
