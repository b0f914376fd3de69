/**
 * What somebody would write by hand to get the rows of a table of the review out of SQLite, with the choices by default.
 * A test holds their rows equal to ours, also of studies with subgroups, corrections and outcomes within others; truth
 * values are 0 and 1 here. Left out is that a row of which a formula made some fields keeps the others, and of `long` what
 * no synthetic study has.
 */

const YEARS = `years AS MATERIALIZED (
  SELECT r.study_id, min(p.year) AS year FROM study_publication r JOIN publication p ON p.id = r.publication_id
  WHERE r.role = 'primary' GROUP BY r.study_id)`

const MONTHS = `CASE WHEN t.kind = 'at' THEN CASE t.unit WHEN 'months' THEN t.from_time WHEN 'years' THEN t.from_time * 12
  WHEN 'weeks' THEN t.from_time * 7 / 30.4375 ELSE t.from_time / 30.4375 END END`

const words = (column: string): string => `replace(${column}, '_', ' ')`
const orReason = (column: string): string =>
  `COALESCE(${words(column)}, '[' || ${words(`${column}_missing_reason`)} || ']')`
/** What a group is limited to. */
const limits = (group: string): string => `(SELECT string_agg(b.factor || ' = ' || b.level, '; ' ORDER BY b.position)
  FROM study_group_subgroup l JOIN subgroup b ON b.id = l.subgroup_id WHERE l.study_group_id = ${group})`
/** What a publication corrected of a row: few are, so that the study is asked first. */
const corrected = (table: string, row: string, id = 'id'): string => `(
  SELECT string_agg(f.field || ': corrected; before ' || COALESCE(d.original_printed, '[' || ${words('d.original_missing_reason')} || ']'),
    '; ' ORDER BY f.id) FROM correction d CROSS JOIN fact f ON f.id = d.fact_id
  WHERE d.study_id = ${row}.study_id AND f.${table}_id = ${row}.${id})`
const wider = (outcome: string): string => `(SELECT label FROM outcome w WHERE w.id = ${outcome}.parent_id)`

/** Pairs of a comparison's groups that both have the numbers, as a 2×2 table or two means. */
const pairs = (condition: string, columns: string): string => `WITH ${YEARS}, pair AS MATERIALIZED (
  SELECT m.study_id, m.id, n.id AS other, m.outcome_id, m.analysis_set_id, m.timepoint_id,
    v.experimental_group_id AS eg, v.reference_group_id AS rg, ${columns}
  FROM outcome_measurement m
  JOIN comparison v ON v.experimental_group_id = m.study_group_id
  JOIN outcome_measurement n ON n.study_id = m.study_id AND n.outcome_id = m.outcome_id
    AND n.study_group_id = v.reference_group_id
    AND n.analysis_set_id IS m.analysis_set_id AND n.timepoint_id IS m.timepoint_id
  WHERE ${condition.replaceAll('#', 'm')} AND ${condition.replaceAll('#', 'n')} AND NOT m.derived AND NOT n.derived)
SELECT p.study_id AS study, y.year, o.label AS outcome, s.label AS analysis_set, ${limits('p.eg')} AS subgroup, t.label AS timepoint,
  e.label AS experimental, r.label AS control, p.*, 0 AS derived, ${wider('o')} AS within, ${MONTHS} AS time_months,
  count(*) OVER (PARTITION BY p.outcome_id, p.analysis_set_id, p.timepoint_id, p.rg) AS shared_control,
  count(*) OVER (PARTITION BY p.outcome_id, p.rg) > 1 OR count(*) OVER (PARTITION BY p.outcome_id, p.eg) > 1
    AS counted_again, NULLIF(concat_ws('; ', e.label || ': ' || ${corrected('outcome_measurement', 'p')},
    r.label || ': ' || ${corrected('outcome_measurement', 'p', 'other')}), '') AS correction, NULL AS review_outcome
FROM pair p JOIN outcome o ON o.id = p.outcome_id
JOIN study_group e ON e.id = p.eg JOIN study_group r ON r.id = p.rg
LEFT JOIN analysis_set s ON s.id = p.analysis_set_id LEFT JOIN timepoint t ON t.id = p.timepoint_id
LEFT JOIN years y ON y.study_id = p.study_id
ORDER BY p.study_id, p.id`

const measured = (columns: string, condition: string): string => `
SELECT m.study_id AS study, o.label AS outcome, ${limits('g.id')} AS subgroup, g.label AS "group", ${columns}, m.derived,
  s.label AS analysis_set, ${wider('o')} AS within, ${corrected('outcome_measurement', 'm')} AS correction
FROM outcome_measurement m JOIN outcome o ON o.id = m.outcome_id JOIN study_group g ON g.id = m.study_group_id
LEFT JOIN analysis_set s ON s.id = m.analysis_set_id LEFT JOIN timepoint t ON t.id = m.timepoint_id
WHERE ${condition} AND o.kind = 'time_to_event' AND NOT m.derived
ORDER BY m.study_id, m.id`

/** Every number of a table, one a row: a SELECT for each column. */
const numbersOf = (
  table: string,
  fields: readonly string[],
  { subject, group, joins = '', set = true, time = false }: NumbersOf,
): string =>
  fields
    .map(
      (field) => `
SELECT m.study_id AS study, '${table}' AS "table", substr(m.id, length(m.study_id) + 2) AS row, ${subject} AS subject,
  ${group} AS "group", NULL AS subgroup, ${set ? 's.label' : 'NULL'} AS analysis_set,
  ${time ? 't.label' : 'NULL'} AS timepoint, '${field}' AS field, m.${field} AS value, f.printed,
  (SELECT string_agg(q.words, ' … ') FROM quote_link l JOIN quote q ON q.id = l.quote_id WHERE l.fact_id = f.id) AS quote,
  (SELECT max(x.label || ', ' || q.locator) FROM quote_link l JOIN quote q ON q.id = l.quote_id
   JOIN source x ON x.id = q.source_id WHERE l.fact_id = f.id) AS section,
  NULL AS formula, 0 AS derived, NULL AS correction
FROM ${table} m ${joins}
${set ? 'LEFT JOIN analysis_set s ON s.id = m.analysis_set_id' : ''}
${time ? 'LEFT JOIN timepoint t ON t.id = m.timepoint_id' : ''}
LEFT JOIN fact f ON f.id = m.study_id || '/${table}/' || substr(m.id, length(m.study_id) + 2) || '/${field}'
WHERE m.${field} IS NOT NULL`,
    )
    .join(' UNION ALL ')

interface NumbersOf {
  readonly subject: string
  readonly group: string
  readonly joins?: string
  readonly set?: boolean
  readonly time?: boolean
}

const OF_GROUP = 'JOIN study_group g ON g.id = m.study_group_id'
const OF_OUTCOME = 'JOIN outcome o ON o.id = m.outcome_id'

/** Columns of the hand-written rows that no row of ours has. */
export const HELPER_COLUMNS = [
  'study_id',
  'id',
  'outcome_id',
  'analysis_set_id',
  'timepoint_id',
  'eg',
  'rg',
  'other',
] as const

export const HAND_WRITTEN_EXTRACTS: Readonly<Record<string, string>> = {
  arms: `
SELECT a.study_id AS study, substr(a.id, length(a.study_id) + 2) AS arm, a.label, a.role,
  (SELECT string_agg(i.name, '; ' ORDER BY x.position) FROM arm_intervention x
   JOIN intervention i ON i.id = x.intervention_id WHERE x.arm_id = a.id) AS interventions,
  s.label AS analysis_set, n.participants AS n, n.missing_reason,
  ${corrected('enrolment', 'n')} AS correction
FROM arm a
LEFT JOIN (study_group_arm g JOIN enrolment n ON n.study_group_id = g.study_group_id AND NOT n.derived
    AND NOT EXISTS (SELECT 1 FROM study_group_arm o WHERE o.study_group_id = g.study_group_id AND o.arm_id <> g.arm_id)
    AND NOT EXISTS (SELECT 1 FROM study_group_subgroup o WHERE o.study_group_id = g.study_group_id)
  ) ON g.arm_id = a.id
LEFT JOIN analysis_set s ON s.id = n.analysis_set_id
ORDER BY a.study_id, a.id, s.position`,

  characteristics: `WITH ${YEARS}
SELECT s.id AS study, y.year, ${words("concat_ws(', ', s.type, s.intervention_model)")} AS design,
  ${orReason('s.allocation')} AS allocation,
  (SELECT string_agg(COALESCE(n.participants, '[' || ${words('n.missing_reason')} || ']') || ' ' || a.label, '; '
    ORDER BY a.position, n.id) FROM enrolment n JOIN analysis_set a ON a.id = n.analysis_set_id
   WHERE n.study_id = s.id AND NOT n.derived
     AND NOT EXISTS (SELECT 1 FROM study_group_subgroup l WHERE l.study_group_id = n.study_group_id)
     AND (SELECT count(*) FROM study_group_arm l WHERE l.study_group_id = n.study_group_id)
       = (SELECT count(*) FROM arm WHERE study_id = s.id)) AS enrolled,
  (SELECT string_agg(name, '; ' ORDER BY position) FROM study_condition WHERE study_id = s.id) AS conditions,
  (SELECT string_agg(label, '; ' ORDER BY position) FROM arm WHERE study_id = s.id) AS arms,
  (SELECT string_agg(name, '; ' ORDER BY position) FROM intervention WHERE study_id = s.id) AS interventions,
  (SELECT string_agg(concat_ws(' ', statistic, NULLIF(basis, 'not_stated'), printf('%.15g', value), unit), '; ' ORDER BY id)
   FROM follow_up WHERE study_id = s.id) AS follow_up,
  (SELECT string_agg(concat_ws('. ', concat_ws(' ', p.journal, p.year) || COALESCE(';' || p.volume, '')
      || COALESCE('(' || p.issue || ')', '') || COALESCE(':' || p.pages, ''), 'doi:' || p.doi, 'PMID ' || p.pmid), '; '
    ORDER BY r.position) FROM study_publication r JOIN publication p ON p.id = r.publication_id
   WHERE r.study_id = s.id AND r.role = 'primary') AS publication,
  ${orReason('s.masking')} AS masking, ${orReason('s.phase')} AS phase,
  (SELECT string_agg(CASE kind WHEN 'exclusion' THEN 'not: ' ELSE '' END || text, '; ' ORDER BY position)
   FROM eligibility_criterion WHERE study_id = s.id) AS eligibility,
  s.objective, s.authors_conclusion
FROM study s LEFT JOIN years y ON y.study_id = s.id ORDER BY s.id`,

  flow: `
SELECT f.study_id AS study, g.label AS "group", ${limits('g.id')} AS subgroup, f.period, f.milestone, f.reason,
  f.participants, f.missing_reason, f.derived, ${corrected('participant_flow', 'f')} AS correction
FROM participant_flow f JOIN study_group g ON g.id = f.study_group_id WHERE NOT f.derived
ORDER BY f.study_id, f.id`,

  baseline: `
SELECT b.study_id AS study, g.label AS "group", ${limits('g.id')} AS subgroup, s.label AS analysis_set, b.characteristic, b.category,
  b.count, b.total, b.mean, b.sd, b.median, b.q1, b.q3, b.minimum, b.maximum, b.unit, b.missing_reason, b.note, b.derived,
  ${corrected('baseline_measurement', 'b')} AS correction
FROM baseline_measurement b JOIN study_group g ON g.id = b.study_group_id
LEFT JOIN analysis_set s ON s.id = b.analysis_set_id
WHERE NOT b.derived ORDER BY b.study_id, b.id`,

  dichotomous: pairs(
    '#.events IS NOT NULL AND #.total IS NOT NULL',
    'm.events AS ai, m.total - m.events AS bi, n.events AS ci, n.total - n.events AS di, m.total AS n1i, n.total AS n2i',
  ),

  continuous: pairs(
    '#.mean IS NOT NULL AND #.total IS NOT NULL AND #.sd IS NOT NULL',
    `m.total AS n1i, m.mean AS m1i, m.sd AS sd1i, n.total AS n2i, n.mean AS m2i, n.sd AS sd2i,
    (SELECT unit FROM outcome WHERE id = m.outcome_id) AS unit, 'reported' AS sd1_from, 'reported' AS sd2_from`,
  ),

  counts: pairs(
    '#.events IS NOT NULL AND #.person_time IS NOT NULL',
    `m.events AS x1i, m.person_time * CASE m.person_time_unit WHEN 'years' THEN 1 ELSE 1 / 12.0 END AS t1i,
    n.events AS x2i, n.person_time * CASE n.person_time_unit WHEN 'years' THEN 1 ELSE 1 / 12.0 END AS t2i`,
  ),

  survival: measured(
    `m.proportion AS probability, m.ci_lower, m.ci_upper, m.total AS n, m.method, m.ci_level,
    ${MONTHS} AS time_months, t.label AS timepoint`,
    'm.proportion IS NOT NULL',
  ),

  'hazard-ratios': `WITH ${YEARS}
SELECT a.study_id AS study, y.year, o.label AS outcome, s.label AS analysis_set, ${limits('e.id')} AS subgroup, t.label AS timepoint,
  e.label AS experimental, r.label AS control, a.estimate AS hazard_ratio, a.ci_lower, a.ci_upper, a.ci_level,
  ln(a.estimate) AS log_hr, NULL AS se_log_hr, 0 AS derived, ${wider('o')} AS within, ${MONTHS} AS time_months,
  count(*) OVER (PARTITION BY a.outcome_id, a.analysis_set_id, a.timepoint_id, r.id) AS shared_control,
  count(*) OVER (PARTITION BY a.outcome_id, r.id) > 1 OR count(*) OVER (PARTITION BY a.outcome_id, e.id) > 1
    AS counted_again, ${corrected('outcome_analysis', 'a')} AS correction, NULL AS review_outcome
FROM outcome_analysis a JOIN outcome o ON o.id = a.outcome_id
JOIN analysis_group x ON x.analysis_id = a.id AND x.role = 'experimental' JOIN study_group e ON e.id = x.study_group_id
JOIN analysis_group z ON z.analysis_id = a.id AND z.role = 'reference' JOIN study_group r ON r.id = z.study_group_id
LEFT JOIN analysis_set s ON s.id = a.analysis_set_id LEFT JOIN timepoint t ON t.id = a.timepoint_id
LEFT JOIN years y ON y.study_id = a.study_id
WHERE a.measure = 'hazard_ratio' AND a.estimate IS NOT NULL AND NOT a.derived
ORDER BY a.study_id, a.id`,

  medians: measured(
    'm.median, m.ci_lower, m.ci_upper, m.ci_level, o.unit, m.total AS n, m.method',
    'm.median IS NOT NULL',
  ),

  analyses: `
SELECT a.study_id AS study, o.label AS outcome,
  (SELECT string_agg(of_group, ' / ') FROM (
    SELECT DISTINCT ${limits('x.study_group_id')} AS of_group FROM analysis_group x WHERE x.analysis_id = a.id)) AS subgroup,
  t.label AS timepoint,
  (SELECT string_agg(g.label, '; ' ORDER BY g.position) FROM analysis_group x
   JOIN study_group g ON g.id = x.study_group_id WHERE x.analysis_id = a.id AND x.role = 'experimental') AS experimental,
  (SELECT string_agg(g.label, '; ' ORDER BY g.position) FROM analysis_group x
   JOIN study_group g ON g.id = x.study_group_id WHERE x.analysis_id = a.id AND x.role = 'reference') AS control,
  a.measure, a.estimate, a.ci_lower, a.ci_upper, a.p_operator, a.p_value, a.p_text, a.p_sides, a.method, a.finding,
  a.corrected, a.ci_level, a.finding_direction, s.label AS analysis_set,
  (SELECT string_agg(g.label || ' (' || x.role || ')', '; ' ORDER BY g.position) FROM analysis_group x
   JOIN study_group g ON g.id = x.study_group_id WHERE x.analysis_id = a.id) AS groups,
  a.missing_reason, a.derived, ${wider('o')} AS within, ${corrected('outcome_analysis', 'a')} AS correction
FROM outcome_analysis a JOIN outcome o ON o.id = a.outcome_id
LEFT JOIN analysis_set s ON s.id = a.analysis_set_id LEFT JOIN timepoint t ON t.id = a.timepoint_id
ORDER BY a.study_id, a.id`,

  'adverse-events': `
SELECT e.study_id AS study, e.term, w.term AS parent, g.label AS "group", c.affected, c.at_risk, c.events, c.percent,
  e.serious, e.related, e.fatal, e.narrative, c.missing_reason, e.organ_system, s.label AS analysis_set,
  t.label AS timepoint, c.note, e.vocabulary, ${limits('g.id')} AS subgroup, ${MONTHS} AS time_months,
  COALESCE(c.derived, 0) AS derived, ${corrected('adverse_event_count', 'c')} AS correction
FROM adverse_event_term e
LEFT JOIN adverse_event_term w ON w.id = e.parent_id
LEFT JOIN adverse_event_count c ON c.term_id = e.id LEFT JOIN study_group g ON g.id = c.study_group_id
LEFT JOIN analysis_set s ON s.id = c.analysis_set_id LEFT JOIN timepoint t ON t.id = c.timepoint_id
ORDER BY e.study_id, e.position, c.id`,

  long: [
    numbersOf('enrolment', ['participants'], { subject: `'Participants'`, group: 'g.label', joins: OF_GROUP }),
    numbersOf('participant_flow', ['participants'], {
      ...{ subject: 'm.milestone', group: 'g.label', joins: OF_GROUP, set: false },
    }),
    numbersOf('baseline_measurement', ['count', 'total', 'mean', 'sd', 'median', 'q1', 'q3', 'minimum', 'maximum'], {
      subject: `m.characteristic || COALESCE(': ' || m.category, '')`,
      group: 'g.label',
      joins: OF_GROUP,
    }),
    numbersOf(
      'outcome_measurement',
      [
        ...['events', 'total', 'person_time', 'mean', 'sd', 'se', 'median', 'q1', 'q3', 'minimum', 'maximum'],
        ...['proportion', 'ci_lower', 'ci_upper', 'ci_level'],
      ],
      { subject: 'o.label', group: 'g.label', joins: `${OF_GROUP} ${OF_OUTCOME}`, time: true },
    ),
    numbersOf('outcome_analysis', ['estimate', 'ci_lower', 'ci_upper', 'ci_level', 'p_value', 'p_sides'], {
      subject: 'o.label',
      group: `(SELECT string_agg(g.label, ' v ' ORDER BY g.position) FROM analysis_group x
        JOIN study_group g ON g.id = x.study_group_id WHERE x.analysis_id = m.id)`,
      joins: OF_OUTCOME,
      time: true,
    }),
    numbersOf('adverse_event_count', ['affected', 'at_risk', 'events', 'percent'], {
      subject: 'e.term',
      group: 'g.label',
      joins: `${OF_GROUP} JOIN adverse_event_term e ON e.id = m.term_id`,
      time: true,
    }),
  ].join(' UNION ALL '),

  'risk-of-bias': `
SELECT b.study_id AS study, t.code AS tool, t.version,
  COALESCE((SELECT label FROM outcome WHERE id = b.outcome_id), (SELECT o.label || ' (' || substr(m.id, length(m.study_id) + 2) || ')'
    FROM outcome_measurement m JOIN outcome o ON o.id = m.outcome_id WHERE m.id = b.outcome_measurement_id),
    (SELECT o.label || ' (' || substr(a.id, length(a.study_id) + 2) || ')'
    FROM outcome_analysis a JOIN outcome o ON o.id = a.outcome_id WHERE a.id = b.outcome_analysis_id)) AS "on",
  d.label AS domain, j.label AS judgement, j.severity, d.overall, b.support, b.assessor,
  (SELECT string_agg(told, ' ' ORDER BY position) FROM (
    SELECT DISTINCT q.id, q.position, COALESCE('“' || q.words || '”', x.label || ', ' || q.locator) AS told
    FROM fact f INDEXED BY fact_risk_of_bias_id_idx JOIN quote_link l ON l.fact_id = f.id JOIN quote q ON q.id = l.quote_id
    LEFT JOIN source x ON x.id = q.source_id WHERE f.risk_of_bias_id = b.id)) AS quote
FROM risk_of_bias b JOIN appraisal_tool t ON t.id = b.tool_id JOIN appraisal_domain d ON d.id = b.domain_id
JOIN appraisal_judgement j ON j.id = b.judgement
ORDER BY b.study_id, b.tool_id, b.assessor, d.position`,
}
