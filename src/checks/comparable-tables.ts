/** A table's rows as two extractors give them: what they are about, and what is compared of them. */
export interface ComparableTable {
  readonly table: string
  /** The columns that are compared. */
  readonly values: readonly string[]
  /** What points at rows of other tables, which come before this one. */
  readonly points: Readonly<Record<string, string>>
  /** Those of them that are compared as values too, since two rows may be the same without them. */
  readonly comparedPoints: readonly string[]
  /**
   * What makes two rows one and the same, strictest first: columns, points, `code`, and `names` for any of the names that
   * an arm is printed under.
   */
  readonly identity: readonly (readonly string[])[]
  /** Whether the row's `missing_reason` stands for its values. */
  readonly missing?: boolean
}

const coded = (table: string, name: string, ...others: readonly string[]): ComparableTable => ({
  table,
  values: [name, ...others],
  points: {},
  comparedPoints: [],
  identity: [['code', name], [name], ['code']],
})

const WHEN_AND_WHO = { analysis_set: 'analysis_set', timepoint: 'timepoint' } as const

/**
 * What of a study's file is compared, table by table. Left out is what extractors say in their own words (notes,
 * descriptions, the objective, the support of a judgement), what only the file needs (codes, order), and publications,
 * which two extractors take from the same record.
 */
export const COMPARABLE_TABLES: readonly ComparableTable[] = [
  {
    table: 'study',
    values: [
      'label',
      'title',
      'acronym',
      'type',
      'allocation',
      'intervention_model',
      'masking',
      'phase',
      'purpose',
      'authors_conclusion',
      'start_date',
      'end_date',
    ],
    points: {},
    comparedPoints: [],
    identity: [[]],
  },
  {
    table: 'study_identifier',
    values: ['registry', 'value'],
    points: {},
    comparedPoints: [],
    identity: [['registry', 'value'], ['registry']],
  },
  coded('study_condition', 'name', 'descriptor_ui'),
  {
    table: 'eligibility_criterion',
    values: ['kind', 'text'],
    points: {},
    comparedPoints: [],
    identity: [['kind', 'text'], ['text']],
  },
  coded('covariate', 'name', 'number', 'text', 'unit'),
  coded('intervention', 'name', 'kind', 'descriptor_ui'),
  {
    table: 'arm',
    values: ['label', 'role'],
    points: {},
    comparedPoints: [],
    identity: [['code', 'label'], ['label'], ['names'], ['code']],
  },
  {
    table: 'arm_intervention',
    values: ['dose', 'dose_unit', 'route', 'schedule'],
    points: { arm: 'arm', intervention: 'intervention' },
    comparedPoints: [],
    identity: [['arm', 'intervention']],
  },
  {
    table: 'analysis_set',
    values: ['kind', 'label'],
    points: {},
    comparedPoints: [],
    identity: [['code', 'label'], ['kind', 'label'], ['label'], ['code'], ['kind']],
  },
  {
    table: 'subgroup',
    values: ['factor', 'level', 'descriptor_ui'],
    points: {},
    comparedPoints: [],
    identity: [['factor', 'level'], ['code']],
  },
  {
    table: 'study_group',
    values: ['label'],
    points: { arms: 'arm', subgroups: 'subgroup' },
    comparedPoints: ['arms', 'subgroups'],
    identity: [['arms', 'subgroups', 'code'], ['arms', 'subgroups'], ['code']],
  },
  {
    table: 'comparison',
    values: [],
    points: { experimental: 'study_group', reference: 'study_group', groups: 'study_group' },
    comparedPoints: ['experimental', 'reference'],
    identity: [['groups']],
  },
  {
    table: 'enrolment',
    values: ['participants'],
    points: { group: 'study_group', analysis_set: 'analysis_set' },
    comparedPoints: [],
    identity: [['group', 'analysis_set']],
    missing: true,
  },
  {
    table: 'follow_up',
    values: ['statistic', 'basis', 'length'],
    points: { group: 'study_group' },
    comparedPoints: [],
    identity: [['group', 'statistic', 'basis'], ['group', 'statistic'], ['group']],
  },
  {
    table: 'participant_flow',
    values: ['period', 'reason', 'participants'],
    points: { group: 'study_group' },
    comparedPoints: [],
    identity: [
      ['group', 'period', 'milestone', 'reason'],
      ['group', 'milestone', 'reason'],
      ['group', 'milestone'],
    ],
    missing: true,
  },
  {
    table: 'baseline_measurement',
    values: ['unit', 'count', 'total', 'mean', 'sd', 'median', 'q1', 'q3', 'minimum', 'maximum'],
    points: { group: 'study_group', analysis_set: 'analysis_set' },
    comparedPoints: ['analysis_set'],
    identity: [
      ['characteristic', 'category', 'group', 'analysis_set'],
      ['characteristic', 'category', 'group'],
    ],
    missing: true,
  },
  {
    table: 'timepoint',
    values: ['kind', 'time', 'label'],
    points: {},
    comparedPoints: [],
    identity: [['kind', 'time', 'label'], ['kind', 'time', 'code'], ['kind', 'time'], ['label'], ['code']],
  },
  {
    ...coded('outcome', 'label', 'kind', 'role', 'direction', 'definition', 'unit'),
    points: { within: 'outcome' },
    comparedPoints: ['within'],
  },
  {
    table: 'outcome_measurement',
    values: [
      'events',
      'total',
      'person_time',
      'person_time_unit',
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
      'method',
    ],
    points: { outcome: 'outcome', group: 'study_group', ...WHEN_AND_WHO },
    comparedPoints: ['analysis_set', 'timepoint'],
    identity: [
      ['outcome', 'group', 'analysis_set', 'timepoint'],
      ['outcome', 'group', 'timepoint'],
      ['outcome', 'group', 'analysis_set'],
      ['outcome', 'group'],
    ],
    missing: true,
  },
  {
    table: 'outcome_analysis',
    values: [
      'measure',
      'estimate',
      'ci_lower',
      'ci_upper',
      'ci_level',
      'p_operator',
      'p_value',
      'p_text',
      'p_sides',
      'method',
      'finding',
      'finding_direction',
    ],
    points: { outcome: 'outcome', groups: 'study_group', roles: 'study_group', ...WHEN_AND_WHO },
    comparedPoints: ['roles', 'analysis_set', 'timepoint'],
    identity: [
      ['outcome', 'groups', 'measure', 'analysis_set', 'timepoint'],
      ['outcome', 'groups', 'analysis_set', 'timepoint'],
      ['outcome', 'groups', 'measure', 'timepoint'],
      ['outcome', 'groups', 'measure', 'analysis_set'],
      ['outcome', 'groups', 'measure'],
      ['outcome', 'groups'],
    ],
    missing: true,
  },
  {
    table: 'adverse_event_term',
    values: ['term', 'organ_system', 'vocabulary', 'descriptor_ui', 'serious', 'related', 'fatal', 'narrative'],
    points: { within: 'adverse_event_term' },
    comparedPoints: ['within'],
    identity: [['code', 'term'], ['term'], ['code']],
  },
  {
    table: 'adverse_event_count',
    values: ['affected', 'at_risk', 'events', 'percent'],
    points: { term: 'adverse_event_term', group: 'study_group', ...WHEN_AND_WHO },
    comparedPoints: ['analysis_set', 'timepoint'],
    identity: [
      ['term', 'group', 'analysis_set', 'timepoint'],
      ['term', 'group', 'timepoint'],
      ['term', 'group', 'analysis_set'],
      ['term', 'group'],
    ],
    missing: true,
  },
  {
    table: 'risk_of_bias',
    values: ['tool', 'domain', 'judgement'],
    points: { outcome: 'outcome', measurement: 'outcome_measurement', analysis: 'outcome_analysis' },
    comparedPoints: [],
    identity: [['tool', 'domain', 'outcome', 'measurement', 'analysis']],
  },
]
