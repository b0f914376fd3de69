import { REVIEW_RULES } from '../checks/check-review.ts'
import { checkStudy } from '../checks/check-study.ts'
import { type Finding, type FindingStatus, type Rule, SEVERITIES, type Severity } from '../checks/rule.ts'
import { RULES } from '../checks/rules.ts'
import { waiverOf } from '../checks/waived.ts'
import { beginCheckRun, endCheckRun, type KeptFinding, keepFindings } from '../db/check-run.ts'
import type { Database, Transaction } from '../db/connect.ts'
import { readStudy } from '../db/read-study.ts'
import { inSnapshot } from '../db/snapshot.ts'
import type { StudyRecord } from '../model/study-record.ts'
import { byKey, type Columns, ofStudies, type Selection } from './selection.ts'

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

export const CHECK_COLUMNS: Columns<CheckRow> = {
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

export interface CheckSelection extends Selection {
  /** With what isn't checkable. */
  readonly all?: boolean
  /** The least severity that is shown; `note`, which is every one, by default. */
  readonly severity?: Severity
}

export interface CheckSummary {
  readonly studies: number
  /** Findings that no waiver lets stand, by severity, whatever is shown; what isn't checkable is not among them. */
  readonly error: number
  readonly warning: number
  readonly note: number
  readonly notCheckable: number
  readonly waived: number
}

/**
 * Checks studies against themselves by every rule, one study at a time: study by study in the order of their keys, rule by
 * rule.
 *
 * @param onStudy  told of each study that is done
 * @returns the findings that are to be shown, and how many there are of each kind
 * @throws EvidenceError STUDY_NOT_FOUND
 */
export async function checkStudies(
  db: Transaction,
  selection: CheckSelection = {},
  onStudy: () => void = () => undefined,
): Promise<{ readonly rows: readonly CheckRow[]; readonly summary: CheckSummary }> {
  return inSnapshot(db, async (tx) => {
    const checked: Shown[] = []
    for (const study of await studiesOf(tx, selection)) {
      const record = await readStudy(tx, study)
      if (record) checked.push(shownOf(checkedStudy(record, selection)))
      onStudy()
    }
    return togetherOf(checked)
  })
}

/**
 * The same, and keeps what is shown in `finding` in the place of what was kept of these studies before. Each study is read,
 * checked and kept in one transaction.
 *
 * @param run  the version whose rules run, and a clock
 */
export async function checkAndKeep(
  db: Database,
  selection: CheckSelection,
  run: { readonly version: string; readonly now: () => Date },
  onStudy: () => void = () => undefined,
): Promise<{ readonly rows: readonly CheckRow[]; readonly summary: CheckSummary }> {
  const studies = await studiesOf(db, selection)
  const id = await beginCheckRun(db, run.version, run.now())
  const checked: Shown[] = []
  for (const study of studies) {
    const found = await keepFindings(db, id, study, (record) => checkedStudy(record, selection))
    if (found) checked.push(shownOf(found))
    onStudy()
  }
  await endCheckRun(db, id, run.now(), checked.length)
  return togetherOf(checked)
}

async function studiesOf(db: Transaction, selection: Selection): Promise<readonly string[]> {
  const { studyId } = await ofStudies(db, selection)
  const studies = await db.study.findMany({ where: studyId ? { id: studyId } : {}, select: { id: true } })
  return studies.map(({ id }) => id).sort(byKey)
}

interface Shown {
  readonly shown: readonly CheckRow[]
  readonly counts: Omit<CheckSummary, 'studies'>
}

interface CheckedStudy extends Shown {
  readonly kept: readonly KeptFinding[]
}

/** What stays in memory once a study is done. */
const shownOf = ({ shown, counts }: CheckedStudy): Shown => ({ shown, counts })

function checkedStudy(record: StudyRecord, { all = false, severity: least = 'note' }: CheckSelection): CheckedStudy {
  const counts = { error: 0, warning: 0, note: 0, notCheckable: 0, waived: 0 }
  const shown: CheckRow[] = []
  const kept: KeptFinding[] = []
  for (const finding of checkStudy(record)) {
    const waived = waiverOf(finding, record.rows.waiver)?.reason ?? null
    if (finding.status === 'not_checkable') counts.notCheckable++
    else if (waived !== null) counts.waived++
    else counts[finding.severity]++
    if (finding.status === 'not_checkable' && !all) continue
    if (SEVERITIES.indexOf(finding.severity) > SEVERITIES.indexOf(least)) continue
    shown.push(checkRow(record.slug, finding, waived))
    kept.push({
      factId: finding.factId,
      rule: finding.rule,
      severity: finding.severity,
      message: `${finding.about}: ${finding.message}${waived === null ? '' : ` (Waived: ${waived})`}`,
    })
  }
  return { shown, kept, counts }
}

/** A finding as it is shown. */
export const checkRow = (study: string, finding: Finding, waived: string | null): CheckRow => ({
  study,
  rule: finding.rule,
  severity: finding.severity,
  status: finding.status,
  table: finding.table,
  row: finding.row,
  field: finding.field,
  about: finding.about,
  message: finding.message,
  waived,
})

function togetherOf(checked: readonly Shown[]) {
  const sum = (name: keyof Shown['counts']) => checked.reduce((all, { counts }) => all + counts[name], 0)
  return {
    rows: checked.flatMap(({ shown }) => shown),
    summary: {
      studies: checked.length,
      error: sum('error'),
      warning: sum('warning'),
      note: sum('note'),
      notCheckable: sum('notCheckable'),
      waived: sum('waived'),
    },
  }
}

/** One rule, as it is explained. */
export type RuleRow = Omit<Rule, 'check' | 'id'> & { readonly rule: string }

export const RULE_COLUMNS: Columns<RuleRow> = {
  rule: 'its name in findings and waivers',
  title: 'its name in words',
  severity: 'the weight of its worst finding',
  tests: 'what it tests',
  formula: 'how',
  source: 'whose formula it is, and why it weighs no more',
}

/** Every rule, in the order in which they run: those of studies, then those of reviews. */
export const checkRules = (): readonly RuleRow[] =>
  [...RULES, ...REVIEW_RULES].map(({ id, title, severity, tests, formula, source }) => ({
    rule: id,
    title,
    severity,
    tests,
    formula,
    source,
  }))
