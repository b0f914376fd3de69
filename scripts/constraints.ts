import type { Schema, SchemaModel } from './prisma-schema.ts'

/** The engines that a database can have. What PostgreSQL's types enforce by themselves needs no CHECK there. */
export type Engine = 'sqlite' | 'postgresql'

/**
 * The rules that the database itself enforces, beyond what Prisma writes. Prisma knows no CHECK, and rebuilding a
 * SQLite table for a later change would drop them without a word: a test holds this list equal to what stands in a
 * migrated database.
 */
export interface Constraint {
  readonly table: string
  /** The CHECK's name in the database, unique over all tables. */
  readonly name: string
  readonly check: string
}

const quoted = (name: string) => `"${name}"`
const startsWith = (column: string, owner: string) =>
  `substr(${quoted(column)}, 1, length(${quoted(owner)}) + 1) = ${quoted(owner)} || '/'`
const both = (one: string, other: string) => `(${quoted(one)} IS NULL) = (${quoted(other)} IS NULL)`
const oneOf = (one: string, other: string) => `(${quoted(one)} IS NULL) <> (${quoted(other)} IS NULL)`
const countOf = (columns: readonly string[]) =>
  columns.map((column) => `CASE WHEN ${quoted(column)} IS NULL THEN 0 ELSE 1 END`).join(' + ')
const notBoth = (one: string, other: string) => `${quoted(one)} IS NULL OR ${quoted(other)} IS NULL`

/** Text of a shape, as each engine says it. */
const shaped = (column: string, globs: readonly string[], regex: string) => ({
  sqlite: globs.map((glob) => `${quoted(column)} ${glob}`).join(' OR '),
  postgresql: `${quoted(column)} ~ '${regex}'`,
})
const [YEAR, MONTH, DAY] = ['[0-9][0-9][0-9][0-9]', '[01][0-9]', '[0-3][0-9]']
const partialDate = (column: string) =>
  shaped(
    column,
    [`GLOB '${YEAR}'`, `GLOB '${YEAR}-${MONTH}'`, `GLOB '${YEAR}-${MONTH}-${DAY}'`],
    '^[0-9]{4}(-[01][0-9](-[0-3][0-9])?)?$',
  )
const fullDate = (column: string) =>
  shaped(column, [`GLOB '${YEAR}-${MONTH}-${DAY}'`], '^[0-9]{4}-[01][0-9]-[0-3][0-9]$')

const unitsNamed = `"units" IS NULL OR "units_of" IS NOT NULL`

/** Rules that belong to one table and can't be read off its columns' types. */
const OWN_RULES: Readonly<Record<string, Readonly<Record<string, string | Readonly<Record<Engine, string>>>>>> = {
  publication: {
    key: `"id" <> ''`,
    pmid_digits: {
      sqlite: `"pmid" <> '' AND "pmid" NOT GLOB '*[^0-9]*'`,
      postgresql: `"pmid" ~ '^[0-9]+$'`,
    },
    doi_lower_case: {
      sqlite: `"doi" = lower("doi") AND "doi" GLOB '10.*/?*'`,
      postgresql: `"doi" = lower("doi") AND "doi" ~ '^10\\..*/.'`,
    },
    pmcid_letters: shaped('pmcid', [`GLOB 'PMC[0-9]*'`], '^PMC[0-9]'),
    published_date: partialDate('published'),
    year_of_date: `${both('year', 'published')} AND ("year" IS NULL OR "year" = CAST(substr("published", 1, 4) AS INTEGER))`,
  },
  publication_text: { source_in_publication: startsWith('source_id', 'publication_id') },
  author: { one_kind_of_name: oneOf('last_name', 'collective_name') },
  publication_mesh: { major_qualifier: `"qualifier_ui" IS NOT NULL OR NOT "qualifier_major"` },
  study: {
    key: `"id" <> '' AND "id" NOT LIKE '%/%'`,
    start_date_date: partialDate('start_date'),
    end_date_date: partialDate('end_date'),
  },
  study_publication: { reason_of_tie: `("tied_by" = 'study') = ("reason" IS NULL)` },
  study_reference: { retracts_another: `("kind" = 'retraction') = ("retracts" IS NOT NULL)` },
  covariate: { one_value: oneOf('number', 'text') },
  arm_intervention: { dose_has_unit: both('dose', 'dose_unit') },
  comparison: { two_groups: `"experimental_group_id" <> "reference_group_id"` },
  enrolment: { number_or_reason: oneOf('participants', 'missing_reason'), units_named: unitsNamed },
  participant_flow: { number_or_reason: oneOf('participants', 'missing_reason'), units_named: unitsNamed },
  baseline_measurement: { units_named: unitsNamed },
  timepoint: {
    times_of_kind: `CASE "kind" WHEN 'at' THEN "from_time" IS NOT NULL AND "to_time" IS NULL AND "unit" IS NOT NULL WHEN 'over' THEN "from_time" IS NOT NULL AND "to_time" IS NOT NULL AND "unit" IS NOT NULL ELSE "from_time" IS NULL AND "to_time" IS NULL AND "unit" IS NULL END`,
  },
  outcome: {
    not_within_itself: `"parent_id" <> "id"`,
    not_part_of_itself: `"part_of_id" <> "id"`,
    not_planned_as_itself: `"planned_as_id" <> "id"`,
    anticipated_posting_date: partialDate('anticipated_posting'),
  },
  outcome_measurement: { person_time_has_unit: both('person_time', 'person_time_unit'), units_named: unitsNamed },
  outcome_analysis: {
    p_operator_known: `"p_operator" IN ('=', '<', '<=', '>', '>=')`,
    p_value_has_operator: both('p_value', 'p_operator'),
    p_sides_known: `"p_sides" IN (1, 2)`,
    ci_sides_known: `"ci_sides" IN (1, 2)`,
  },
  adverse_event_term: { not_within_itself: `"parent_id" <> "id"` },
  quote: {
    one_place: oneOf('publication_text_id', 'source_id'),
    words_of_text: `"publication_text_id" IS NULL OR "words" IS NOT NULL`,
    locator_in_source: both('source_id', 'locator'),
    offsets_in_text: `${both('publication_text_id', 'start_offset')} AND ${both('start_offset', 'end_offset')}`,
    offsets_in_order: `0 <= "start_offset" AND "start_offset" < "end_offset"`,
  },
  fact: { field_in_key: `substr("id", length("id") - length("field")) = '/' || "field"` },
  quote_link: {
    span_whole: both('span_start', 'span_end'),
    span_in_order: `0 <= "span_start" AND "span_start" < "span_end"`,
  },
  appraisal_tool: { key: `"id" = "code" || '/' || "version"` },
  appraisal_domain: { key: `"id" = "tool_id" || '/' || "code"` },
  appraisal_judgement: { key: `"id" = "tool_id" || '/' || "code"` },
  risk_of_bias: {
    domain_of_tool: startsWith('domain_id', 'tool_id'),
    judgement_of_tool: startsWith('judgement', 'tool_id'),
    one_target: `${countOf(['outcome_id', 'outcome_measurement_id', 'outcome_analysis_id'])} <= 1`,
  },
  review: { key: `"id" <> '' AND "id" NOT LIKE '%/%'` },
  review_study: {
    key_of_study: `"id" = "review_id" || '/' || "study_id"`,
    study_or_label: oneOf('study_id', 'label'),
    included_is_held: `"decision" <> 'included' OR "study_id" IS NOT NULL`,
    excluded_has_reason: `"decision" <> 'excluded' OR "reason" IS NOT NULL`,
  },
  review_study_covariate: { one_value: `${countOf(['number', 'text', 'missing_reason'])} = 1` },
  review_result: { of_its_study: `"review_study_id" = "review_id" || '/' || "study_id"` },
  correction: { original_or_reason: oneOf('original_printed', 'original_missing_reason') },
  extraction: { extracted_on_date: fullDate('extracted_on') },
  finding: {
    of_study_or_review: oneOf('study_id', 'review_id'),
    fact_of_study: `"fact_id" IS NULL OR "study_id" IS NOT NULL`,
  },
  imported_record: {
    key_of_family: `"key" LIKE '_%:_%'`,
    of_one: `${countOf(['publication_id', 'study_id', 'review_id'])} = 1`,
    score_of_match: `"score" IS NULL OR "matched_by" = 'title_year_pages'`,
    match_of_publication: both('publication_id', 'matched_by'),
  },
  report_decision: { role_of_report: `"reports" = ("role" IS NOT NULL)` },
  import_run: { counts_add_up: `"status" <> 'done' OR "read" = "saved" + "unchanged" + "failed"` },
  waiver: { waived_on_date: fullDate('waived_on') },
}

/** Every CHECK that should stand in a migrated database, by table and name. */
export function constraintsOf(schema: Schema, engine: Engine = 'sqlite'): readonly Constraint[] {
  return schema.models.flatMap((model) =>
    [
      ...typeRules(schema, model, engine),
      ...keyRules(schema, model),
      ...reasonRules(model),
      ...ownRules(model, engine),
    ].map(([name, check]) => ({ table: model.table, name: `${model.table}_${name}`, check })),
  )
}

type Rule = readonly [name: string, check: string]

/** What both engines and the client can hold: 32 bits, and no infinity. */
const INTEGERS = '-2147483648 AND 2147483647'
const NUMBERS = '-1.7976931348623157e308 AND 1.7976931348623157e308'
const typed = (column: string, types: readonly string[], range: string) =>
  `${quoted(column)} IS NULL OR (typeof(${quoted(column)}) IN (${types.map((type) => `'${type}'`).join(', ')}) AND ${quoted(column)} BETWEEN ${range})`

// SQLite keeps any text in any column: a word in a number's place would stay, and make every later read throw.
// PostgreSQL's types refuse these by themselves, but for numbers that are none.
function typeRules(schema: Schema, model: SchemaModel, engine: Engine): Rule[] {
  return model.fields.flatMap(({ column, type, attributes }): Rule[] => {
    if (engine === 'postgresql')
      return type === 'Float' ? [[`${column}_number`, `${quoted(column)} BETWEEN ${NUMBERS}`]] : []
    const values = schema.enums.find((candidate) => candidate.name === type)?.values
    if (values)
      return [[`${column}_known`, `${quoted(column)} IN (${values.map(({ name }) => `'${name}'`).join(', ')})`]]
    if (type === 'Int' && !/@id\b/.test(attributes))
      return [[`${column}_integer`, typed(column, ['integer'], INTEGERS)]]
    if (type === 'Float') return [[`${column}_number`, typed(column, ['integer', 'real'], NUMBERS)]]
    if (type === 'Boolean') return [[`${column}_boolean`, `${quoted(column)} IN (0, 1)`]]
    return []
  })
}

/** Models whose rows belong to a study, and whose keys begin with its slug; and the same of a review. */
const isStudyScoped = (model: SchemaModel) => isScoped(model, 'study_id') && !isReviewScoped(model)
const isReviewScoped = (model: SchemaModel) => isScoped(model, 'review_id')
const isScoped = (model: SchemaModel, owner: string) =>
  model.fields.some(({ column }) => column === owner) &&
  model.fields.some(({ name, type }) => name === 'id' && type === 'String')

// A foreign key alone lets a number point at another study's arm. Keys begin with their study's slug, so that a
// CHECK can keep every reference within the study; and so with reviews.
function keyRules(schema: Schema, model: SchemaModel): Rule[] {
  const rules: Rule[] = []
  const column = (name: string) => model.fields.find((field) => field.name === name)?.column ?? name
  const owns = (owner: string) => model.fields.some((field) => field.column === owner)
  if (isReviewScoped(model)) rules.push(['key', startsWith('id', 'review_id')])
  else if (isStudyScoped(model)) rules.push(['key', startsWith('id', 'study_id')])
  else if (model.fields.some(({ name }) => name === 'id') && column('publicationId') === 'publication_id')
    rules.push(['key', startsWith('id', 'publication_id')])
  for (const { type, attributes } of model.fields) {
    const key = /fields: \[(\w+)\]/.exec(attributes)?.[1]
    const target = schema.models.find((candidate) => candidate.name === type)
    if (!key || !target || ['study_id', 'review_id'].includes(column(key))) continue
    if (owns('review_id') && isReviewScoped(target))
      rules.push([`${column(key)}_in_review`, startsWith(column(key), 'review_id')])
    if (!owns('study_id')) continue
    if (target.name === 'Study') rules.push([`${column(key)}_in_study`, `${quoted(column(key))} = "study_id"`])
    else if (isStudyScoped(target) || target.name === 'Derivation')
      rules.push([`${column(key)}_in_study`, startsWith(column(key), 'study_id')])
  }
  return rules
}

// A value that is there can't have a reason for being absent.
function reasonRules(model: SchemaModel): Rule[] {
  return model.fields.flatMap(({ column }): Rule[] => {
    const value = column.replace(/_missing_reason$/, '')
    return value !== column && model.fields.some((field) => field.column === value)
      ? [[`${value}_or_reason`, notBoth(value, column)]]
      : []
  })
}

function ownRules(model: SchemaModel, engine: Engine): Rule[] {
  const rules = Object.entries(OWN_RULES[model.table] ?? {}).map(
    ([name, check]): Rule => [name, typeof check === 'string' ? check : check[engine]],
  )
  if (model.table === 'fact') rules.push(['one_row', `${countOf(factTargets(model))} = 1`])
  return rules
}

/** The columns of `fact` that can name the row it is about. */
export const factTargets = (fact: SchemaModel): readonly string[] =>
  fact.fields.flatMap(({ attributes }) => {
    const key = /fields: \[(\w+)\]/.exec(attributes)?.[1]
    return key && key !== 'studyId' ? [fact.fields.find((field) => field.name === key)?.column ?? key] : []
  })
