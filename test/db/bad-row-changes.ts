import type { Constraint } from '../../scripts/constraints.ts'
import { ENGINE } from '../engines.ts'
import { columnsOf, type ForeignKey, foreignKeysOf } from './models.ts'
import { SEED_SLUG } from './study-variants.ts'
import { OTHER_PMID, OTHER_REVIEW, OTHER_SLUG } from './two-studies.ts'

/** What a bad row has in some of its columns, each as SQL over the good row. */
export type Change = Readonly<Record<string, string>>

/** Keys of rows that would lie outside their review. */
const OF_OTHER_REVIEW: readonly Change[] = [
  { id: `'${OTHER_REVIEW}/bogus'` },
  { id: `"review_id" || '-bogus'` },
  { id: `'bogus'` },
]

const COUNTED_IN_UNITS = ['enrolment', 'participant_flow', 'baseline_measurement', 'outcome_measurement'] as const

/** Bad rows for the rules that can't be read off a column's type: each of these must be refused. */
export const OWN_BAD_ROWS: Readonly<Record<string, readonly Change[]>> = {
  publication_key: [{ id: `''` }],
  publication_pmid_digits: [{ pmid: `'PMID8468720'` }, { pmid: `'84 68'` }, { pmid: `''` }],
  publication_doi_lower_case: [
    { doi: `'10.1093/JNCI'` },
    { doi: `'https://doi.org/10.1093/jnci'` },
    { doi: `'10.1093'` },
    { doi: `'10.1093/'` },
  ],
  publication_pmcid_letters: [{ pmcid: `'1234567'` }, { pmcid: `'PMC'` }, { pmcid: `''` }],
  publication_published_date: [
    { published: `'1993 April'` },
    { published: `'1993-4'` },
    { published: `'1993-04-21T00:00'` },
    { published: `'1993-20'` },
  ],
  publication_year_of_date: [{ year: '1994' }, { year: 'NULL' }, { published: 'NULL' }],
  source_key: [{ id: `'pmid-${OTHER_PMID}/abstracted'` }],
  publication_text_key: [{ id: `'pmid-${OTHER_PMID}/resulting'` }],
  publication_text_source_in_publication: [{ source_id: `'pmid-${OTHER_PMID}/abstract'` }],
  author_one_kind_of_name: [
    { last_name: `'First'`, collective_name: `'The group'` },
    { last_name: 'NULL', collective_name: 'NULL' },
  ],
  publication_mesh_major_qualifier: [{ qualifier_ui: 'NULL', qualifier_major: 'true' }],
  study_key: [{ id: `''` }, { id: `'rosenberg/1993'` }],
  study_start_date_date: [{ start_date: `'June 1985'` }, { start_date: `''` }, { start_date: `'1985-06-99'` }],
  study_end_date_date: [{ end_date: `'June 1985'` }, { end_date: `''` }, { end_date: `'1985-06-99'` }],
  covariate_one_value: [
    { number: 'NULL', text: 'NULL' },
    { number: '1', text: `'one'` },
  ],
  arm_intervention_dose_missing_reason_known: [{ dose: 'NULL', dose_unit: 'NULL', dose_missing_reason: `'bogus'` }],
  arm_intervention_dose_has_unit: [
    { dose: 'NULL', dose_unit: `'IU/kg'` },
    { dose: '1', dose_unit: 'NULL' },
  ],
  ...Object.fromEntries(COUNTED_IN_UNITS.map((table) => [`${table}_units_named`, [{ units: '1', units_of: 'NULL' }]])),
  ...Object.fromEntries(
    COUNTED_IN_UNITS.map((table) => [
      `${table}_units_integer`,
      [{ units: ENGINE === 'sqlite' ? '1.5' : `'x'`, units_of: `'eyes'` }],
    ]),
  ),
  study_reference_retracts_another: [
    { kind: `'retraction'`, retracts: 'NULL' },
    { kind: `'result'`, retracts: '1' },
  ],
  comparison_two_groups: [{ reference_group_id: '"experimental_group_id"' }],
  enrolment_number_or_reason: [
    { participants: 'NULL', missing_reason: 'NULL' },
    { participants: '1', missing_reason: `'not_reported'` },
  ],
  participant_flow_number_or_reason: [
    { participants: 'NULL', missing_reason: 'NULL' },
    { participants: '1', missing_reason: `'not_reported'` },
  ],
  timepoint_times_of_kind: [
    { kind: `'at'`, from_time: 'NULL', to_time: 'NULL', unit: 'NULL' },
    { kind: `'at'`, from_time: '1', to_time: '2', unit: `'months'` },
    { kind: `'at'`, from_time: '1', to_time: 'NULL', unit: 'NULL' },
    { kind: `'over'`, from_time: '1', to_time: 'NULL', unit: `'months'` },
    { kind: `'over'`, from_time: '1', to_time: '2', unit: 'NULL' },
    { kind: `'last_follow_up'`, from_time: '1', to_time: 'NULL', unit: `'months'` },
    { kind: `'at_report'`, from_time: 'NULL', to_time: 'NULL', unit: `'months'` },
  ],
  outcome_not_within_itself: [{ parent_id: '"id"' }],
  outcome_not_part_of_itself: [{ part_of_id: '"id"' }],
  outcome_not_planned_as_itself: [{ planned_as_id: '"id"' }],
  outcome_anticipated_posting_date: [{ anticipated_posting: `'June 1985'` }, { anticipated_posting: `'1985-06-99'` }],
  outcome_measurement_person_time_has_unit: [
    { person_time: '1', person_time_unit: 'NULL' },
    { person_time: 'NULL', person_time_unit: `'years'` },
  ],
  outcome_analysis_p_operator_known: [{ p_operator: `'≤'` }, { p_operator: `'=='` }],
  outcome_analysis_p_value_has_operator: [
    { p_value: '0.5', p_operator: 'NULL' },
    { p_value: 'NULL', p_operator: `'='` },
  ],
  outcome_analysis_p_sides_known: [{ p_sides: '0' }, { p_sides: '3' }],
  outcome_analysis_ci_sides_integer: [{ ci_sides: '1.5' }],
  outcome_analysis_ci_sides_known: [{ ci_sides: '0' }, { ci_sides: '3' }],
  adverse_event_term_not_within_itself: [{ parent_id: '"id"' }],
  quote_one_place: [
    { publication_text_id: 'NULL', start_offset: 'NULL', end_offset: 'NULL', source_id: 'NULL', locator: 'NULL' },
    {
      publication_text_id: `'pmid-8468720/results'`,
      start_offset: '0',
      end_offset: '1',
      source_id: `'pmid-8468720/abstract'`,
      locator: `'line 1'`,
    },
  ],
  quote_words_of_text: [{ words: 'NULL' }],
  quote_locator_in_source: [
    { locator: `'Table 2'` },
    {
      source_id: `'pmid-8468720/abstract'`,
      publication_text_id: 'NULL',
      start_offset: 'NULL',
      end_offset: 'NULL',
      locator: 'NULL',
    },
  ],
  quote_offsets_in_text: [
    { start_offset: 'NULL', end_offset: 'NULL' },
    { end_offset: 'NULL' },
    { publication_text_id: 'NULL', source_id: `'pmid-8468720/abstract'`, locator: `'line 1'` },
  ],
  quote_offsets_in_order: [
    { start_offset: '-1' },
    { end_offset: '"start_offset"' },
    { start_offset: '"end_offset" + 1' },
  ],
  fact_key: [{ id: `'${OTHER_SLUG}/' || "field"` }, { id: `'bogus/' || "field"` }],
  fact_field_in_key: [{ field: `'bogus'` }, { field: `substr("field", 2)` }, { field: `''` }],
  fact_one_row: [
    { outcome_id: 'NULL' },
    { outcome_measurement_id: 'NULL' },
    { outcome_id: `'${SEED_SLUG}/survival'` },
    { about_study_id: `'${SEED_SLUG}'` },
  ],
  quote_link_span_whole: [{ span_start: 'NULL' }, { span_end: 'NULL' }],
  quote_link_span_in_order: [{ span_start: '-1' }, { span_end: '"span_start"' }, { span_start: '"span_end" + 1' }],
  correction_original_or_reason: [
    { original_printed: 'NULL', original_missing_reason: 'NULL' },
    { original_printed: `'.05'`, original_missing_reason: `'not_reported'` },
  ],
  appraisal_tool_key: [{ id: `'rob-2'` }, { version: `'2020'` }],
  appraisal_domain_key: [{ code: `'bogus'` }, { id: `'rob-2/2019-08-22/bogus'` }, { tool_id: `'rob-1/2011'` }],
  appraisal_judgement_key: [{ code: `'bogus'` }, { id: `'rob-2/2019-08-22/bogus'` }],
  risk_of_bias_domain_of_tool: [{ domain_id: `'robins-i/2016-08-01/confounding'` }],
  risk_of_bias_judgement_of_tool: [{ judgement: `'robins-i/2016-08-01/critical'` }],
  risk_of_bias_one_target: [
    { outcome_id: `"study_id" || '/survival'`, outcome_analysis_id: `"study_id" || '/a00001'` },
    { outcome_id: `"study_id" || '/survival'`, outcome_measurement_id: `"study_id" || '/m00001'` },
  ],
  review_key: [{ id: `''` }, { id: `'a/review'` }],
  review_criterion_key: OF_OTHER_REVIEW,
  review_outcome_key: OF_OTHER_REVIEW,
  review_covariate_key: OF_OTHER_REVIEW,
  review_study_key: OF_OTHER_REVIEW,
  review_result_key: OF_OTHER_REVIEW,
  review_study_key_of_study: [{ id: `"review_id" || '/bogus'` }],
  review_study_study_or_label: [{ label: `'A label'` }, { label: 'NULL' }],
  review_study_included_is_held: [{ decision: `'included'` }],
  review_study_excluded_has_reason: [{ decision: `'excluded'` }, { reason: 'NULL' }],
  review_study_covariate_one_value: [
    { number: 'NULL', text: 'NULL', missing_reason: 'NULL' },
    { number: '1', text: `'one'` },
  ],
  review_study_covariate_missing_reason_known: [{ number: 'NULL', text: 'NULL', missing_reason: `'bogus'` }],
  review_study_covariate_review_study_id_in_review: [{ review_study_id: `'${OTHER_REVIEW}/later'` }],
  review_study_covariate_covariate_id_in_review: [{ covariate_id: `'${OTHER_REVIEW}/latitude'` }],
  review_result_review_outcome_id_in_review: [{ review_outcome_id: `'${OTHER_REVIEW}/survival'` }],
  review_result_review_study_id_in_review: [{ review_study_id: `'${OTHER_REVIEW}/${OTHER_SLUG}'` }],
  review_result_of_its_study: [{ review_study_id: `"review_id" || '/smith-1950'` }],
  extraction_extracted_on_date: [{ extracted_on: `'2026-11'` }, { extracted_on: `'23 Nov 2026'` }],
  finding_of_study_or_review: [{ study_id: 'NULL', fact_id: 'NULL' }, { review_id: `'${OTHER_REVIEW}'` }],
  finding_fact_of_study: [{ study_id: 'NULL', review_id: `'${OTHER_REVIEW}'` }],
  import_run_counts_add_up: [{ saved: '"saved" + 1' }, { read: '"read" + 1' }, { failed: '1' }],
  imported_record_key_of_family: [{ key: `'nct'` }, { key: `':nct'` }, { key: `'ctgov:'` }],
  imported_record_of_one: [
    { publication_id: 'NULL', study_id: 'NULL', review_id: 'NULL', matched_by: 'NULL', score: 'NULL' },
    { publication_id: `'pmid-12'`, study_id: `'${OTHER_SLUG}'`, matched_by: `'none'`, score: 'NULL' },
    { study_id: `'${OTHER_SLUG}'`, review_id: `'${OTHER_REVIEW}'` },
  ],
  imported_record_score_of_match: [{ matched_by: `'doi'` }],
  imported_record_match_of_publication: [{ matched_by: 'NULL', score: 'NULL' }],
  study_publication_reason_of_tie: [{ tied_by: `'person'` }, { reason: 'NULL' }, { reason: `'why'` }],
  report_decision_role_of_report: [{ role: 'NULL' }, { role: `'primary'` }],
  waiver_waived_on_date: [{ waived_on: `'2026'` }, { waived_on: `'yesterday'` }],
}

/** Rules that another rule of the same table implies: no row can break the first one alone. */
export const IMPLIED_BY: Readonly<Record<string, readonly string[]>> = {
  publication_year_integer: ['publication_year_of_date'],
  outcome_analysis_p_sides_integer: ['outcome_analysis_p_sides_known'],
  outcome_analysis_ci_sides_integer: ['outcome_analysis_ci_sides_known'],
  review_result_review_study_id_in_review: ['review_result_of_its_study'],
  report_decision_reports_boolean: ['report_decision_role_of_report'],
}

/** The bad rows for a rule: its own where it has some, else those that its column's type makes. */
export function badRows({ table, name, check }: Constraint): readonly (readonly Change[])[] {
  const own = OWN_BAD_ROWS[name]
  if (own) return own.map((change) => [change])
  const rule = name.slice(table.length + 1)
  const [, column = '', kind = ''] =
    /^(?:(.+)_)?(known|integer|number|boolean|key|in_study|or_reason)$/.exec(rule) ?? []
  const value = column.replace(/_missing_reason$/, '')
  // A reason stands only where there is no value.
  const bare: Change = value !== column && columnsOf(table).includes(value) ? { [value]: 'NULL' } : {}
  switch (kind) {
    case 'known':
      return [[{ ...bare, [column]: `'bogus'` }]]
    case 'integer':
      // A fraction where a word would break a rule about order as well.
      return [[{ [column]: `'x'` }, { [column]: `"${column}" + 0.5` }]]
    case 'number':
      // A word is refused by PostgreSQL's type, which takes these for numbers.
      return (ENGINE === 'sqlite' ? ['x'] : ['Infinity', '-Infinity', 'NaN']).map((word) => [{ [column]: `'${word}'` }])
    case 'boolean':
      return [[{ [column]: '2' }], [{ [column]: `'true'` }]]
    case 'key':
      return [[{ id: `'${OTHER_SLUG}/bogus'` }], [{ id: `"study_id" || '-bogus'` }], [{ id: `'bogus'` }]]
    case 'in_study':
      return [
        foreignKeysOf(table)
          .filter(({ from }) => from === column)
          .map(ofOtherStudy),
      ]
    case 'or_reason':
      return [[{ [`${column}_missing_reason`]: `'not_reported'` }]]
    default:
      throw new Error(`${name} has no bad row: add one to OWN_BAD_ROWS (${check})`)
  }
}

// The row is there, so that the foreign key has nothing against it.
export const ofOtherStudy = ({ from, parent, to }: ForeignKey): Change => ({
  [from]: `(SELECT "${to}" FROM "${parent}" WHERE substr("${to}", 1, ${OTHER_SLUG.length}) = '${OTHER_SLUG}' LIMIT 1)`,
})
