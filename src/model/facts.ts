/** The tables whose rows can have facts, as `fact` names them. */
export type FactTable =
  | 'study'
  | 'study_condition'
  | 'eligibility_criterion'
  | 'covariate'
  | 'intervention'
  | 'arm'
  | 'arm_intervention'
  | 'analysis_set'
  | 'subgroup'
  | 'enrolment'
  | 'follow_up'
  | 'participant_flow'
  | 'baseline_measurement'
  | 'outcome'
  | 'outcome_measurement'
  | 'outcome_analysis'
  | 'adverse_event_term'
  | 'adverse_event_count'
  | 'risk_of_bias'

/** The fields that hold numbers: each needs the words that it was read from, or the formula that made it. */
export const NUMBER_FIELDS: Readonly<Partial<Record<FactTable, readonly string[]>>> = {
  covariate: ['number'],
  arm_intervention: ['dose'],
  enrolment: ['participants'],
  follow_up: ['value'],
  participant_flow: ['participants'],
  baseline_measurement: ['count', 'total', 'mean', 'sd', 'median', 'q1', 'q3', 'minimum', 'maximum'],
  outcome_measurement: [
    'events',
    'total',
    'person_time',
    'mean',
    'sd',
    'se',
    'median',
    'q1',
    'q3',
    'minimum',
    'maximum',
    'proportion',
    'ci_lower',
    'ci_upper',
    'ci_level',
  ],
  outcome_analysis: ['estimate', 'ci_lower', 'ci_upper', 'ci_level', 'p_value', 'p_sides'],
  adverse_event_count: ['affected', 'at_risk', 'events', 'percent'],
}
