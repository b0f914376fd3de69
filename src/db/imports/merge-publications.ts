import { EvidenceError } from '../../errors.ts'
import type { RecordOfPublication } from '../../model/publication-of-records.ts'
import type { Database, Transaction } from '../database.ts'
import { inWriteTransaction } from '../write-transaction.ts'
import { meshNames } from './mesh-names.ts'
import type { ReadAgain } from './read-record.ts'
import { sameAs, takeReferencesOut } from './references-of-studies.ts'
import { type Group, regroup } from './regroup.ts'
import { heldPublications, recordsOf } from './save-publications.ts'

/**
 * Makes one publication of two, since a person knows that they are the same. What a study's or review's file describes stays
 * as that says, and takes the other's records.
 *
 * @param because  why, in that person's words; it is kept with each record that moves
 * @returns the key that the publication has now
 * @throws EvidenceError RECORD_NOT_FOUND  no publication has one of the keys
 * @throws EvidenceError MERGE_REFUSED     files describe both, or nothing that was imported describes the other
 */
export const mergePublications = (
  db: Database,
  keep: string,
  other: string,
  because: string,
  readAgain: ReadAgain,
): Promise<string> =>
  inWriteTransaction(db, `the merge of ${keep} and ${other}`, locks([keep, other]), async (tx) => {
    if (keep === other) throw new EvidenceError('MERGE_REFUSED', `${keep} is one publication already.`)
    await requirePublications(tx, [keep, other])
    const held = await heldPublications(tx, [keep, other])
    if (held.size === 2)
      throw new EvidenceError(
        'MERGE_REFUSED',
        `Files of studies or reviews describe both ${keep} and ${other}. Give those files the same identifiers instead.`,
      )
    // What only a reference of an imported study made has no records: the other's come to it.
    const hasRecords = (await tx.importedRecord.count({ where: { publicationId: other } })) > 0
    const [into, from] = held.has(other) || (!hasRecords && !held.has(keep)) ? [other, keep] : [keep, other]
    const moving = await recordsAt(tx, [from], readAgain)
    if (moving.length === 0)
      throw new EvidenceError(
        'MERGE_REFUSED',
        `${from} has no record that was imported, and no file either. Nothing was changed.`,
      )
    const staying = held.has(into) ? [] : await recordsAt(tx, [into], readAgain)
    const group: Group = {
      records: [...staying, ...moving],
      before: held.has(into) ? [from] : [into, from],
      held: held.has(into) ? into : undefined,
    }
    return (await rearrange(tx, [group], moving, sameAs(into, because)))[0] ?? into
  })

/**
 * Takes records out of a publication, since a person knows that they describe another one: together they make one of
 * their own. Where it has no other records, the references of imported studies that were taken for it go instead.
 *
 * @returns the key of that publication
 * @throws EvidenceError RECORD_NOT_FOUND  no record has one of the keys
 * @throws EvidenceError MERGE_REFUSED     they belong to several publications, or are all that one has
 */
export const separateRecords = (
  db: Database,
  keys: readonly string[],
  because: string,
  readAgain: ReadAgain,
): Promise<string> =>
  inWriteTransaction(db, `the separation of ${keys.join(', ')}`, locks(keys), async (tx) => {
    const records = await tx.importedRecord.findMany({ where: { key: { in: [...keys] } }, omit: { content: true } })
    for (const key of keys)
      if (!records.some((record) => record.key === key && record.publicationId !== null))
        throw new EvidenceError(
          'RECORD_NOT_FOUND',
          `No record of a publication has the key ${key}. \`evibase duplicates --merged\` lists them.`,
        )
    const [from, ...others] = new Set(records.flatMap(({ publicationId }) => publicationId ?? []))
    if (from === undefined || others.length > 0)
      throw new EvidenceError('MERGE_REFUSED', 'These records belong to several publications: separate one at a time.')
    const all = await recordsAt(tx, [from], readAgain)
    const moving = all.filter(({ key }) => keys.includes(key))
    const staying = all.filter(({ key }) => !keys.includes(key))
    const held = await heldPublications(tx, [from])
    if (staying.length === 0 && !held.has(from)) {
      const own = await takeReferencesOut(tx, from, readAgain)
      if (own.length > 0) {
        const reason = `not ${own.join(', ')}: ${because}`
        await tx.importedRecord.updateMany({
          where: { key: { in: [...keys] } },
          data: { matchedBy: 'person', score: null, reason },
        })
        return from
      }
      throw new EvidenceError('MERGE_REFUSED', `These are all the records of ${from}: there is nothing to separate.`)
    }
    const stays: Group = held.has(from)
      ? { records: staying, before: [], held: from }
      : { records: staying, before: [from], held: undefined }
    const own: Group = { records: moving, before: [], held: undefined }
    const groups = [...(staying.length === 0 ? [] : [stays]), own]
    return (await rearrange(tx, groups, moving, `not ${from}: ${because}`)).at(-1) ?? ''
  })

const locks = (keys: readonly string[]) => keys.map((key) => `publication ${key}`)

async function requirePublications(tx: Transaction, ids: readonly string[]): Promise<void> {
  const there = await tx.publication.findMany({ where: { id: { in: [...ids] } }, select: { id: true } })
  for (const id of ids)
    if (!there.some((publication) => publication.id === id))
      throw new EvidenceError('RECORD_NOT_FOUND', `No publication has the key ${id}.`)
}

async function recordsAt(
  tx: Transaction,
  publications: readonly string[],
  readAgain: ReadAgain,
): Promise<readonly RecordOfPublication[]> {
  const rows = await tx.importedRecord.findMany({ where: { publicationId: { in: [...publications] } } })
  return rows.flatMap((row) => recordsOf(row, readAgain))
}

/** @returns the groups' keys */
async function rearrange(
  tx: Transaction,
  groups: readonly Group[],
  moving: readonly RecordOfPublication[],
  reason: string,
): Promise<readonly string[]> {
  const meshOf = await meshNames(
    tx,
    groups.flatMap(({ records }) => records.map(({ record }) => record)),
  )
  const keys: string[] = []
  await regroup(tx, groups, meshOf, async ({ idOf }) => {
    for (const { records } of groups) keys.push(idOf(records[0]?.key ?? ''))
    for (const { key } of moving)
      await tx.importedRecord.update({
        where: { key },
        data: { publicationId: idOf(key), matchedBy: 'person', score: null, reason },
      })
  })
  return keys
}
