import { REVIEW_RULES } from '../checks/check-review.ts'
import type { Rule } from '../checks/rule.ts'
import { RULES } from '../checks/rules.ts'
import type { Meanings } from './extraction/columns.ts'

/** One rule, as it is explained. */
export type RuleRow = Omit<Rule, 'check' | 'id'> & { readonly rule: string }

export const RULE_COLUMNS: Meanings<RuleRow> = {
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
