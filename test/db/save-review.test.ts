import { beforeEach, describe, expect, test } from 'vitest'
import { readReview } from '../../src/db/read-review.ts'
import { saveReview } from '../../src/db/save-review.ts'
import { saveStudy } from '../../src/db/save-study.ts'
import type { ReviewFile } from '../../src/model/review-file.ts'
import type { ReviewRecord } from '../../src/model/review-record.ts'
import type { StudyFile } from '../../src/model/study-file.ts'
import { dump } from './dump.ts'
import { reviewFile, reviewVariant } from './review-variants.ts'
import { seededForEach, thrownBy } from './saving.ts'
import { asOtherStudy, coded, entry, ORIGIN, removeArm, SEED_SLUG, variant } from './study-variants.ts'

const at = seededForEach()
const save = (record: ReviewRecord) => saveReview(at.db, record, { ...ORIGIN, format: 'review-file' })
const refused = (record: ReviewRecord) => thrownBy(() => save(record))

describe('a review', () => {
  test('is created, then unchanged, and says nothing the second time', async () => {
    expect(await save(reviewVariant())).toBe('created')
    const before = await dump(at.scratch)
    expect(await save(reviewVariant())).toBe('unchanged')
    expect(await dump(at.scratch)).toEqual(before)
    expect(
      await at.scratch.rows('SELECT format, review_id, study_id FROM import_run WHERE review_id IS NOT NULL'),
    ).toEqual([{ format: 'review-file', review_id: 'a-review', study_id: null }])
  })

  test('is read back as it was saved', async () => {
    const record = reviewVariant()
    await save(record)
    const back = await readReview(at.db, 'a-review')
    const byKey = (rows: readonly object[]) =>
      [...rows].map((row) => JSON.stringify(row, Object.keys(row).sort())).sort()
    for (const [table, rows] of Object.entries(record.rows))
      expect(byKey(back?.rows[table as keyof ReviewRecord['rows']] ?? []), table).toEqual(byKey(rows))
    expect(back?.publications).toEqual(record.publications)
    expect(back?.vocabulary).toEqual(record.vocabulary)
    expect(await readReview(at.db, 'none')).toBeUndefined()
  })

  test.each<{ what: string; change: (file: ReviewFile) => void; sql: string; gives: unknown }>([
    {
      what: 'another decision',
      change: (file) =>
        Object.assign(
          entry(file.studies, ({ code }) => code === 'unread'),
          { decision: 'excluded', reason: 'Old' },
        ),
      sql: `SELECT reason FROM review_study WHERE id = 'a-review/unread'`,
      gives: 'Old',
    },
    {
      what: 'another value of a covariate',
      change: (file) => Object.assign(entry(file.studies), { covariates: { latitude: 40.5 } }),
      sql: `SELECT sum(number) FROM review_study_covariate`,
      gives: 92.5,
    },
    {
      what: 'a study less',
      change: (file) => void file.studies.splice(1, 1),
      sql: 'SELECT count(*) FROM review_study',
      gives: 3,
    },
    {
      what: 'studies in another order',
      change: (file) => void file.studies.reverse(),
      sql: `SELECT position FROM review_study WHERE id = 'a-review/${SEED_SLUG}'`,
      gives: 4,
    },
    {
      what: 'a result less',
      change: (file) => void entry(file.studies).results?.shift(),
      sql: 'SELECT count(*) FROM review_result',
      gives: 1,
    },
    {
      what: 'another title of its publication',
      change: (file) => Object.assign(entry(file.publications), { title: 'Another title' }),
      sql: `SELECT title FROM publication WHERE id = 'pmid-11'`,
      gives: 'Another title',
    },
  ])('is updated in place: $what', async ({ change, sql, gives }) => {
    await save(reviewVariant())
    expect(await save(reviewVariant(change))).toBe('updated')
    expect(await at.one(sql)).toBe(gives)
    expect(await save(reviewVariant(change))).toBe('unchanged')
  })

  test('is put right after an edit by hand', async () => {
    await save(reviewVariant())
    await at.edit(`UPDATE review_study SET decision = 'excluded', reason = 'by hand' WHERE study_id IS NOT NULL`)
    expect(await save(reviewVariant())).toBe('updated')
    expect(await at.one(`SELECT decision FROM review_study WHERE study_id IS NOT NULL`)).toBe('included')
  })

  test('is refused whole where the database lacks what it names, with all of that', async () => {
    const before = await dump(at.scratch)
    const record = reviewVariant((file) => {
      const study = entry(file.studies)
      study.results = [
        { outcome: 'response', study_outcome: 'remission', comparison: 'overall' },
        {
          outcome: 'response',
          study_outcome: 'alive',
          comparison: 'everything',
          timepoint: 'never',
          analysis_set: 'all',
        },
      ]
      file.studies.push({ study: 'nobody-2001', decision: 'included' })
    })
    const error = await refused(record)
    expect(error).toMatchObject({ code: 'REVIEW_STUDY_MISSING' })
    const { message } = error as Error
    expect(message).toContain('the study nobody-2001\n')
    expect(message).toContain(
      `the outcome ${SEED_SLUG}/remission (it has alive, complete-or-partial-response, complete-`,
    )
    expect(message).toContain(`the comparison ${SEED_SLUG}/everything (it has melanoma, overall, renal-cell)`)
    expect(message).toContain(`the timepoint ${SEED_SLUG}/never (it has 24-months, `)
    expect(message).toContain(`the analysis set ${SEED_SLUG}/all (it has assessable, `)
    expect(await dump(at.scratch)).toEqual(before)
  })

  test('may share its publication with a study, but not disagree on it', async () => {
    const shared = (title?: string) =>
      reviewVariant((file) => {
        const { role: _, ...publication } = structuredClone(entry(variantFile().publications))
        file.publications = [{ ...publication, ...(title === undefined ? {} : { title }) }]
      })
    expect(await refused(shared('Another title'))).toMatchObject({
      code: 'SHARED_ROW_CONFLICT',
      message: expect.stringContaining(`pmid-8468720 also reports ${SEED_SLUG}, whose file says something else`),
    })
    expect(await save(shared())).toBe('created')
    const retitled = variant((file) => Object.assign(entry(file.publications), { title: 'Another title' }))
    expect(await at.refused(retitled)).toMatchObject({
      code: 'SHARED_ROW_CONFLICT',
      message: expect.stringContaining('also reports a-review'),
    })
  })

  const variantFile = (): StudyFile => {
    let kept: StudyFile | undefined
    variant((file) => {
      kept = file
    })
    if (!kept) throw new Error('no file')
    return kept
  }

  test('goes with all its rows, and takes no study with it', async () => {
    await save(reviewVariant())
    await at.edit(`DELETE FROM review WHERE id = 'a-review'`)
    for (const table of [
      'review_study',
      'review_result',
      'review_outcome',
      'review_study_covariate',
      'review_publication',
    ])
      expect(await at.one(`SELECT count(*) FROM ${table}`), table).toBe(0)
    expect(await at.one('SELECT count(*) FROM study')).toBe(1)
  })
})

describe('what a review holds', () => {
  beforeEach(() => save(reviewVariant()))

  test.each<{ what: string; change: (file: StudyFile) => void; says: string }>([
    {
      what: 'the outcome goes',
      change: (file) => {
        file.outcomes = file.outcomes?.filter(
          ({ code }) => code !== 'complete-response' && !code.startsWith('complete-or'),
        )
      },
      says: `The review a-review holds the outcome ${SEED_SLUG}/complete-response (its row a-review/r00001), which in the new file is gone`,
    },
    {
      what: 'the outcome is counted where it was timed',
      change: (file) => Object.assign(coded(file.outcomes, 'survival'), { kind: 'dichotomous' }),
      says: `the outcome ${SEED_SLUG}/survival (its row a-review/r00002), which in the new file is about something else`,
    },
    {
      what: 'the comparison goes with its arm',
      change: (file) => {
        file.waivers = undefined
        removeArm(file, 'il2-lak')
        file.outcomes = file.outcomes?.filter(({ code }) => code !== 'complete-or-partial-response')
      },
      says: `which in the new file is gone`,
    },
    {
      what: 'the comparison is turned round',
      change: (file) =>
        Object.assign(coded(file.comparisons, 'overall'), { experimental: 'il2', reference: 'il2-lak' }),
      says: `the comparison ${SEED_SLUG}/overall (its row a-review/r00001), which in the new file is about something else`,
    },
    {
      what: 'the group becomes other people',
      change: (file) => Object.assign(coded(file.groups, 'melanoma-il2'), { subgroups: ['renal-cell'] }),
      says: `the group ${SEED_SLUG}/melanoma-il2 of ${SEED_SLUG}/melanoma (its row a-review/r00002), which in the new file is other people`,
    },
    {
      what: 'the timepoint moves',
      change: (file) => Object.assign(coded(file.timepoints, '24-months'), { from: 25 }),
      says: `the timepoint ${SEED_SLUG}/24-months (its row a-review/r00002), which in the new file is about something else`,
    },
    {
      what: 'the analysis set becomes another',
      change: (file) => Object.assign(coded(file.analysis_sets, 'assessable'), { kind: 'safety' }),
      says: `the analysis set ${SEED_SLUG}/assessable (its row a-review/r00001), which in the new file is about something else`,
    },
  ])('is not taken away by a reload: $what', async ({ change, says }) => {
    const before = await dump(at.scratch)
    expect(await at.refused(variant(change))).toMatchObject({
      code: 'STUDY_IN_USE',
      message: expect.stringContaining(says),
      details: { review: 'a-review' },
    })
    expect(await dump(at.scratch)).toEqual(before)
  })

  test.each<{ what: string; change: (file: StudyFile) => void }>([
    { what: 'another label', change: (file) => Object.assign(coded(file.outcomes, 'survival'), { label: 'Alive' }) },
    { what: 'another number', change: (file) => Object.assign(file.study, { acronym: 'ANY' }) },
    { what: 'another place in the file', change: (file) => void file.outcomes?.reverse() },
    {
      what: 'a row less that no review holds',
      change: (file) => {
        file.outcomes = file.outcomes?.filter(({ code }) => code !== 'alive')
      },
    },
    {
      what: 'another timepoint that no review holds',
      change: (file) => Object.assign(coded(file.timepoints, '36-months'), { label: 'three years' }),
    },
  ])('lets a study change otherwise: $what', async ({ change }) => {
    expect(await at.save(variant(change))).toBe('updated')
  })

  test('can go once the review lets go of it', async () => {
    const smaller = variant((file) => {
      file.outcomes = file.outcomes?.filter(({ code }) => !code.startsWith('complete-'))
    })
    expect(await at.refused(smaller)).toMatchObject({ code: 'STUDY_IN_USE' })
    expect(await save(reviewVariant((file) => void entry(file.studies).results?.shift()))).toBe('updated')
    expect(await at.save(smaller)).toBe('updated')
  })

  test('keeps its study: the database refuses to delete it', async () => {
    await expect(at.edit(`DELETE FROM study WHERE id = '${SEED_SLUG}'`)).rejects.toThrow(/foreign key|FOREIGN KEY/)
    await at.scratch.exec('ROLLBACK').catch(() => undefined)
    expect(await at.one('SELECT count(*) FROM study')).toBe(1)
  })
})

describe('two reviews', () => {
  test('may hold the same study, and each keeps its own rows', async () => {
    await save(reviewVariant())
    expect(await save(reviewVariant(undefined, reviewFile(SEED_SLUG, 'second', '12')))).toBe('created')
    expect(await save(reviewVariant())).toBe('unchanged')
    await at.edit(`DELETE FROM review WHERE id = 'second'`)
    expect(await at.one('SELECT count(*) FROM review_result')).toBe(2)
  })

  test('a study may join later, when it is loaded', async () => {
    const withOther = reviewVariant((file) => void file.studies.push({ study: 'other', decision: 'included' }))
    expect(await refused(withOther)).toMatchObject({ code: 'REVIEW_STUDY_MISSING' })
    await saveStudy(
      at.db,
      variant((file) => asOtherStudy(file, 'other', '7')),
      ORIGIN,
    )
    expect(await save(withOther)).toBe('created')
  })
})
