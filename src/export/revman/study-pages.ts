import { groupedBy } from '../../model/grouped-by.ts'
import { CHARACTERISTICS, type CharacteristicsRow } from '../../queries/extract-characteristics.ts'
import type { ExtractionChoices } from '../../queries/extraction/choices.ts'
import { type PublicationForExport, publications } from '../../queries/publications.ts'
import type { Transaction } from '../../queries/selection.ts'
import { mapped, type Pages } from '../csv-file.ts'

/** A study as RevMan describes it. */
export interface StudyForRevMan {
  readonly key: string
  /** By which RevMan tells studies apart: the label, with the key where several studies have it. */
  readonly name: string
  readonly year: number | null
  readonly methods: readonly string[]
  readonly participants: readonly string[]
  readonly interventions: readonly string[]
  readonly outcomes: readonly string[]
  readonly notes: readonly string[]
  /** How many publications report it. */
  readonly publications: number
}

/** The studies that an export is of, some at a time, in the order of their keys. */
export async function* studyPages(
  db: Transaction,
  { studies, review, derived, asPrinted }: ExtractionChoices,
): AsyncGenerator<readonly StudyForRevMan[]> {
  const choices = {
    ...(studies && { studies }),
    ...(review !== undefined && { review }),
    ...(derived && { derived }),
    ...(asPrinted && { asPrinted }),
  }
  yield* mapped(CHARACTERISTICS.pages(db, choices), async (rows) => {
    const where = { studyId: { in: rows.map(({ study }) => study) } }
    const outcomes = groupedBy(
      await db.outcome.findMany({
        where,
        select: { studyId: true, label: true },
        orderBy: [{ studyId: 'asc' }, { position: 'asc' }],
      }),
      ({ studyId }) => studyId,
    )
    const reports = await db.studyPublication.groupBy({ by: ['studyId'], where, _count: true })
    const counts = new Map(reports.map(({ studyId, _count }) => [studyId, _count]))
    const names = await studyNames(db, rows)
    return rows.map((row) => ({
      ...described(row),
      name: names(row.study),
      outcomes: (outcomes.get(row.study) ?? []).map(({ label }) => label),
      publications: counts.get(row.study) ?? 0,
    }))
  })
}

const described = (row: CharacteristicsRow) => ({
  key: row.study,
  year: row.year,
  methods: named({
    Design: row.design,
    Allocation: row.allocation,
    Masking: row.masking,
    Phase: row.phase,
    'Follow-up': row.follow_up,
    Objective: row.objective,
  }),
  participants: named({ Conditions: row.conditions, Participants: row.enrolled, Eligibility: row.eligibility }),
  interventions: named({ Arms: row.arms, Interventions: row.interventions }),
  notes: named({ 'Authors’ conclusion': row.authors_conclusion, Evibase: row.study }),
})

const named = (texts: Readonly<Record<string, string | null>>): readonly string[] =>
  Object.entries(texts).flatMap(([name, text]) => (text === null || text === '' ? [] : `${name}: ${text}`))

/** Adds the names by which RevMan knows the studies of rows, by two statements for each page. */
export const withNames = <Row extends { readonly study: string }>(
  db: Transaction,
  pages: Pages<Row>,
): Pages<Row & { readonly name: string }> =>
  mapped(pages, async (rows) => {
    const names = await studyNames(db, rows)
    return rows.map((row) => ({ ...row, name: names(row.study) }))
  })

/** What RevMan calls some studies: two that have the same label are told apart by their keys, also where only one is here. */
export async function studyNames(
  db: Transaction,
  rows: readonly { readonly study: string }[],
): Promise<(study: string) => string> {
  const select = { id: true, label: true }
  const found = await db.study.findMany({ where: { id: { in: [...new Set(rows.map(({ study }) => study))] } }, select })
  const labels = new Map(found.map(({ id, label }) => [id, label]))
  const same = await db.study.groupBy({
    by: ['label'],
    where: { label: { in: [...new Set(labels.values())] } },
    _count: true,
  })
  const several = new Set(same.flatMap(({ label, _count }) => (_count > 1 ? label : [])))
  return (study) => {
    const label = labels.get(study) ?? study
    return several.has(label) ? `${label} (${study})` : label
  }
}

/** The publications of some studies, the primary ones first. */
export async function publicationsOf(
  db: Transaction,
  studies: readonly string[],
): Promise<(study: string) => readonly PublicationReported[]> {
  const byKey = new Map<string, PublicationForExport>()
  for await (const page of publications(db, { studies }))
    for (const publication of page) byKey.set(publication.id, publication)
  const links = await db.studyPublication.findMany({
    where: { studyId: { in: [...studies] } },
    select: { studyId: true, publicationId: true, role: true },
    orderBy: [{ studyId: 'asc' }, { position: 'asc' }],
  })
  const ofStudies = groupedBy(links, ({ studyId }) => studyId)
  return (study) =>
    (ofStudies.get(study) ?? []).flatMap(({ publicationId, role }) => {
      const publication = byKey.get(publicationId)
      return publication === undefined ? [] : [{ publication, primary: role === 'primary' }]
    })
}

/** A publication in its role for a study. */
export interface PublicationReported {
  readonly publication: PublicationForExport
  readonly primary: boolean
}
