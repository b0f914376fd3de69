import type { Transaction } from '../db/connect.ts'
import { inSnapshot } from '../db/snapshot.ts'
import { byKey, type Columns, type DerivedSelection, localKey, ofStudies } from './selection.ts'

export interface ArmRow {
  readonly study: string
  readonly arm: string
  readonly label: string
  readonly role: string
  readonly interventions: string | null
  readonly analysis_set: string | null
  readonly n: number | null
  readonly missing_reason: string | null
}

export const ARM_COLUMNS: Columns<ArmRow> = {
  study: "the study's key",
  arm: "the arm's code",
  label: "the arm's label",
  role: 'experimental, active_comparator …',
  interventions: 'what the arm was given',
  analysis_set: 'which participants n counts',
  n: "the arm's participants in the analysis set",
  missing_reason: 'why n is missing',
}

/** One row per arm and analysis set; an arm of which no size is known has one row without a set. */
export const extractArms = (db: Transaction, selection: DerivedSelection = {}): Promise<ArmRow[]> =>
  inSnapshot(db, (tx) => armsRows(tx, selection))

async function armsRows(db: Transaction, selection: DerivedSelection): Promise<ArmRow[]> {
  const where = await ofStudies(db, selection)
  const arms = await db.arm.findMany({
    where,
    include: {
      interventions: { orderBy: { position: 'asc' }, include: { intervention: true } },
      groups: {
        include: {
          studyGroup: {
            include: { arms: true, subgroups: true, enrolment: { include: { analysisSet: true } } },
          },
        },
      },
    },
  })
  return arms
    .sort((one, other) => byKey(one.id, other.id))
    .flatMap((arm): ArmRow[] => {
      const base = {
        study: arm.studyId,
        arm: localKey(arm.studyId, arm.id),
        label: arm.label,
        role: arm.role,
        interventions: arm.interventions.map(({ intervention }) => intervention.name).join('; ') || null,
      }
      const sizes = arm.groups
        .map(({ studyGroup }) => studyGroup)
        .filter((group) => group.arms.length === 1 && group.subgroups.length === 0)
        .flatMap(({ enrolment }) => enrolment)
        .filter(({ derived }) => selection.derived || !derived)
        .sort((one, other) => one.analysisSet.position - other.analysisSet.position || byKey(one.id, other.id))
      if (sizes.length === 0) return [{ ...base, analysis_set: null, n: null, missing_reason: null }]
      return sizes.map((size) => ({
        ...base,
        analysis_set: size.analysisSet.label,
        n: size.participants,
        missing_reason: size.missingReason,
      }))
    })
}
