import { EvidenceError } from '../errors.ts'
import { groupedBy } from '../model/grouped-by.ts'
import type { ExtractionChoices } from './extraction/choices.ts'
import type { Measured } from './measured-rows.ts'

/** So many studies, and of each so many rows, are shown. */
const SHOWN = 5

/**
 * Refuses rows that one pool must not take together: several of a study that count the same people, or are of several
 * outcomes; of studies' own estimates several kinds; of all, several outcomes where none was named.
 *
 * @throws EvidenceError POOL_AMBIGUOUS  naming the rows, and the choices that leave one
 * @source Cochrane Handbook 6.5, sections 23.3.4 and 9.3.1: nobody counts twice in a meta-analysis
 */
export function requireOneResult(rows: readonly Measured[], choices: ExtractionChoices): void {
  const twice = [...groupedBy(rows, ({ head }) => head.study)].filter(([, some]) => isTwice(some))
  if (twice.length > 0) throw ambiguous(rowsTwice(twice))
  const reviewed = distinct(rows.flatMap(({ reviewOutcome }) => reviewOutcome ?? []))
  if (reviewed.length > 1)
    throw ambiguous(`The review has several outcomes: ${reviewed.join('; ')}. Name one of the studies’ by --outcome.`)
  const outcomes = distinct(rows.map(({ head }) => head.outcome.toLowerCase()))
  const isChosen = choices.outcomes !== undefined || reviewed.length === 1
  if (outcomes.length > 1 && !isChosen)
    throw ambiguous(`There are several outcomes: ${some(outcomes, '; ')}. Name what to pool by --outcome.`)
  const kinds = distinct(rows.flatMap(({ own }) => own ?? []))
  if (kinds.length > 1)
    throw ambiguous(
      `The studies’ own estimates are of different kinds: ${kinds.join(', ')}. Name an outcome, or the studies, that have one.`,
    )
}

const isTwice = (rows: readonly Measured[]): boolean =>
  rows.some(({ countedAgain }) => countedAgain) || distinct(rows.map(({ head }) => head.outcome)).length > 1

function rowsTwice(studies: readonly (readonly [string, readonly Measured[]])[]): string {
  const shown = studies.slice(0, SHOWN).map(([study, rows]) => {
    const lines = rows.map((row) => `  ${rowInWords(row)}`)
    const more = lines.length > SHOWN ? [`  and ${lines.length - SHOWN} more`] : []
    return [`${study} gives ${rows.length} rows that count the same people:`, ...lines.slice(0, SHOWN), ...more].join(
      '\n',
    )
  })
  const others = studies.length > SHOWN ? [`So do ${studies.length - SHOWN} other studies.`] : []
  const hints = distinct(studies.flatMap(([, rows]) => hintsOf(rows)))
  return [...shown, ...others, `Nobody may count twice in a pool. Choose: ${hints.join('; ')}.`].join('\n')
}

/** The choices that leave one of a study's rows, by what the rows differ in. */
function hintsOf(rows: readonly Measured[]): string[] {
  const differ = (of: (row: Measured) => unknown) => distinct(rows.map(of)).length > 1
  const isGroups = rows.some(({ head }) => head.control === null)
  const hints = [
    ...(differ(({ head }) => head.outcome) ? ['one outcome by --outcome'] : []),
    ...(differ(({ head }) => head.timepoint) ? ['one time by --at, --window, --nearest or --latest'] : []),
    ...(differ(({ analysisSet }) => analysisSet) ? ['one analysis set by --analysis-set'] : []),
    ...(differ(({ head }) => head.subgroup) ? ['one part of the participants by a --review that chooses results'] : []),
    ...(!isGroups && differ(({ head }) => `${head.experimental} v ${head.control}`)
      ? ['one comparison by --arms; arms made one by --merge; or a control that is shared by --shared-control split']
      : []),
  ]
  return hints.length > 0 ? hints : ['one result by a --review that chooses results']
}

/** What a row is about, without its study. */
export function rowInWords({ head, analysisSet }: Measured): string {
  const { outcome, subgroup, timepoint, experimental, control } = head
  const groups = control === null ? experimental : `${experimental} v ${control}`
  return [outcome, groups, subgroup, analysisSet, timepoint].filter((part) => part !== null).join(', ')
}

const distinct = <Value>(values: readonly Value[]): Value[] => [...new Set(values)]

const some = (names: readonly string[], between: string): string =>
  `${names.slice(0, SHOWN).join(between)}${names.length > SHOWN ? ` and ${names.length - SHOWN} more` : ''}`

const ambiguous = (message: string): EvidenceError => new EvidenceError('POOL_AMBIGUOUS', message)
