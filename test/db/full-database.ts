import { openDatabase } from '../../src/db/connect.ts'
import { saveReview } from '../../src/db/save-review.ts'
import { saveStudy } from '../../src/db/save-study.ts'
import { ROOT, type ScratchDatabase } from '../scratch.ts'
import { reviewFile, reviewVariant } from './review-variants.ts'
import { asOtherStudy, coded, fillEveryTable, ORIGIN, variant } from './study-variants.ts'

/** What letters, numbers and moments can do to a copy. */
export const AWKWARD = {
  text: 'ß \u{1F9EA} \u2028 "quoted" \\ back\tslash\nline \'; DROP TABLE study; -- =cmd() <script>',
  numbers: [0.1 + 0.2, 5e-324, 1.7976931348623157e308, -0.000001, 123456789.12345679, 1 / 3],
  moment: new Date('2026-11-24T12:34:56.789Z'),
}

/** Fills a migrated database with two studies and a review of each, so that each table has rows and nearly each column a value. */
export async function fillDatabase(scratch: ScratchDatabase): Promise<void> {
  const db = await openDatabase(scratch.location, ROOT)
  try {
    for (const [slug, pmid] of [
      ['zebra-1999', '11'],
      ['aether-2001', '12'],
    ] as const) {
      const record = variant((file) => {
        asOtherStudy(file, slug, pmid)
        fillEveryTable(file)
        Object.assign(file.study, { note: AWKWARD.text })
        // A child that comes before its parent, by key and by place.
        const [first, ...rest] = file.adverse_events ?? []
        if (first) file.adverse_events = [...rest, first]
        coded(file.adverse_events, 'other-toxicity').term = AWKWARD.text
        const byTable = coded(file.quotes, 'by-table')
        byTable.words = `${byTable.words}; ${AWKWARD.numbers.join('; ')}`
        const measurements = file.outcomes?.flatMap((outcome) => outcome.measurements ?? []) ?? []
        for (const [index, mean] of AWKWARD.numbers.entries()) {
          const measurement = measurements[index]
          if (measurement === undefined) throw new Error('the seed has too few measurements')
          const link = { field: 'mean', role: 'value' as const, quote: 'by-table', span: String(mean) }
          Object.assign(measurement, { mean, quotes: [...(measurement.quotes ?? []), link] })
        }
      })
      await saveStudy(db, record, { ...ORIGIN, now: AWKWARD.moment })
      const review = reviewVariant(
        (file) => Object.assign(file.review, { note: AWKWARD.text }),
        reviewFile(slug, `of-${slug}`, `2${pmid}`),
      )
      await saveReview(db, review, { ...ORIGIN, now: AWKWARD.moment })
    }
    const facts = await db.fact.findMany({ where: { field: 'events' }, orderBy: { id: 'asc' }, take: 8 })
    // What only a registry's record has.
    for (const studyId of ['zebra-1999', 'aether-2001']) {
      const [first, second] = await db.outcome.findMany({ where: { studyId }, orderBy: { id: 'asc' }, take: 2 })
      if (first === undefined || second === undefined) throw new Error('the seed has too few outcomes')
      // A part that comes before its whole, by key.
      await db.outcome.update({
        where: { id: first.id },
        data: { partOfId: second.id, plannedAsId: second.id, section: 'results', prespecified: true },
      })
      await db.studyText.create({
        data: { id: `${studyId}/a-b`, studyId, position: 1, module: 'a', name: 'b', text: AWKWARD.text },
      })
      await db.studyReference.create({ data: { studyId, position: 1, kind: 'result', citation: AWKWARD.text } })
    }
    await db.meshTreeNumber.createMany({ data: [{ treeNumber: 'C04', descriptorUi: 'D008545' }] })
    await db.meshEntryTerm.createMany({ data: [{ descriptorUi: 'D008545', term: 'Malignant melanoma' }] })
    const run = await db.importRun.create({
      data: {
        format: 'ris',
        fileName: AWKWARD.text,
        startedAt: AWKWARD.moment,
        status: 'stopped',
        unmapped: AWKWARD.text,
      },
    })
    await db.importedRecord.create({
      data: {
        key: 'ris:one',
        format: 'ris',
        publicationId: 'pmid-11',
        importRunId: run.id,
        sha256: 'ab',
        content: AWKWARD.text,
        readBy: 1,
        matchedBy: 'title_year_pages',
        score: 1 / 3,
        reason: AWKWARD.text,
        identifiers: { create: { position: 1, type: 'issn', value: AWKWARD.text } },
      },
    })
    await db.reportDecision.create({
      data: { recordKey: 'ris:one', studyId: facts[0]?.studyId ?? '', reports: false, reason: AWKWARD.text },
    })
    await db.importedRecord.create({
      data: {
        ...{ key: 'revman:42', format: 'revman', reviewId: 'of-zebra-1999', importRunId: run.id },
        ...{ sha256: 'ab', content: AWKWARD.text, readBy: 1 },
      },
    })
    await db.checkRun.createMany({
      data: [7, 3].map((id) => ({ id, startedAt: AWKWARD.moment, version: '0.1.0', studies: 2 })),
    })
    await db.finding.createMany({
      data: facts.map(({ id, studyId }) => ({
        checkRunId: 7,
        studyId,
        factId: id,
        rule: 'sums',
        severity: 'note' as const,
        status: 'remark' as const,
        tableName: 'outcome_measurement',
        rowKey: 'm',
        field: 'events',
        about: AWKWARD.text,
        waived: AWKWARD.text,
        message: AWKWARD.text,
      })),
    })
  } finally {
    await db.$disconnect()
  }
}
