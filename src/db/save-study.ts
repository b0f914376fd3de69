import { EvidenceError } from '../errors.ts'
import type { PublicationRows, StudyRecord, VocabularyRows } from '../model/study-record.ts'
import type { Database, Transaction } from './database.ts'
import { hasChanges, NO_CHANGES, type RowChanges, rowChanges } from './row-changes.ts'
import { PUBLICATION_TABLES, STUDY_TABLES, type TableRule, VOCABULARY_TABLES } from './tables.ts'
import { deleteRows, type Row, stepAside, writeRows } from './write-rows.ts'
import { inWriteTransaction, lockAlso } from './write-transaction.ts'

/** Where a record came from, for the import's row. */
export interface ImportOrigin {
  readonly format: string
  readonly fileName: string
  readonly fileSha256: string
  readonly now: Date
}

export type SaveResult = 'created' | 'updated' | 'unchanged'

/**
 * Saves a study whole or not at all. What stands in the database is compared with what the record says, row by row:
 * rows that differ are changed in place, rows that the record no longer has go, and a study that is already as the
 * record says is left alone, so that a second load changes nothing and an edit made by hand is seen.
 *
 * @throws EvidenceError SHARED_ROW_CONFLICT  a publication or MeSH term stands in the database with another content
 * @throws EvidenceError DATABASE_BUSY, CONSTRAINT_VIOLATED, DATABASE_NOT_WRITABLE, DATABASE_NOT_REACHABLE,
 *                       DATABASE_ACCESS_DENIED  as the database says
 */
export const saveStudy = (db: Database, record: StudyRecord, origin: ImportOrigin): Promise<SaveResult> =>
  inWriteTransaction(db, `the study ${record.slug}`, namesOf(record), (tx) => save(tx, record, origin))

/** What a record writes, and what decides how: the study, its publications by all their numbers, and those they name. */
const namesOf = ({ slug, publications }: StudyRecord): readonly string[] => [
  `study ${slug}`,
  ...publications
    .flatMap(({ publication, publicationLink }) => [
      ...publication.flatMap(({ id, pmid, doi, pmcid }) => [id, pmid, doi, pmcid]),
      ...publicationLink.map(({ refPmid }) => refPmid),
    ])
    .flatMap((name) => (name === null ? [] : [`publication ${name}`])),
]

async function save(tx: Transaction, record: StudyRecord, origin: ImportOrigin): Promise<SaveResult> {
  const exists = (await tx.study.count({ where: { id: record.slug } })) > 0
  const vocabulary = await saveVocabulary(tx, record.vocabulary)
  const publications = await publicationChanges(tx, record)
  const study = await changesOf(tx, STUDY_TABLES, record.rows, { studyId: record.slug }, { study: { id: record.slug } })
  // Quotes stand on a publication's text: it comes before them, and what goes of it goes after them.
  await write(tx, PUBLICATION_TABLES, publications)
  await write(tx, STUDY_TABLES, study)
  await remove(tx, STUDY_TABLES, study)
  await remove(tx, PUBLICATION_TABLES, publications)
  await tieLinks(tx, publications)
  if (!vocabulary && !differ(publications) && !differ(study)) return 'unchanged'
  await tx.importRun.create({
    data: {
      format: origin.format,
      fileName: origin.fileName,
      fileSha256: origin.fileSha256,
      studyId: record.slug,
      startedAt: origin.now,
      finishedAt: origin.now,
      status: 'done',
      read: 1,
      saved: 1,
    },
  })
  return exists ? 'updated' : 'created'
}

type Changes<T> = Map<keyof T & string, RowChanges>
type Rules<T> = { readonly [K in keyof T]: TableRule }
type Reader = { findMany(query: { where: object }): Promise<Row[]> }

const tablesOf = <T>(rules: Rules<T>) => Object.entries(rules) as [keyof T & string, TableRule][]
const reader = (tx: Transaction, table: string) => (tx as unknown as Record<string, Reader>)[table] as Reader

async function changesOf<T extends object>(
  tx: Transaction,
  rules: Rules<T>,
  wanted: T,
  owner: object,
  exceptions: Partial<Record<keyof T, object>>,
): Promise<Changes<T>> {
  const changes: Changes<T> = new Map()
  for (const [table, rule] of tablesOf(rules)) {
    const standing = await reader(tx, table).findMany({ where: exceptions[table] ?? owner })
    changes.set(table, rowChanges(rule, standing, wanted[table] as readonly Row[]))
  }
  return changes
}

const changedTables = <T>(changes: Changes<T>) =>
  [...changes].filter(([, change]) => hasChanges(change)).map(([table]) => table)
const differ = <T>(changes: Changes<T>) => changedTables(changes).length > 0

/** Parents come before children … */
async function write<T extends object>(tx: Transaction, rules: Rules<T>, changes: Changes<T>): Promise<void> {
  for (const [table, rule] of tablesOf(rules)) {
    const { changed, removed } = changes.get(table) ?? NO_CHANGES
    await stepAside(tx, table, rule, [...changed.map(({ before }) => before), ...removed])
  }
  for (const [table, rule] of tablesOf(rules)) {
    const { added, changed } = changes.get(table) ?? NO_CHANGES
    await writeRows(tx, table, rule, [...added, ...changed.map(({ after }) => after)])
  }
}

/** … and go after them. */
async function remove<T extends object>(tx: Transaction, rules: Rules<T>, changes: Changes<T>): Promise<void> {
  for (const [table, rule] of tablesOf(rules).reverse())
    await deleteRows(tx, table, rule, (changes.get(table) ?? NO_CHANGES).removed)
}

/** Adds the terms, authors and tools that aren't there yet. What is there belongs to everybody, and stays as it is. */
async function saveVocabulary(tx: Transaction, vocabulary: VocabularyRows, alone = false): Promise<boolean> {
  let added = false
  for (const [table, rule] of tablesOf<VocabularyRows>(VOCABULARY_TABLES)) {
    const wanted = vocabulary[table] as unknown as readonly Row[]
    const key = rule.key[0] ?? 'id'
    const named = table === 'meshDescriptor' || table === 'meshQualifier'
    const alternatives = [
      { [key]: { in: wanted.map((row) => row[key]) } },
      ...(named ? [{ name: { in: wanted.map(({ name }) => name) } }] : []),
      // A tool stands in the database whole: what it has there beyond the file is another content.
      ...('toolId' in (wanted[0] ?? {}) ? [{ toolId: { in: wanted.map(({ toolId }) => toolId) } }] : []),
    ]
    const standing = await reader(tx, table).findMany({ where: { OR: alternatives } })
    if (named) refuseOtherTerms(wanted, standing)
    if (table.startsWith('appraisal')) refuseOtherTools(rule, wanted, standing)
    const known = new Set(standing.map((row) => row[key]))
    const missing = wanted.filter((row) => !known.has(row[key] ?? null))
    // Nearly every study shares terms with others: only who adds some waits, and then looks again.
    if (missing.length > 0 && !alone) {
      await lockAlso(tx, ['vocabulary'])
      return saveVocabulary(tx, vocabulary, true)
    }
    await writeRows(tx, table, rule, missing)
    added ||= missing.length > 0
  }
  return added
}

function refuseOtherTerms(wanted: readonly Row[], standing: readonly Row[]): void {
  for (const row of wanted) {
    const other = standing.find((old) => (old.ui === row.ui) !== (old.name === row.name))
    if (other)
      throw new EvidenceError(
        'SHARED_ROW_CONFLICT',
        `The file calls MeSH ${row.ui} "${row.name}", but the database has ${other.ui} as "${other.name}". Correct the one that is wrong.`,
      )
  }
}

/** A version of a tool never changes: judgements that were made by it would mean something else. */
function refuseOtherTools(rule: TableRule, wanted: readonly Row[], standing: readonly Row[]): void {
  const toolOf = (row: Row) => row.toolId ?? row.id
  const there = new Set(standing.map(toolOf))
  const { added, changed, removed } = rowChanges(
    rule,
    standing,
    wanted.filter((row) => there.has(toolOf(row))),
  )
  const other = [...added, ...changed.map(({ after }) => after), ...removed][0]
  if (other)
    throw new EvidenceError(
      'SHARED_ROW_CONFLICT',
      `The vocabulary's ${toolOf(other)} has another content than the database's (${other.id}). Give the changed vocabulary a version of its own.`,
    )
}

/** What has to happen to the publications of a record, unless another study says something else of them. */
async function publicationChanges(tx: Transaction, record: StudyRecord): Promise<Changes<PublicationRows>> {
  const own = record.publications.flatMap(({ publication }) => publication)
  const merged: Changes<PublicationRows> = new Map()
  const merge = (changes: Changes<PublicationRows>) => {
    for (const [table, { added, changed, removed }] of changes) {
      const before = merged.get(table) ?? NO_CHANGES
      merged.set(table, {
        added: [...before.added, ...added],
        changed: [...before.changed, ...changed],
        removed: [...before.removed, ...removed],
      })
    }
  }
  for (const given of record.publications)
    for (const publication of given.publication) {
      for (const old of await sameUnderAnotherKey(tx, record.slug, publication, own))
        merge(await changesToPublication(tx, old, NO_PUBLICATION))
      const rows = { ...given, publicationLink: await withLinks(tx, given.publicationLink, own) }
      const changes = await changesToPublication(tx, publication.id, rows)
      const other = differ(changes) && (await otherStudy(tx, record.slug, publication.id))
      if (other)
        throw new EvidenceError(
          'SHARED_ROW_CONFLICT',
          `The publication ${publication.id} also reports ${other}, whose file says something else of it (${changedTables(changes).join(', ')}). Make the two files agree.`,
        )
      merge(changes)
    }
  return merged
}

type Publication = PublicationRows['publication'][number]

const NO_PUBLICATION = Object.fromEntries(
  Object.keys(PUBLICATION_TABLES).map((table) => [table, []]),
) as unknown as PublicationRows

const changesToPublication = (tx: Transaction, id: string, rows: PublicationRows) =>
  changesOf(tx, PUBLICATION_TABLES, rows, { publicationId: id }, { publication: { id } })

const otherStudy = async (tx: Transaction, slug: string, publicationId: string): Promise<string | undefined> =>
  (await tx.studyPublication.findFirst({ where: { publicationId, NOT: { studyId: slug } } }))?.studyId

/**
 * The rows under which a publication stands already by another key, because the file had an identifier wrong or lacked
 * it. They go when this study alone reports from them.
 */
async function sameUnderAnotherKey(
  tx: Transaction,
  slug: string,
  publication: Publication,
  own: readonly Publication[],
): Promise<readonly string[]> {
  const identifiers = (['pmid', 'doi', 'pmcid'] as const).flatMap((name) =>
    publication[name] === null ? [] : [{ [name]: publication[name] }],
  )
  const same = await tx.publication.findMany({
    where: { OR: identifiers, NOT: { id: { in: own.map(({ id }) => id) } } },
    include: { studies: true },
  })
  for (const { id, studies } of same)
    if (studies.length === 0 || studies.some(({ studyId }) => studyId !== slug))
      throw new EvidenceError(
        'SHARED_ROW_CONFLICT',
        `The file's publication ${publication.id} is already in the database as ${id}. Give the file all the identifiers of that one.`,
      )
  return same.map(({ id }) => id)
}

/** Ties a notice to the publication that it names, where that one is here or in the same file. */
async function withLinks(
  tx: Transaction,
  links: PublicationRows['publicationLink'],
  own: readonly Publication[],
): Promise<PublicationRows['publicationLink']> {
  const pmids = links.flatMap(({ refPmid }) => (refPmid === null ? [] : [refPmid]))
  if (pmids.length === 0) return links
  const here = new Map(
    [...(await tx.publication.findMany({ where: { pmid: { in: pmids } } })), ...own].map(({ id, pmid }) => [pmid, id]),
  )
  return links.map((link) => ({
    ...link,
    linkedPublicationId: link.refPmid === null ? null : (here.get(link.refPmid) ?? null),
  }))
}

/** Ties the notices that were waiting for a publication of this file. */
async function tieLinks(tx: Transaction, changes: Changes<PublicationRows>): Promise<void> {
  for (const { id, pmid } of changes.get('publication')?.added ?? [])
    if (typeof id === 'string' && typeof pmid === 'string')
      await tx.publicationLink.updateMany({ where: { refPmid: pmid }, data: { linkedPublicationId: id } })
}
