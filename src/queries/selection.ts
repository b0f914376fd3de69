import type { Transaction } from '../db/connect.ts'
import { EvidenceError } from '../errors.ts'
import { byKey } from '../model/byte-order.ts'

/** Which studies a query is about; all of them where none is named. */
export interface Selection {
  readonly studies?: readonly string[]
}

/** A query that leaves out what our own formulas made, unless asked. */
export interface DerivedSelection extends Selection {
  readonly derived?: boolean
}

/** The names and meanings of a query's columns, in their order: the same in every format. */
export type Columns<Row> = { readonly [K in keyof Row]-?: string }

/**
 * The condition on a study's rows, after a look that every named study is there.
 *
 * @throws EvidenceError STUDY_NOT_FOUND
 */
export async function ofStudies(db: Transaction, { studies }: Selection): Promise<{ studyId?: { in: string[] } }> {
  if (!studies || studies.length === 0) return {}
  const found = new Set(
    (await db.study.findMany({ where: { id: { in: [...studies] } }, select: { id: true } })).map(({ id }) => id),
  )
  const missing = studies.find((slug) => !found.has(slug))
  if (missing !== undefined) throw await studyNotFound(db, missing)
  return { studyId: { in: [...found] } }
}

/**
 * The keys of the selected studies, each once, in their order.
 *
 * @throws EvidenceError STUDY_NOT_FOUND
 */
export async function studySlugs(db: Transaction, selection: Selection): Promise<readonly string[]> {
  const { studyId } = await ofStudies(db, selection)
  const found = await db.study.findMany({ where: studyId ? { id: studyId } : {}, select: { id: true } })
  return found.map(({ id }) => id).sort(byKey)
}

export async function studyNotFound(db: Transaction, slug: string): Promise<EvidenceError> {
  const some = await db.study.findMany({ select: { id: true }, orderBy: { id: 'asc' }, take: 6 })
  const names = some.slice(0, 5).map(({ id }) => id)
  const there =
    names.length === 0
      ? 'It has none yet; load one with `evibase load FILE`.'
      : `It has ${names.join(', ')}${some.length > 5 ? ' and others' : ''}.`
  return new EvidenceError('STUDY_NOT_FOUND', `The database has no study "${slug}". ${there}`, { study: slug })
}

/** The year of each study: that of its first primary publication. */
export async function yearsOf(
  db: Transaction,
  where: { studyId?: { in: string[] } },
): Promise<ReadonlyMap<string, number>> {
  const years = new Map<string, number>()
  const reports = await db.studyPublication.findMany({
    where: { ...where, role: 'primary' },
    select: { studyId: true, publication: { select: { year: true } } },
  })
  for (const { studyId, publication } of reports) {
    const year = publication.year
    if (year !== null) years.set(studyId, Math.min(year, years.get(studyId) ?? year))
  }
  return years
}

/** The part of a key after its study. */
export const localKey = (studyId: string, key: string): string => key.slice(studyId.length + 1)

export { byKey }

/** What a group is limited to: "diagnosis = melanoma"; null for a group of whole arms. */
export function subgroupLabel(group: {
  readonly subgroups: readonly {
    readonly subgroup: { readonly factor: string; readonly level: string; readonly position: number }
  }[]
}): string | null {
  const parts = group.subgroups
    .map(({ subgroup }) => subgroup)
    .sort((one, other) => one.position - other.position)
    .map(({ factor, level }) => `${factor} = ${level}`)
  return parts.length === 0 ? null : parts.join('; ')
}

/** A group with what its labels are made of. */
export const GROUP_WITH_SUBGROUPS = { include: { subgroups: { include: { subgroup: true } } } } as const
