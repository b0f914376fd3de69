import type { StudyRows } from '../model/study-record.ts'
import type { Finding } from './rule.ts'

type Waiver = StudyRows['waiver'][number]

/** What a waiver that names no row can be about: the study as a whole, and what has no facts that could name it. */
const WITHOUT_FACTS = new Set(['study', 'publication', 'timepoint'])

/**
 * The waiver under which a finding stands, if there is one: of the same rule, and about the same row. A waiver names a row
 * by one of its facts; one without a fact waives what the rule finds about the study as a whole, its publications
 * or its timepoints.
 */
export const waiverOf = (finding: Finding, waivers: readonly Waiver[]): Waiver | undefined =>
  waivers.find(({ rule, studyId, factId }) => {
    if (rule !== finding.rule) return false
    if (factId === null) return WITHOUT_FACTS.has(finding.table)
    const row = `${studyId}/${finding.table}/${finding.row}/`
    return factId.startsWith(row) && !factId.slice(row.length).includes('/')
  })
