import { groupedBy } from '../model/grouped-by.ts'
import { byId } from './extraction/by-id.ts'
import { Changes } from './extraction/changes.ts'
import { type Columns, integer, text } from './extraction/columns.ts'
import { extractionByStudy } from './extraction/extraction.ts'
import { wholeArmsOf } from './extraction/groups.ts'
import { CORRECTION, STUDY } from './extraction/pair-columns.ts'
import { ARMS_OF_GROUPS, all, CHANGES } from './extraction/study-part.ts'
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

export const ARMS = extractionByStudy({
  table: 'arms',
  about: 'arm and analysis set',
  columns: ARM_COLUMNS,
  heeds: ['studies', 'review', 'derived', 'asPrinted'],
  needs: {
    ...ARMS_OF_GROUPS,
    ...CHANGES,
    analysisSet: all('id', 'studyId', 'position', 'label'),
    intervention: all('id', 'studyId', 'name'),
    armIntervention: all('id', 'studyId', 'armId', 'interventionId', 'position'),
    enrolment: all('id', 'studyId', 'studyGroupId', 'analysisSetId', 'participants', 'derived', 'missingReason'),
  },
  rows: (study, part, run) => {
    const changes = new Changes(part, run)
    const [armsOf, interventionOf] = [wholeArmsOf(part), byId(part.intervention)]
    const given = groupedBy(part.armIntervention, ({ armId }) => armId)
    const setOf = byId(part.analysisSet)
    const sizes = groupedBy(
      part.enrolment.flatMap((stored) => changes.of('enrolment', stored) ?? []),
      ({ row }) => {
        const arms = armsOf(row.studyGroupId)
        return arms?.length === 1 ? arms[0]?.armId : undefined
      },
    )
    const position = (set: string) => setOf(set)?.position ?? 0
    return part.arm.flatMap((arm): ArmRow[] => {
      const interventions = (given.get(arm.id) ?? [])
        .toSorted((one, other) => one.position - other.position)
        .map(({ interventionId }) => interventionOf(interventionId)?.name)
        .join('; ')
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
        interventions: interventions || null,
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
