import { groupedBy } from '../model/grouped-by.ts'
import { byId } from './extraction/by-id.ts'
import { Changes } from './extraction/changes.ts'
import { type Columns, integer, text } from './extraction/columns.ts'
import { extractionByStudy } from './extraction/extraction.ts'
import { CORRECTION, STUDY } from './extraction/pair-columns.ts'
import { all, CHANGES } from './extraction/study-part.ts'
import { byKey, localKey } from './selection.ts'

export interface ArmRow {
  readonly study: string
  readonly arm: string
  readonly label: string
  readonly role: string
  readonly interventions: string | null
  readonly analysis_set: string | null
  readonly n: number | null
  readonly missing_reason: string | null
  readonly correction: string | null
}

export const ARM_COLUMNS: Columns<ArmRow> = {
  study: STUDY,
  arm: text('arm.id', "the arm's code"),
  label: text('arm.label', "the arm's label"),
  role: text('arm.role', 'experimental, active_comparator …'),
  interventions: text('intervention.name', 'what the arm was given'),
  analysis_set: text('analysis_set.label', 'which participants n counts'),
  n: integer('enrolment.participants', 'participants', "the arm's participants in the analysis set"),
  missing_reason: text('enrolment.missing_reason', 'why n is missing'),
  correction: CORRECTION,
}

/** What an arm was given, in its order. */
const INTERVENTIONS = {
  text: `SELECT string_agg(given."name", '; ' ORDER BY l."position", l."id") FROM "arm_intervention" AS l
    JOIN "intervention" AS given ON given."id" = l."intervention_id" WHERE l."arm_id" = "arm"."id"`,
}

/** The arm that a size is of, where it is of one alone and not of a part of it. */
const ONLY_ARM = {
  text: `SELECT min(l."arm_id") FROM "study_group_arm" AS l WHERE l."study_group_id" = "enrolment"."study_group_id"
    AND NOT EXISTS (SELECT 1 FROM "study_group_subgroup" AS x WHERE x."study_group_id" = l."study_group_id")
    HAVING count(*) = 1`,
}

export const ARMS = extractionByStudy({
  table: 'arms',
  about: 'arm and analysis set',
  columns: ARM_COLUMNS,
  heeds: ['studies', 'review', 'derived', 'asPrinted'],
  needs: {
    ...CHANGES,
    analysisSet: all('id', 'studyId', 'position', 'label'),
    arm: { ...all('id', 'studyId', 'label', 'role'), made: { interventions: INTERVENTIONS } },
    enrolment: {
      ...all('id', 'studyId', 'analysisSetId', 'participants', 'derived', 'missingReason'),
      made: { arm: ONLY_ARM },
    },
  },
  rows: (study, part, run) => {
    const [changes, setOf] = [new Changes(part, run), byId(part.analysisSet)]
    const sizes = groupedBy(
      part.enrolment.flatMap((stored) => changes.of('enrolment', stored) ?? []),
      ({ row }) => row.arm,
    )
    const position = (set: string) => setOf(set)?.position ?? 0
    return part.arm.flatMap((arm): ArmRow[] => {
      const known = (sizes.get(arm.id) ?? [])
        .filter(({ row }) => row.participants !== null || row.missingReason !== null)
        .sort(
          ({ row: one }, { row: other }) =>
            position(one.analysisSetId) - position(other.analysisSetId) || byKey(one.id, other.id),
        )
      return (known.length === 0 ? [undefined] : known).map((size) => ({
        study,
        arm: localKey(study, arm.id),
        label: arm.label,
        role: arm.role,
        interventions: arm.interventions,
        analysis_set: size === undefined ? null : (setOf(size.row.analysisSetId)?.label ?? null),
        n: size?.row.participants ?? null,
        missing_reason: size?.row.missingReason ?? null,
        correction: size?.correction ?? null,
      }))
    })
  },
})

/** One row per arm and analysis set; an arm of which no size is known has one row without a set. */
export const extractArms = ARMS.extract
