import type { Finding, Observation, Rule } from './rule.ts'

/** What a rule says of a place, as a finding. */
export const found = (
  rule: Pick<Rule, 'id' | 'severity'>,
  { at, status, severity, message, values }: Observation,
  place: Pick<Finding, 'row' | 'factId' | 'about'>,
): Finding => ({
  rule: rule.id,
  severity: severity ?? rule.severity,
  status,
  table: at.table,
  field: at.field,
  message,
  values: values ?? {},
  ...place,
})
