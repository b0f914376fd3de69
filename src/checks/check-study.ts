import type { StudyRecord } from '../model/study-record.ts'
import { found } from './found.ts'
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
  return rules.flatMap((rule) =>
    [...rule.check(study)].map((observed) => {
      const { at } = observed
      return found(rule, observed, {
        row: at.id.startsWith(`${record.slug}/`) ? at.id.slice(record.slug.length + 1) : at.id,
        factId: study.factId(at),
        about: study.about(at),
      })
    }),
  )
}
