import type { Transaction } from '../db/connect.ts'
import { inSnapshot } from '../db/snapshot.ts'
import { byKey, type Columns, type DerivedSelection, ofStudies, yearsOf } from './selection.ts'

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
  study: "the study's key",
  year: 'of its first primary publication',
  design: 'type and intervention model',
  allocation: 'how participants came to their arm, or why that is missing',
  enrolled: 'participants of all arms together, per analysis set',
  conditions: 'as the publication names them',
  arms: "the arms' labels",
  interventions: 'what the arms were given',
  follow_up: 'length of follow-up: statistic, basis, value and unit',
  publication: 'the primary publications',
  masking: 'who did not know the arm, or why that is missing',
  phase: 'phase of a drug trial, or why that is missing',
  eligibility: 'who could take part',
  objective: 'what the study was to find out, in our words',
  authors_conclusion: "the authors' conclusion in their own words",
}

/** One row per study: what the characteristics table of a review needs. A missing value gives its reason, in brackets. */
export const extractCharacteristics = (
  db: Transaction,
  selection: DerivedSelection = {},
): Promise<CharacteristicsRow[]> => inSnapshot(db, (tx) => characteristicsRows(tx, selection))

async function characteristicsRows(db: Transaction, selection: DerivedSelection): Promise<CharacteristicsRow[]> {
  const where = await ofStudies(db, selection)
  const years = await yearsOf(db, where)
  const inOrder = { orderBy: { position: 'asc' } } as const
  const studies = await db.study.findMany({
    where: where.studyId ? { id: where.studyId } : {},
    include: {
      conditions: inOrder,
      arms: inOrder,
      interventions: inOrder,
      eligibility: inOrder,
      followUp: { orderBy: { id: 'asc' } },
      enrolment: { include: { analysisSet: true, studyGroup: { include: { arms: true, subgroups: true } } } },
      publications: { ...inOrder, where: { role: 'primary' }, include: { publication: true } },
    },
  })
  const rows = studies.map((study): CharacteristicsRow => {
    const whole = study.enrolment
      .filter(({ studyGroup }) => studyGroup.arms.length === study.arms.length && studyGroup.subgroups.length === 0)
      .filter(({ derived }) => selection.derived || !derived)
      .sort((one, other) => one.analysisSet.position - other.analysisSet.position || byKey(one.id, other.id))
    return {
      study: study.id,
      year: years.get(study.id) ?? null,
      design: [study.type, study.interventionModel]
        .filter((part) => part !== null)
        .map(words)
        .join(', '),
      allocation: valueOrReason(study.allocation, study.allocationMissingReason),
      enrolled: list(
        whole.map((size) => `${valueOrReason(size.participants, size.missingReason)} ${size.analysisSet.label}`),
      ),
      conditions: list(study.conditions.map(({ name }) => name)),
      arms: list(study.arms.map(({ label }) => label)),
      interventions: list(study.interventions.map(({ name }) => name)),
      follow_up: list(
        study.followUp.map(({ statistic, basis, value, unit }) =>
          [statistic, ...(basis === 'not_stated' ? [] : [basis]), value, unit].join(' '),
        ),
      ),
      publication: list(study.publications.map(({ publication }) => citation(publication))),
      masking: valueOrReason(study.masking, study.maskingMissingReason),
      phase: valueOrReason(study.phase, study.phaseMissingReason),
      eligibility: list(study.eligibility.map(({ kind, text }) => (kind === 'exclusion' ? `not: ${text}` : text))),
      objective: study.objective,
      authors_conclusion: study.authorsConclusion,
    }
  })
  return rows.sort((one, other) => byKey(one.study, other.study))
}

const list = (parts: readonly string[]) => (parts.length === 0 ? null : parts.join('; '))
const words = (value: string) => value.replaceAll('_', ' ')

function valueOrReason(value: string | number | null, reason: string | null): string | null {
  if (value !== null) return words(String(value))
  return reason === null ? null : `[${words(reason)}]`
}

/** J Natl Cancer Inst 1993;85(8):622-32. doi:10.1093/jnci/85.8.622. PMID 8468720 */
function citation(publication: {
  readonly id: string
  readonly journal: string | null
  readonly year: number | null
  readonly volume: string | null
  readonly issue: string | null
  readonly pages: string | null
  readonly doi: string | null
  readonly pmid: string | null
}): string {
  const { journal, year, volume, issue, pages, doi, pmid } = publication
  const place = [
    volume === null ? '' : `;${volume}`,
    issue === null ? '' : `(${issue})`,
    pages === null ? '' : `:${pages}`,
  ].join('')
  const parts = [
    [journal, year].filter((part) => part !== null).join(' ') + place,
    doi === null ? '' : `doi:${doi}`,
    pmid === null ? '' : `PMID ${pmid}`,
  ].filter((part) => part !== '')
  return parts.length === 0 ? publication.id : parts.join('. ')
}
