import type { Transaction } from '../db/connect.ts'
import { EvidenceError } from '../errors.ts'
import { byKey } from '../model/byte-order.ts'

/** Which studies a query is about; all of them where none is named. */
export interface Selection {
  readonly studies?: readonly string[]
}

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

/** The studies that a study file can hold: what came from a registry is kept as its record. */
export async function slugsOfFiles(db: Transaction): Promise<readonly string[]> {
  const found = await db.study.findMany({ where: { registry: null }, select: { id: true } })
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

/** The part of a key after its study. */
export const localKey = (studyId: string, key: string): string => key.slice(studyId.length + 1)

export type { Transaction }
export { byKey }
