import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Database,
  extractAnalyses,
  extractArms,
  extractDichotomous,
  openEvidenceBase,
  readStudyFile,
  saveStudy,
} from '../../src/index.ts'
import { ORIGIN } from '../db/study-variants.ts'
import { ROOT, scratchDatabase } from '../scratch.ts'

// Law 1995, Cancer 76:824-32 (PMID 8625186), as its abstract gives it.
const STUDY = 'law-1995-il2-lak'
const file = readFileSync(path.join(ROOT, 'seeds/studies', `${STUDY}.yaml`))

let db: Database
beforeAll(async () => {
  db = await openEvidenceBase((await scratchDatabase()).url)
  await saveStudy(db, readStudyFile(file, 'law.yaml'), ORIGIN)
})
afterAll(() => db.$disconnect())

test('36 were treated with IL-2 alone and 35 with LAK cells as well; how many were randomised is not told', async () => {
  const sizes = await db.enrolment.findMany({
    include: { analysisSet: true, studyGroup: true },
    orderBy: { id: 'asc' },
  })
  expect(
    sizes.map(({ studyGroup, analysisSet, participants, missingReason }) => [
      studyGroup.label,
      analysisSet.kind,
      participants ?? missingReason,
    ]),
  ).toEqual([
    ['Both arms together', 'randomised', 'not_reported'],
    ['Both arms together', 'treated', 71],
    ['IL-2 alone', 'randomised', 'not_reported'],
    ['IL-2 alone', 'treated', 36],
    ['IL-2 plus LAK cells', 'randomised', 'not_reported'],
    ['IL-2 plus LAK cells', 'treated', 35],
  ])
})

test('four major responses, two complete and two partial, and none of them split by arm', async () => {
  const responses = await db.outcomeMeasurement.findMany({
    where: { outcome: { label: { endsWith: 'response' } } },
    include: { outcome: true, studyGroup: true },
    orderBy: { id: 'asc' },
  })
  expect(
    responses.map(({ outcome, studyGroup, events, total, proportion, missingReason }) => [
      outcome.label,
      studyGroup.label,
      events ?? missingReason,
      total,
      proportion,
    ]),
  ).toEqual([
    ['Major response', 'Both arms together', 4, null, 0.06],
    ['Major response', 'IL-2 plus LAK cells', 'not_split_by_arm', null, null],
    ['Major response', 'IL-2 alone', 'not_split_by_arm', null, null],
    ['Complete response', 'Both arms together', 2, null, null],
    ['Complete response', 'IL-2 plus LAK cells', 'not_split_by_arm', null, null],
    ['Complete response', 'IL-2 alone', 'not_split_by_arm', null, null],
    ['Partial response', 'Both arms together', 2, null, null],
    ['Partial response', 'IL-2 plus LAK cells', 'not_split_by_arm', null, null],
    ['Partial response', 'IL-2 alone', 'not_split_by_arm', null, null],
  ])
  expect(await extractDichotomous(db)).toEqual([])
})

test('a median survival of 13 months (95 % CI 9 to 18) of all', async () => {
  const survival = await db.outcomeMeasurement.findMany({
    where: { outcomeId: `${STUDY}/survival`, missingReason: null },
    include: { studyGroup: true },
  })
  expect(survival).toMatchObject([
    { studyGroup: { label: 'Both arms together' }, median: 13, ciLower: 9, ciUpper: 18, ciLevel: 0.95 },
  ])
})

test('p values of response, survival and pulmonary toxicity', async () => {
  const analyses = await extractAnalyses(db)
  expect(
    analyses.map(({ outcome, p_operator, p_value, finding_direction }) => [
      outcome,
      p_operator,
      p_value,
      finding_direction,
    ]),
  ).toEqual([
    ['Major response', '=', 0.61, 'no_difference'],
    ['Survival', '=', 0.67, 'no_difference'],
    ['Pulmonary toxicity', '=', 0.008, 'favours_reference'],
  ])
})

test('the same IL-2 in both arms, and LAK cells in one', async () => {
  const given = await db.armIntervention.findMany({ orderBy: { id: 'asc' } })
  const il2 = { dose: 3_000_000, doseUnit: 'U/m2/day', schedule: 'days 1-5, 13-17, 21-24 and 28-31' }
  expect(given).toMatchObject([
    { id: `${STUDY}/il2+il2`, ...il2 },
    { id: `${STUDY}/il2-lak+il2`, ...il2 },
    {
      id: `${STUDY}/il2-lak+lak`,
      dose: null,
      doseMissingReason: 'not_reported',
      schedule: 'leukapheresis on days 8-10, reinfusion on days 13-15',
    },
  ])
  expect(await extractArms(db)).not.toEqual([])
})

test('no word of the abstract is held', async () => {
  expect(await db.publicationText.count()).toBe(0)
  expect(await db.quote.count({ where: { NOT: { words: null } } })).toBe(0)
})
