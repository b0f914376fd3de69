import type { AppraisalVocabulary } from '../../model/appraisal-vocabulary.ts'
import type { StudyRecord, StudyRows } from '../../model/study-record.ts'
import type { Transaction } from '../database.ts'
import { publicationChanges, publicationIds, tieLinks } from '../publication-changes.ts'
import { refuseIfInUse } from '../refuse-if-in-use.ts'
import { publicationsClaimedBy, tieReports, untie } from '../reports/tie-reports.ts'
import { saveVocabulary } from '../save-vocabulary.ts'
import { type Changes, changesOf, mergedChanges, ownRowsOf, remove, write, writeNew } from '../table-changes.ts'
import { PROCESS_TABLES, PUBLICATION_TABLES, STUDY_TABLES } from '../tables.ts'
import { writeRows } from '../write-rows.ts'
import { addVocabulary } from './add-vocabulary.ts'
import { withStandingPublications } from './cited-publications.ts'
import { ownRecordRow, type StudyRecordRead } from './read-record.ts'
import { whatIsNew } from './what-is-new.ts'

/**
 * Saves a registry's records of studies, each with the study that it describes: what the record no longer has goes, and
 * what was edited by hand in such a study goes with the next record that differs.
 *
 * @param records  each of another study
 * @param tools    by which records judge studies
 * @returns those that were saved; the others were here already, or are older than what is
 * @throws EvidenceError STUDY_IN_USE         a review holds a row that would go or change its meaning
 * @throws EvidenceError SHARED_ROW_CONFLICT  a publication stands in the database with another content
 */
export async function saveStudies(
  tx: Transaction,
  importRunId: number,
  records: readonly StudyRecordRead[],
  tools: readonly AppraisalVocabulary[] = [],
): Promise<readonly StudyRecordRead[]> {
  const { fresh } = await whatIsNew(tx, records)
  if (fresh.length === 0) return []
  const studies: StudyRecord[] = []
  for (const { reading } of fresh) studies.push(await withStandingPublications(tx, reading.record))
  // What a review of the same file holds of them, it brings again after them.
  const reviews = new Map(fresh.map(({ reading }) => [reading.record.slug, reading.review]))
  const slugs = studies.map(({ slug }) => slug)
  const there = new Set((await tx.study.findMany({ where: { id: { in: slugs } } })).map(({ id }) => id))
  await addVocabulary(
    tx,
    studies.map(({ vocabulary }) => vocabulary),
  )
  await addTools(tx, studies, tools)
  const changes: Changes<StudyRows>[] = []
  const publications = []
  for (const { slug, rows, publications: named } of studies) {
    if (named.length > 0) publications.push(await publicationChanges(tx, { study: slug }, named))
    if (!there.has(slug)) continue
    const change = await changesOf(tx, STUDY_TABLES, rows, { studyId: slug }, ownRowsOf(slug))
    await refuseIfInUse(tx, slug, change, reviews.get(slug))
    changes.push(change)
  }
  const claimed = await publicationsClaimedBy(tx, [...there])
  await untie(tx, { studies: [...there] })
  const all = mergedChanges(changes)
  const published = mergedChanges(publications)
  await write(tx, PUBLICATION_TABLES, published)
  await write(tx, STUDY_TABLES, all)
  await writeNew(
    tx,
    STUDY_TABLES,
    studies.filter(({ slug }) => !there.has(slug)).map(({ rows }) => rows),
  )
  await writeRows(
    tx,
    'importedRecord',
    PROCESS_TABLES.importedRecord,
    fresh.map((record) => ownRecordRow(record, importRunId)),
  )
  await remove(tx, STUDY_TABLES, all)
  await remove(tx, PUBLICATION_TABLES, published)
  await tieLinks(tx, published)
  await tieReports(tx, {
    studies: slugs,
    publications: [...claimed, ...studies.flatMap(({ publications: own }) => publicationIds(own))],
  })
  return fresh
}

/** Adds the tools that studies are judged by, where they aren't there yet. */
async function addTools(
  tx: Transaction,
  studies: readonly StudyRecord[],
  tools: readonly AppraisalVocabulary[],
): Promise<void> {
  const used = new Set(studies.flatMap(({ rows }) => rows.riskOfBias.map(({ toolId }) => toolId)))
  const known = tools.filter(({ tool }) => used.has(tool.id))
  if (known.length === 0) return
  await saveVocabulary(tx, {
    meshDescriptor: [],
    meshQualifier: [],
    author: [],
    appraisalTool: known.map(({ tool }) => tool),
    appraisalDomain: known.flatMap(({ domains }) => domains),
    appraisalJudgement: known.flatMap(({ judgements }) => judgements),
  })
}
