import { Changes } from './extraction/changes.ts'
import { type Columns, text } from './extraction/columns.ts'
import { extractionByStudy } from './extraction/extraction.ts'
import { STUDY, YEAR } from './extraction/pair-columns.ts'
import { all, CHANGES, those, YEARS } from './extraction/study-part.ts'
import { byKey } from './selection.ts'

export interface CharacteristicsRow {
  readonly study: string
  readonly year: number | null
  readonly design: string
  readonly allocation: string | null
  readonly enrolled: string | null
  readonly conditions: string | null
  readonly arms: string | null
  readonly interventions: string | null
  readonly follow_up: string | null
  readonly publication: string | null
  readonly masking: string | null
  readonly phase: string | null
  readonly eligibility: string | null
  readonly objective: string | null
  readonly authors_conclusion: string | null
}

export const CHARACTERISTICS_COLUMNS: Columns<CharacteristicsRow> = {
  study: STUDY,
  year: YEAR,
  design: text('study.type, study.intervention_model', 'type and intervention model'),
  allocation: text('study.allocation', 'how participants came to their arm, or why that is missing'),
  enrolled: text('enrolment.participants', 'participants of all arms together, per analysis set'),
  conditions: text('study_condition.name', 'as the publication names them'),
  arms: text('arm.label', "the arms' labels"),
  interventions: text('intervention.name', 'what the arms were given'),
  follow_up: text('follow_up.value', 'length of follow-up: statistic, basis, value and unit'),
  publication: text('publication.id', 'the primary publications'),
  masking: text('study.masking', 'who did not know the arm, or why that is missing'),
  phase: text('study.phase', 'phase of a drug trial, or why that is missing'),
  eligibility: text('eligibility_criterion.text', 'who could take part'),
  objective: text('study.objective', 'what the study was to find out, in our words'),
  authors_conclusion: text('study.authors_conclusion', "the authors' conclusion in their own words"),
}

/** What a table says of the study, in the order of its places, as one text. */
const listOf = (table: string, label: string) => ({
  text: `SELECT string_agg(${label}, '; ' ORDER BY "position", "id") FROM "${table}" WHERE "study_id" = "study"."id"`,
})

/** J Natl Cancer Inst 1993;85(8):622-32. doi:10.1093/jnci/85.8.622. PMID 8468720 */
const CITATION = `COALESCE(NULLIF(concat_ws('. ',
    NULLIF(concat_ws(' ', p."journal", p."year")
      || COALESCE(';' || p."volume", '') || COALESCE('(' || p."issue" || ')', '') || COALESCE(':' || p."pages", ''), ''),
    'doi:' || p."doi", 'PMID ' || p."pmid"), ''), p."id")`
const CITATIONS = `SELECT string_agg(${CITATION}, '; ' ORDER BY r."position", p."id")
  FROM "study_publication" AS r JOIN "publication" AS p ON p."id" = r."publication_id"
  WHERE r."study_id" = "study"."id" AND r."role" = 'primary'`

/** Sizes of all of a study's arms together, and not of a part of them. */
const OF_ALL_ARMS = `(SELECT count(*) FROM "study_group_arm" AS member WHERE member."study_group_id" = "enrolment"."study_group_id")
  = (SELECT count(*) FROM "arm" WHERE "arm"."study_id" = "enrolment"."study_id")
  AND NOT EXISTS (SELECT 1 FROM "study_group_subgroup" AS part WHERE part."study_group_id" = "enrolment"."study_group_id")`

const ofSet = (column: string): string =>
  `SELECT "${column}" FROM "analysis_set" AS a WHERE a."id" = "enrolment"."analysis_set_id"`

export const CHARACTERISTICS = extractionByStudy({
  table: 'characteristics',
  about: 'study: design, size, conditions, arms, follow-up, publication',
  columns: CHARACTERISTICS_COLUMNS,
  heeds: ['studies', 'review', 'derived', 'asPrinted'],
  needs: {
    ...CHANGES,
    study: {
      ...all(
        ...(['id', 'type', 'interventionModel', 'allocation', 'allocationMissingReason', 'masking'] as const),
        ...(['maskingMissingReason', 'phase', 'phaseMissingReason', 'objective', 'authorsConclusion'] as const),
      ),
      made: {
        ...YEARS.study.made,
        conditions: listOf('study_condition', '"name"'),
        arms: listOf('arm', '"label"'),
        interventions: listOf('intervention', '"name"'),
        publication: { text: CITATIONS },
        eligibility: listOf(
          'eligibility_criterion',
          `CASE WHEN "kind" = 'exclusion' THEN 'not: ' ELSE '' END || "text"`,
        ),
      },
    },
    followUp: all('id', 'studyId', 'statistic', 'basis', 'value', 'unit'),
    enrolment: {
      ...those(
        OF_ALL_ARMS,
        ...(['id', 'studyId', 'analysisSetId', 'participants', 'derived', 'missingReason'] as const),
      ),
      made: { setLabel: { text: ofSet('label') }, setPosition: { number: ofSet('position') } },
    },
  },
  rows: (slug, part, run) => {
    const changes = new Changes(part, run)
    const whole = part.enrolment
      .flatMap((stored) => changes.of('enrolment', stored)?.row ?? [])
      .filter(({ participants, missingReason }) => participants !== null || missingReason !== null)
      .sort((one, other) => Number(one.setPosition) - Number(other.setPosition) || byKey(one.id, other.id))
    return part.study.map(
      (study): CharacteristicsRow => ({
        study: slug,
        year: study.year,
        design: [study.type, study.interventionModel]
          .filter((value) => value !== null)
          .map(words)
          .join(', '),
        allocation: valueOrReason(study.allocation, study.allocationMissingReason),
        enrolled: list(whole.map((size) => `${valueOrReason(size.participants, size.missingReason)} ${size.setLabel}`)),
        conditions: study.conditions,
        arms: study.arms,
        interventions: study.interventions,
        follow_up: list(
          part.followUp
            .flatMap((stored) => changes.of('follow_up', stored)?.row ?? [])
            .map(({ statistic, basis, value, unit }) =>
              [
                statistic,
                ...(basis === 'not_stated' ? [] : [basis]),
                value ?? '[before its correction not known]',
                unit,
              ].join(' '),
            ),
        ),
        publication: study.publication,
        masking: valueOrReason(study.masking, study.maskingMissingReason),
        phase: valueOrReason(study.phase, study.phaseMissingReason),
        eligibility: study.eligibility,
        objective: study.objective,
        authors_conclusion: study.authorsConclusion,
      }),
    )
  },
})

/** One row per study: what the characteristics table of a review needs. A missing value gives its reason, in brackets. */
export const extractCharacteristics = CHARACTERISTICS.extract

const list = (parts: readonly string[]) => (parts.length === 0 ? null : parts.join('; '))
const words = (value: string) => value.replaceAll('_', ' ')

function valueOrReason(value: string | number | null, reason: string | null): string | null {
  if (value !== null) return words(String(value))
  return reason === null ? null : `[${words(reason)}]`
}
