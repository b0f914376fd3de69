import type { StudyRecord } from '../model/study-record.ts'
import { indexedStudy } from './indexed-study.ts'
import type { Finding, Rule } from './rule.ts'
import { RULES } from './rules.ts'

/**
 * Everything that the rules find in a study, rule by rule, each in the order of the study's rows. A study without a finding
 * passed every rule that could be checked; what could not is a finding of its own.
 *
 * @param rules  all of them by default
 */
export function checkStudy(record: StudyRecord, rules: readonly Rule[] = RULES): readonly Finding[] {
  const study = indexedStudy(record)
  const findings: Finding[] = []
  for (const rule of rules)
    for (const { at, status, severity, message, values } of rule.check(study))
      findings.push({
        rule: rule.id,
        severity: severity ?? rule.severity,
        status,
        table: at.table,
        row: at.id.startsWith(`${record.slug}/`) ? at.id.slice(record.slug.length + 1) : at.id,
        field: at.field,
        factId: study.factId(at),
        about: study.about(at),
        message,
        values: values ?? {},
      })
  return findings
}
