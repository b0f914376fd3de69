import { type Finding, type FindingStatus, SEVERITIES, type Severity } from '../checks/rule.ts'
import { waiverOf } from '../checks/waived.ts'
import type { StudyRows } from '../model/study-record.ts'
import type { Meanings } from './extraction/columns.ts'

export interface CheckRow {
  readonly study: string
  readonly rule: string
  readonly severity: Severity
  readonly status: FindingStatus
  readonly table: string
  readonly row: string
  readonly field: string | null
  readonly about: string
  readonly message: string
  readonly waived: string | null
}

export const CHECK_COLUMNS: Meanings<CheckRow> = {
  study: "the study's key, or the review's",
  rule: 'the rule; `evibase check --rules` explains it',
  severity: 'error: it cannot be; warning: a question to the authors; note: worth knowing',
  status: 'inconsistent; remark: nothing is wrong, and a reader should know; not_checkable: something is missing',
  table: 'the table that the finding is about',
  row: "the row's key within the study or review; of a publication its key",
  field: "the value's column; empty for a row or publication as a whole",
  about: 'the row in words',
  message: 'what was found, with its numbers',
  waived: 'the reason for which a waiver of the study file lets it stand; empty where none does',
}

/** Which findings are shown. */
export interface ShownFindings {
  /** With what isn't checkable. */
  readonly all?: boolean
  /** The least severity that is shown; `note`, which is every one, by default. */
  readonly severity?: Severity
}

export interface CheckSummary {
  readonly studies: number
  readonly reviews: number
  /** Findings that no waiver lets stand, by severity, whatever is shown; what isn't checkable is not among them. */
  readonly error: number
  readonly warning: number
  readonly note: number
  readonly notCheckable: number
  readonly waived: number
}

export interface CheckResult {
  readonly rows: readonly CheckRow[]
  readonly summary: CheckSummary
}

/** What is shown of a study's or a review's findings, and how many there are of each kind. */
export interface Checked {
  readonly findings: readonly (Finding & { readonly waived: string | null })[]
  readonly counts: Omit<CheckSummary, 'studies' | 'reviews'>
}

export function checkedOf(
  found: readonly Finding[],
  waivers: StudyRows['waiver'],
  { all = false, severity: least = 'note' }: ShownFindings,
): Checked {
  const counts = { error: 0, warning: 0, note: 0, notCheckable: 0, waived: 0 }
  const findings: Checked['findings'][number][] = []
  for (const finding of found) {
    const waived = waiverOf(finding, waivers)?.reason ?? null
    if (finding.status === 'not_checkable') counts.notCheckable++
    else if (waived !== null) counts.waived++
    else counts[finding.severity]++
    if (finding.status === 'not_checkable' && !all) continue
    if (SEVERITIES.indexOf(finding.severity) > SEVERITIES.indexOf(least)) continue
    findings.push({ ...finding, waived })
  }
  return { findings, counts }
}

/** What stays of a study or review once it is checked, or of several together. */
export const resultOf = (kind: 'studies' | 'reviews', key: string, { findings, counts }: Checked): CheckResult => ({
  rows: findings.map(({ rule, severity, status, table, row, field, about, message, waived }) => ({
    ...{ study: key, rule, severity, status, table, row, field, about, message, waived },
  })),
  summary: { studies: 0, reviews: 0, ...counts, [kind]: 1 },
})

export function together(results: readonly CheckResult[]): CheckResult {
  const sum = (name: keyof CheckSummary) => results.reduce((all, { summary }) => all + summary[name], 0)
  return {
    rows: results.flatMap(({ rows }) => rows),
    summary: {
      studies: sum('studies'),
      reviews: sum('reviews'),
      error: sum('error'),
      warning: sum('warning'),
      note: sum('note'),
      notCheckable: sum('notCheckable'),
      waived: sum('waived'),
    },
  }
}
