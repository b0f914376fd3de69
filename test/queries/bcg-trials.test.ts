import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { poolFurther } from '../../src/export/pool/pool-further.ts'
import {
  type Database,
  extractDichotomous,
  extractEffects,
  extractReviewStudies,
  openEvidenceBase,
  poolRows,
  readEvidenceFile,
  saveReview,
  saveStudy,
} from '../../src/index.ts'
import { POOL_METHODS, poolStudies } from '../../src/stats/pooling/pool-studies.ts'
import { ORIGIN } from '../db/study-variants.ts'
import effects from '../reference/bcg-effects.json' with { type: 'json' }
import rows from '../reference/bcg-rows.json' with { type: 'json' }
import { ROOT, SEEDS, scratchDatabase } from '../scratch.ts'
import { near } from '../stats/near.ts'
import { estimated } from '../stats/pooling/estimated.ts'
import { ANALYSES } from '../stats/pooling/reference.ts'

const TRIALS = SEEDS.studies.filter((slug) => slug.endsWith('-bcg'))
const fileOf = (slug: string) => readFileSync(path.join(ROOT, 'seeds', 'studies', `${slug}.yaml`))

/** The study of a row: its names and year, as files are called. */
const slugOf = (study: string) =>
  `${study
    .toLowerCase()
    .replace(' et al', '')
    .replace(/[^a-z0-9]+/g, '-')}-bcg`

let db: Database
beforeAll(async () => {
  db = await openEvidenceBase((await scratchDatabase()).url)
  for (const slug of TRIALS) {
    const read = readEvidenceFile(fileOf(slug), `${slug}.yaml`)
    if (read.kind !== 'study') throw new Error(`${slug} is no study`)
    await saveStudy(db, read.record, ORIGIN)
  }
  const review = readEvidenceFile(
    readFileSync(path.join(ROOT, 'seeds/reviews/colditz-1994-bcg/review.yaml')),
    'review.yaml',
  )
  if (review.kind !== 'review') throw new Error('no review')
  await saveReview(db, review.record, ORIGIN)
})
afterAll(() => db.$disconnect())

test('there is a file for each of the 13 rows of the data set, and no other', () => {
  expect(rows.rows).toHaveLength(13)
  expect([...TRIALS].sort()).toEqual(rows.rows.map(({ study }) => slugOf(study)).sort())
})

describe('the trial is the row of the data set', () => {
  test.each(rows.rows.map((row, index) => ({ ...row, number: index + 1 })))('$number: $study', async (row) => {
    const slug = slugOf(row.study)
    const tables = await extractDichotomous(db, { studies: [slug] })
    expect(tables).toHaveLength(1)
    const { ai, bi, ci, di, n1i, n2i } = row
    expect(tables[0]).toMatchObject({ ai, bi, ci, di, n1i, n2i, outcome: 'Tuberculosis', experimental: 'BCG vaccine' })

    const study = await db.study.findUniqueOrThrow({ where: { id: slug }, include: { covariates: true } })
    expect(study.label).toBe(row.study)
    expect(study.allocation).toBe(row.alloc === 'random' ? 'randomised' : 'non_randomised')
    const covariates = study.covariates.map(({ id, number, text }) => [id.slice(slug.length + 1), number ?? text])
    expect(Object.fromEntries(covariates)).toEqual({ latitude: row.ablat, allocation: row.alloc, year: row.year })

    const quotes = await db.quote.findMany({ where: { studyId: slug } })
    expect(quotes.filter(({ locator }) => !locator?.startsWith(`row ${row.number}, column`))).toEqual([])
    expect(quotes.map(({ words }) => words).filter((words) => words !== null)).toEqual([])
  })

  test('and every number of a file is one of its row', async () => {
    for (const row of rows.rows) {
      const text = fileOf(slugOf(row.study)).toString()
      const outcomes = text.slice(text.indexOf('\noutcomes:'), text.indexOf('\nextractions:'))
      const numbers = new Set([...outcomes.matchAll(/\d+/g)].map(([number]) => Number(number)))
      expect(
        [...numbers].sort((one, other) => one - other),
        row.study,
      ).toEqual([...new Set([row.ai, row.bi, row.ci, row.di, row.n1i, row.n2i])].sort((one, other) => one - other))
    }
  })
})

test('the review ties them all, with allocation and latitude', async () => {
  const studies = await extractReviewStudies(db, { review: 'colditz-1994-bcg' })
  expect(studies.map(({ study, label, decision, covariates }) => [study, label, decision, covariates])).toEqual(
    rows.rows
      .map((row) => [
        slugOf(row.study),
        row.study,
        'included',
        `absolute latitude = ${row.ablat} degrees; method of allocation = ${row.alloc}`,
      ])
      .sort(([one = ''], [other = '']) => (one < other ? -1 : 1)),
  )
  expect(new Set(studies.map(({ results }) => results))).toEqual(new Set(['Tuberculosis: tuberculosis, main']))
})

test('the effect sizes of the review are metafor’s', async () => {
  const found = await extractEffects(db, { measure: 'RR' }, { review: 'colditz-1994-bcg' })
  const expected = effects.study.map((study, row) => ({
    study: slugOf(study),
    yi: expect.toSatisfy(near(effects.yi[row] ?? Number.NaN, 1e-10)),
    vi: expect.toSatisfy(near(effects.vi[row] ?? Number.NaN, 1e-10)),
    status: 'estimated',
  }))
  expect(found.map(({ study, yi, vi, status }) => ({ study, yi, vi, status }))).toEqual(
    expected.sort(({ study: one }, { study: other }) => (one < other ? -1 : 1)),
  )
})

test('the numbers of the review’s results are those of the trials that it holds', async () => {
  const results = await db.reviewResult.findMany({ include: { outcome: { include: { measurements: true } } } })
  const events = results.flatMap(({ outcome }) => outcome.measurements.map((measurement) => measurement.events ?? 0))
  expect(events.reduce((sum, count) => sum + count, 0)).toBe(rows.rows.reduce((sum, { ai, ci }) => sum + ai + ci, 0))
})

describe('pooled out of the database, the numbers are metafor’s', () => {
  const ratios = ANALYSES.find(({ name, measure }) => name === 'bcg' && measure === 'RR')
  if (ratios === undefined) throw new Error('the reference has no risk ratios')
  const { models, mh, subgroup, metareg } = ratios
  const review = { review: 'colditz-1994-bcg' }

  test.each(Object.entries(models))('%s', async (name, expected) => {
    const method = POOL_METHODS.find((one) => one === name)
    if (method === undefined) throw new Error(`there is no method ${name}`)
    const { rows: studies, notes } = await poolRows(db, { measure: 'RR' }, review)
    expect(notes).toEqual([])
    for (const asked of ['z', 'knha'] as const) {
      const pooled = estimated(poolStudies('RR', studies, { method, test: asked }).pooled)
      const inference = estimated(pooled.inference)
      expect(pooled.k).toBe(13)
      expect(pooled.estimate).toSatisfy(near(expected.z.b, 1e-8))
      expect(inference.standardError).toSatisfy(near(Number(expected[asked].se), 1e-8))
      expect(inference.ciUpper).toSatisfy(near(Number(expected[asked].ci_ub), 1e-8))
    }
  })

  test('Mantel and Haenszel’s too, which takes the counts', async () => {
    const { rows: studies } = await poolRows(db, { measure: 'RR' }, review)
    const pooled = estimated(poolStudies('RR', studies, { method: 'MH' }).pooled)
    expect(pooled.estimate).toSatisfy(near(Number(mh?.b), 1e-10))
    expect(estimated(pooled.heterogeneity).statistic).toSatisfy(near(Number(mh?.Q), 1e-10))
  })

  // The same by the study files’ covariates as by the review’s; a year is in the study files alone.
  test.each([
    ['the review’s covariates', review],
    ['the study files’ covariates', { outcomes: ['tuberculosis'] }],
  ])('subgroups and regression by %s', async (_, choices) => {
    const { rows: studies } = await poolRows(db, { measure: 'RR' }, choices, ['latitude', 'year'])
    const context = { measure: 'RR', options: { method: 'REML', level: 0.95 }, back: Math.exp } as const
    const found = poolFurther(studies, { by: 'allocation', mods: ['latitude', 'year'] }, context)
    const groups = subgroup?.find(({ by }) => by === 'alloc')?.methods.REML
    expect(groups?.separate_tau2).toHaveLength(3)
    expect(found.subgroups).toEqual(
      expect.arrayContaining(
        groups?.separate_tau2.map(({ level, k, b }) =>
          expect.objectContaining({ level, k, estimate: expect.toSatisfy(near(b, 1e-7)) }),
        ) ?? [],
      ),
    )
    expect(found.subgroup_difference).toMatchObject({ q: expect.toSatisfy(near(groups?.Q_between ?? 0, 1e-6)) })
    const regression = metareg?.find(({ formula }) => formula === '~ablat + year')?.fits.REML
    expect(found.moderators).toMatchObject({
      k: 13,
      qm: expect.toSatisfy(near(regression?.z.QM.stat ?? 0, 1e-6)),
      coefficients: regression?.z.b.map((b) => ({ estimate: expect.toSatisfy(near(b, 1e-6)) })),
    })
  })

  test('by fields of the studies where nobody made a covariate of them', async () => {
    const { rows: studies } = await poolRows(db, { measure: 'RR' }, review)
    expect(studies.map(({ cells }) => [cells.get('purpose'), cells.get('masking')])).toEqual(
      studies.map(() => ['prevention', '']),
    )
  })

  test('a covariate in several units is refused', async () => {
    await db.covariate.update({ where: { id: 'aronson-1948-bcg/latitude' }, data: { unit: 'radians' } })
    const ask = (names: string[], choices: object) => poolRows(db, { measure: 'RR' }, choices, names)
    await expect(ask(['latitude'], {})).rejects.toMatchObject({
      code: 'POOL_AMBIGUOUS',
      message: 'The covariate latitude is given in radians, degrees; expected one unit.',
    })
    // The review gives its own values, in one unit; and what isn't asked for does no harm.
    await expect(ask(['latitude'], review)).resolves.toBeDefined()
    await expect(ask(['year'], {})).resolves.toBeDefined()
  })
})
