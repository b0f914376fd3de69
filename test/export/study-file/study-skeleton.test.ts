import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { studySkeleton } from '../../../src/export/study-file/study-skeleton.ts'
import { readOneRecord } from '../../../src/import/one-record.ts'
import { readStudyFile } from '../../../src/import/study-file/read-study-file.ts'
import { mistakesIn } from '../../import/study-file/invented-study.ts'
import { ROOT } from '../../scratch.ts'

const record = await readOneRecord(
  readFileSync(path.join(ROOT, 'test/fixtures/medline/invented.nbib')),
  'invented.nbib',
)
const OPTIONS = { slug: 'invented-2001-honey', today: '2026-11-23' }
const SKELETONS = [
  { what: 'a record and two arms', text: studySkeleton({ ...OPTIONS, arms: ['Honey tea', 'Plain tea'], record }) },
  { what: 'two arms alone', text: studySkeleton({ ...OPTIONS, arms: ['Honey tea', 'Plain tea'] }) },
  { what: 'a record alone', text: studySkeleton({ ...OPTIONS, arms: [], record }) },
  { what: 'nothing', text: studySkeleton({ ...OPTIONS, arms: [] }) },
]

/** The file with something in each marked place: what stands for its key, one after the other where there are several. */
function filledIn(text: string, values: Readonly<Record<string, readonly string[]>>): string {
  const next = new Map(Object.entries(values).map(([key, list]) => [key, list.values()]))
  return text.replace(/^([ #]*(?:- )?)(\w+): # fill in.*$/gm, (line, start: string, key: string) => {
    if (start.startsWith('#')) return line
    const { value } = next.get(key)?.next() ?? {}
    if (value === undefined) throw new Error(`nothing for ${line}`)
    return `${start}${key}: ${value}`
  })
}

const DESIGN = {
  title: ['Honey tea against plain tea', 'Honey tea for hiccups'],
  label: ['Invented 2001'],
  type: ['interventional'],
  allocation: ['randomised'],
  intervention_model: ['parallel'],
  masking: ['{ missing: not_reported }'],
  phase: ['not_applicable'],
  purpose: ['treatment'],
  published: ['"2001"'],
  body: ['Of 20 drinkers of honey tea 8 lost their hiccups, and of 19 drinkers of plain tea 4 did.'],
  by: ['A reader'],
}
const RESULTS = {
  ...DESIGN,
  words: ['Of 20 drinkers of honey tea 8 lost their hiccups, and of 19 drinkers of plain tea 4 did.'],
  participants: ['20', '19'],
  code: ['lost'],
  label: ['Lost their hiccups'],
  kind: ['dichotomous'],
  role: ['experimental', 'active_comparator', 'primary'],
  direction: ['benefit'],
  events: ['8', '4'],
  total: ['20', '19'],
  span: ['"20"', '"19"', '"8"', '"20"', '"4"', '"19"'],
}

describe.each(SKELETONS)('a study file begun from $what', ({ text }) => {
  test('is refused at every place to fill in, and nowhere else', () => {
    const lines = text.split('\n').flatMap((line, index) => (/^ .*: # fill in/.test(line) ? [String(index + 1)] : []))
    expect(lines.length).toBeGreaterThan(6)
    const mistakes = mistakesIn(text)
    expect(mistakes.map((mistake) => mistake.split(':')[0])).toEqual(lines)
    for (const mistake of mistakes) expect(mistake).toMatch(/^\d+:\d+: \w+ is empty \(.+\); expected ./)
  })

  test('says what each part is for, in lines without a space at their end', () => {
    expect(text).toMatch(/\nstudy: # .*\n/)
    expect(text.split('\n').filter((line) => line.endsWith(' '))).toEqual([])
  })
})

test('it loads once it is filled in', () => {
  const filled = filledIn(SKELETONS[0]?.text ?? '', RESULTS)
  expect(mistakesIn(filled)).toEqual([])
  const { rows, publications } = readStudyFile(Buffer.from(filled), 'a.yaml')
  expect(publications[0]?.publication[0]).toMatchObject({ pmid: '99999001', doi: '10.5555/invented.2001', year: 2001 })
  expect(rows.studyIdentifier).toMatchObject([{ registry: 'clinicaltrials.gov', value: 'NCT00000001' }])
  expect(rows.arm.map(({ id, role }) => ({ id, role }))).toEqual([
    { id: 'invented-2001-honey/honey-tea', role: 'experimental' },
    { id: 'invented-2001-honey/plain-tea', role: 'active_comparator' },
  ])
  expect(rows.comparison).toMatchObject([{ experimentalGroupId: 'invented-2001-honey/honey-tea' }])
  expect(rows.outcomeMeasurement.map(({ events, total }) => [events, total])).toEqual([
    [8, 20],
    [4, 19],
  ])
  expect(rows.extraction).toMatchObject([{ extractedOn: '2026-11-23' }])
})

test('it loads with its design alone', () => {
  expect(mistakesIn(filledIn(SKELETONS[3]?.text ?? '', DESIGN))).toEqual([])
})

test('without arms their part loads once its marks are taken away', () => {
  const text = (SKELETONS[3]?.text ?? '').replace(/^# (?!Fill|A value|Who was)/gm, '')
  expect(mistakesIn(filledIn(text, { ...RESULTS, label: ['Invented 2001', 'Lost their hiccups'] }))).toEqual([])
})

test('MeSH terms wait in comments for their identifiers', () => {
  const text = filledIn(SKELETONS[0]?.text ?? '', RESULTS)
    .replace(/^ {4}# (?=mesh:| {2}- \{ descriptor)/gm, '    ')
    .replace(/descriptor: (\w+), ui: D/g, (_, name: string) => `descriptor: ${name}, ui: D000${name.charCodeAt(1)}`)
    .replace(/name: (\w[\w &]*), ui: Q/g, (_, name: string) => `name: ${name}, ui: Q0000${name.length}`)
  expect(mistakesIn(text)).toEqual([])
  expect(readStudyFile(Buffer.from(text), 'a.yaml').publications[0]?.publicationMesh).toMatchObject([
    { descriptorUi: 'D000111', descriptorMajor: true, qualifierUi: null },
    { descriptorUi: 'D000117', descriptorMajor: false, qualifierUi: null },
    { descriptorMajor: false, qualifierUi: 'Q000012', qualifierMajor: true },
    { descriptorMajor: false, qualifierUi: 'Q000020', qualifierMajor: false },
  ])
})

test.each([
  { arms: ['A', 'B', 'C'], codes: ['all', 'a', 'b', 'c'], comparisons: ['a-v-b', 'a-v-c'] },
  { arms: ['Only one'], codes: ['only-one'], comparisons: [] },
  {
    arms: ['Zoë', '中文', 'zoe', 'all'],
    codes: ['all-2', 'zoe', 'arm-2', 'zoe-2', 'all'],
    comparisons: ['zoe-v-arm-2', 'zoe-v-zoe-2', 'zoe-v-all'],
  },
])('arms $arms have codes of their own', ({ arms, codes, comparisons }) => {
  const text = studySkeleton({ ...OPTIONS, arms })
  const within = (key: string) =>
    [...(text.split(`\n${key}:`)[1]?.split('\n\n')[0] ?? '').matchAll(/ code: ([\w-]+)/g)].map((match) => match[1])
  expect(within('groups')).toEqual(codes)
  expect(within('comparisons')).toEqual(comparisons)
})
