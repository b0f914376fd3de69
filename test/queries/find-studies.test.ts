import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/db/connect.ts'
import { type OpenedMesh, saveMesh } from '../../src/db/save-mesh.ts'
import { FIELDS, type StudyFilter } from '../../src/model/study-filter.ts'
import { whereFilter } from '../../src/model/where-filter.ts'
import { findStudies } from '../../src/queries/find-studies.ts'
import { open } from '../db/saving.ts'
import { SEED_SLUG } from '../db/study-variants.ts'
import { evibase, type ScratchDatabase, seededDatabase } from '../scratch.ts'

let scratch: ScratchDatabase
let bare: ScratchDatabase
let db: Database

/** Melanoma lies below two places, one of which is not below Neoplasms; Neoplasmata only begins with the same number. */
const HEADINGS = [
  ['D009369', 'Neoplasms', ['C04'], ['Cancer', 'Growth']],
  ['D008545', 'Melanoma', ['C04.557', 'C17.800'], ['Malignant Melanoma', 'Growth']],
  ['D012871', 'Skin Diseases', ['C17'], []],
  ['D000001', 'Neoplasmata', ['C041'], []],
] as const

beforeAll(async () => {
  scratch = await seededDatabase()
  bare = await seededDatabase()
  db = await open(scratch)
  const records = HEADINGS.map(([ui, name, treeNumbers, entryTerms]) => ({
    ui,
    name,
    scopeNote: null,
    treeNumbers,
    entryTerms,
  }))
  const batches = async function* () {
    yield records
  }
  await saveMesh(
    db,
    { fileName: 'd2024.bin', now: () => new Date(0) },
    async () =>
      ({
        content: 'descriptors',
        year: 2024,
        batches: batches(),
        sha256: () => '0'.repeat(64),
      }) as unknown as OpenedMesh,
  )
  await scratch.exec(`
    INSERT INTO study (id, label, title, type) VALUES ('a-study', 'A', 'About skin', 'observational');
    INSERT INTO study (id, label, title, type, intervention_model, masking, phase, purpose)
      VALUES ('b-study', 'B', 'About moles', 'interventional', 'crossover', 'double', 'phase_4', 'prevention');
    INSERT INTO study_identifier (study_id, registry, value) VALUES ('a-study', 'ClinicalTrials.gov', 'NCT00000001'), ('b-study', 'ISRCTN', 'isrctn1');
    INSERT INTO review (id, label, title, population, intervention) VALUES ('moles', 'Moles', 'Moles', 'People', 'Light');
    INSERT INTO review_study (id, review_id, position, study_id, decision, reason)
      VALUES ('moles/a-study', 'moles', 1, 'a-study', 'included', NULL), ('moles/b-study', 'moles', 2, 'b-study', 'excluded', 'Old');
    INSERT INTO study_condition (id, study_id, position, name, descriptor_ui) VALUES ('a-study/c', 'a-study', 1, 'Nevus', 'D008545');
    INSERT INTO publication (id, title, published, year) VALUES ('doi-x', 'Ménière''s moles and the interleukin-2', '1980', 1980);
    INSERT INTO study_publication (study_id, publication_id, position, role) VALUES ('a-study', 'doi-x', 1, 'primary');
    INSERT INTO publication_mesh (publication_id, position, descriptor_ui) VALUES ('doi-x', 1, 'D008545')`)
})
afterAll(() => db.$disconnect())

const keys = async (filter: StudyFilter) => (await findStudies(db, filter)).rows.map(({ study }) => study)
const where = async (text: string) => keys(whereFilter(text))
const refusal = (work: Promise<unknown>) =>
  work.then(
    (found) => (typeof found === 'string' ? found : 'found something'),
    (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
  )

describe('studies are found by', () => {
  test.each([
    ['nothing at all', { and: [] }, ['a-study', 'b-study', SEED_SLUG]],
    ['a condition’s words, in any case', { condition: 'MELANOMA' }, ['a-study', SEED_SLUG]],
    ['the heading of a condition’s synonym', { condition: 'malignant melanoma' }, ['a-study', SEED_SLUG]],
    ['a heading above the condition’s, by its second place', { condition: 'skin diseases' }, ['a-study', SEED_SLUG]],
    ['a heading with all below it', { mesh: 'neoplasms' }, ['a-study', SEED_SLUG]],
    ['a heading that another’s number only begins like', { mesh: 'Neoplasmata' }, []],
    ['a heading alone', { mesh: 'Neoplasms', explode: false }, [SEED_SLUG]],
    ['its identifier', { mesh: 'D012871' }, ['a-study']],
    ['a heading without a place', { mesh: 'Female', explode: false }, [SEED_SLUG]],
    ['a heading and a qualifier', { mesh: 'Neoplasms/therapy' }, [SEED_SLUG]],
    ['a heading that is no major topic', { mesh: 'Female', explode: false, major: true }, []],
    ['a word of the text', { text: 'MELANOMA' }, [SEED_SLUG]],
    ['words of title and text', { text: 'lymphokine-activated renal' }, [SEED_SLUG]],
    ['words in a row that don’t stand so', { text: '"renal melanoma"' }, []],
    ['a beginning', { text: 'interleuk*' }, ['a-study', SEED_SLUG]],
    ['a word with a sign in it', { text: 'interleukin-2' }, ['a-study', SEED_SLUG]],
    ['a word beyond ASCII', { text: 'ménière' }, ['a-study']],
    ['a search engine’s language, as words', { text: 'NEAR(melanoma' }, []],
    ['a type', { type: 'observational' }, ['a-study']],
    ['what is not so, also where nothing is said', { not: { allocation: 'randomised' } }, ['a-study', 'b-study']],
    ['a year', { year: { to: 1990 } }, ['a-study']],
    ['all but a year', { not: { year: { from: 1990, to: 1995 } } }, ['a-study', 'b-study']],
    // The abstract: 181 patients in all.
    ['a size', { enrolment: { from: 181, to: 181 } }, [SEED_SLUG]],
    ['a larger size', { enrolment: { from: 182 } }, []],
    ['an outcome with results', { hasResultsFor: 'complete response' }, [SEED_SLUG]],
    ['an outcome’s words', { outcome: 'COMPLETE resp' }, [SEED_SLUG]],
    ['an intervention’s words', { intervention: 'killer cells' }, [SEED_SLUG]],
    ['a model', { model: 'crossover' }, ['b-study']],
    ['masking', { masking: 'double' }, ['b-study']],
    ['a phase', { phase: 'phase_4' }, ['b-study']],
    ['a purpose', { purpose: 'prevention' }, ['b-study']],
    ['a registry’s number, in another case', { registryId: 'nct00000001' }, ['a-study']],
    ['a registry’s number in small letters', { registryId: 'ISRCTN1' }, ['b-study']],
    ['a review that includes it', { review: 'moles' }, ['a-study']],
    ['a review that decided otherwise', { review: 'moles', decisions: ['excluded', 'awaiting'] }, ['b-study']],
    ['what a review hasn’t included', { not: { review: 'moles' } }, ['b-study', SEED_SLUG]],
    ['a PMID', { pmid: '8468720' }, [SEED_SLUG]],
    ['a DOI with its resolver', { doi: 'https://doi.org/10.1093/JNCI/85.8.622' }, [SEED_SLUG]],
    ['SQL, as words', { condition: `x'; DROP TABLE study; --` }, []],
  ] satisfies [string, StudyFilter, string[]][])('%s', async (_, filter, expected) => {
    expect(await keys(filter)).toEqual(expected)
  })

  test('questions that are joined, whatever words stand between', async () => {
    expect(await where('text:moles OR year:1993 AND NOT text:moles')).toEqual(['a-study', SEED_SLUG])
    expect(await where('(text:moles OR year:1993) NOT text:moles')).toEqual([SEED_SLUG])
    expect(await where('mesh:"Neoplasms" AND (year:>=1990 OR NOT text:"interleukin")')).toEqual([SEED_SLUG])
  })
})

test.each(FIELDS)('SQL as the value of %s is words', async (field) => {
  const value = `x' OR '1'='1') UNION SELECT id FROM study; DROP TABLE study; --`
  expect(await refusal(where(`${field}:"${value}"`).then(String))).toMatch(
    /^$|^(FILTER_INVALID|HEADING_NOT_FOUND|REVIEW_NOT_FOUND): /,
  )
  expect(await keys({ and: [] })).toHaveLength(3)
})

describe('the size of a study', () => {
  type Size = readonly [group: string, set: string, participants: number | null, derived?: boolean]
  const SIZES: readonly { readonly of: string; readonly sizes: readonly Size[]; readonly n: number | null }[] = [
    {
      of: 'its arms, where it gives them alone',
      sizes: [
        ['a', 'r', 10],
        ['b', 'r', 20],
      ],
      n: 30,
    },
    {
      of: 'all arms together rather than their sum',
      sizes: [
        ['a', 'r', 10],
        ['b', 'r', 20],
        ['ab', 'r', 31],
      ],
      n: 31,
    },
    {
      of: 'the largest set',
      sizes: [
        ['a', 'r', 10],
        ['b', 'r', 20],
        ['ab', 't', 25],
      ],
      n: 30,
    },
    { of: 'no arm alone', sizes: [['a', 'r', 10]], n: null },
    {
      of: 'no arms of different sets',
      sizes: [
        ['a', 'r', 10],
        ['b', 't', 20],
      ],
      n: null,
    },
    {
      of: 'an arm that is given twice, without the other',
      sizes: [
        ['a', 'r', 10],
        ['a2', 'r', 10],
      ],
      n: null,
    },
    {
      of: 'an arm that says why it gives none',
      sizes: [
        ['a', 'r', 10],
        ['b', 'r', null],
      ],
      n: null,
    },
    { of: 'no subgroup', sizes: [['young', 'r', 9]], n: null },
    { of: 'no number of ours', sizes: [['ab', 'r', 30, true]], n: null },
  ]
  let sized: Database
  beforeAll(async () => {
    const own = await seededDatabase()
    for (const [index, { sizes }] of SIZES.entries()) {
      const id = `size-${index}`
      const groups = { a: ['a'], a2: ['a'], b: ['b'], ab: ['a', 'b'], young: ['a', 'b'] }
      await own.exec(
        [
          `INSERT INTO study (id, label, title, type) VALUES ('${id}', 'S', 'S', 'interventional')`,
          `INSERT INTO subgroup (id, study_id, position, factor, level) VALUES ('${id}/young', '${id}', 1, 'age', 'young')`,
          ...['a', 'b'].map(
            (arm, at) =>
              `INSERT INTO arm (id, study_id, position, label, role) VALUES ('${id}/${arm}', '${id}', ${at + 1}, '${arm}', 'experimental')`,
          ),
          ...['r', 't'].map(
            (set, at) =>
              `INSERT INTO analysis_set (id, study_id, position, kind, label) VALUES ('${id}/${set}', '${id}', ${at + 1}, 'other', '${set}')`,
          ),
          ...Object.entries(groups).flatMap(([group, arms], at) => [
            `INSERT INTO study_group (id, study_id, position, label) VALUES ('${id}/${group}', '${id}', ${at + 1}, '${group}')`,
            ...arms.map(
              (arm) =>
                `INSERT INTO study_group_arm (study_group_id, arm_id, study_id) VALUES ('${id}/${group}', '${id}/${arm}', '${id}')`,
            ),
          ]),
          `INSERT INTO study_group_subgroup (study_group_id, subgroup_id, study_id) VALUES ('${id}/young', '${id}/young', '${id}')`,
          ...sizes.map(
            ([
              group,
              set,
              n,
              derived = false,
            ]) => `INSERT INTO enrolment (id, study_id, study_group_id, analysis_set_id, participants, derived, missing_reason)
              VALUES ('${id}/${group}+${set}', '${id}', '${id}/${group}', '${id}/${set}', ${n ?? 'NULL'}, ${derived}, ${n === null ? `'not_reported'` : 'NULL'})`,
          ),
        ].join(';\n'),
      )
    }
    sized = await open(own)
  })
  afterAll(() => sized.$disconnect())

  test.each(SIZES.map((size, index) => ({ ...size, study: `size-${index}` })))(
    'is that of $of',
    async ({ study, n }) => {
      const { rows } = await findStudies(sized, { and: [] })
      expect(rows.find((row) => row.study === study)?.enrolment).toBe(n)
      const found = await findStudies(sized, { enrolment: { from: 0, ...(n === null ? {} : { to: n }) } })
      expect(found.rows.some((row) => row.study === study)).toBe(n !== null)
      const larger = await findStudies(sized, { enrolment: { from: (n ?? 0) + 1 } })
      expect(larger.rows.some((row) => row.study === study)).toBe(false)
    },
  )
})

describe('what is told besides', () => {
  test('pages, and how many there are in all', async () => {
    const first = await findStudies(db, { and: [] }, { limit: 2 })
    expect(first).toMatchObject({ total: 3, next: 'b-study' })
    const second = await findStudies(db, { and: [] }, { limit: 2, after: 'b-study' })
    expect(second).toMatchObject({ total: 3, next: null, rows: [{ study: SEED_SLUG, year: 1993, enrolment: 181 }] })
    const beyond = await findStudies(db, { and: [] }, { limit: 2, after: SEED_SLUG })
    expect(beyond).toMatchObject({ total: 3, next: null, rows: [] })
  })

  test('pages by relevance hold each study once', async () => {
    const filter = { or: [{ text: 'interleukin melanoma' }, { text: 'moles' }] }
    const whole = await findStudies(db, filter, { sort: 'relevance' })
    expect(whole.rows.length).toBe(2)
    expect(whole.rows[0]?.score).toBeGreaterThanOrEqual(whole.rows[1]?.score ?? 0)
    const first = await findStudies(db, filter, { sort: 'relevance', limit: 1 })
    const second = await findStudies(db, filter, { sort: 'relevance', limit: 1, after: first.next ?? '' })
    expect([...first.rows, ...second.rows].map(({ study }) => study)).toEqual(whole.rows.map(({ study }) => study))
  })

  test('where the words stand', async () => {
    const { rows } = await findStudies(db, { text: 'moles interleukin-2' })
    expect(rows).toMatchObject([{ highlight: "Ménière's **moles** and the **interleukin-2**" }])
  })

  test('what a synonym was taken for', async () => {
    expect((await findStudies(db, { mesh: 'cancer' })).notes).toEqual([
      '"cancer" was taken for the MeSH heading Neoplasms (D009369).',
    ])
  })

  test('a name that is none with near ones, one of several, a qualifier that is none, and no vocabulary', async () => {
    expect(await refusal(keys({ mesh: 'Melanomma' }))).toMatch(/^HEADING_NOT_FOUND: .*"Melanomma".*Near it: Melanoma/)
    expect(await refusal(keys({ mesh: 'growth' }))).toMatch(
      /synonym of several.*Melanoma \(D008545\); Neoplasms \(D009369\)/,
    )
    expect(await refusal(keys({ mesh: 'Neoplasms/therappy' }))).toMatch(
      /no qualifier "therappy" here\. Near it: therapy/,
    )
    expect(await refusal(keys({ review: 'none' }))).toMatch(/^REVIEW_NOT_FOUND/)
    const without = await open(bare)
    expect(await refusal(findStudies(without, { mesh: 'Neoplasms' }))).toMatch(/^VOCABULARY_MISSING: .*import mesh/)
    expect((await findStudies(without, { mesh: 'Neoplasms', explode: false })).total).toBe(1)
    await without.$disconnect()
  })
})

test('the number of statements grows neither with the studies nor with the questions', async () => {
  let statements = 0
  const raw = (db as unknown as { $extends: (extension: object) => Database }).$extends({
    query: {
      $allOperations: ({ args, query }: { args: unknown; query: (args: unknown) => unknown }) => {
        statements++
        return query(args)
      },
    },
  })
  const counted = async (filter: StudyFilter, limit: number) => {
    statements = 0
    await findStudies(raw, filter, { limit })
    return statements
  }
  const asked: StudyFilter = { or: [{ mesh: 'Cancer/therapy' }, { text: 'moles' }, { condition: 'melanoma' }] }
  const few = await counted(asked, 1)
  expect(few).toBeGreaterThanOrEqual(4)
  expect(few).toBeLessThanOrEqual(6)
  await scratch.exec(`
    INSERT INTO study (id, label, title, type) VALUES ('c-study', 'C', 'C', 'interventional'), ('d-study', 'D', 'D', 'interventional');
    INSERT INTO study_publication (study_id, publication_id, position, role) VALUES ('c-study', 'doi-x', 1, 'primary'), ('d-study', 'doi-x', 1, 'primary')`)
  expect(await counted({ or: [asked, asked, { mesh: 'Melanoma' }, { text: 'skin' }] }, 2)).toBe(few)
  await scratch.exec(
    `DELETE FROM study_publication WHERE study_id IN ('c-study', 'd-study'); DELETE FROM study WHERE id IN ('c-study', 'd-study')`,
  )
})

describe('all that is told is of one moment, by', () => {
  const values: { readonly [F in (typeof FIELDS)[number]]?: string } = {
    ...{ mesh: 'Melanoma', 'mesh-only': 'Melanoma', 'mesh-major': 'Melanoma', year: '1990-1999', enrolment: '>=1' },
    ...{ type: 'interventional', allocation: 'randomised', model: 'crossover', masking: 'double', phase: 'phase_4' },
    purpose: 'prevention',
  }
  test.each(FIELDS)('%s', async (field) => {
    const { client, statements, transactions } = watched(db)
    await findStudies(client, whereFilter(`${field}:${values[field] ?? 'moles'}`))
    // A statement is of one moment by itself; several are by a transaction around them.
    expect(statements()).toBeGreaterThan(0)
    expect(statements() === 1 || transactions() === 1).toBe(true)
  })

  test.each([
    ['pmid:1', undefined, 0],
    ['year:1990-1999 and not masking:double', undefined, 0],
    ['year:1990-1999', 'a-study', 1],
    ['text:moles', undefined, 1],
    ['pmid:1 or condition:moles', undefined, 1],
  ])('%s, after %s, in %i transactions', async (filter, after, many) => {
    const { client, transactions } = watched(db)
    await findStudies(client, whereFilter(filter), after === undefined ? {} : { after })
    expect(transactions()).toBe(many)
  })
})

/** A client that counts what it is asked. */
function watched(of: Database) {
  let [statements, transactions] = [0, 0]
  const extended = (of as unknown as { $extends: (extension: object) => Database }).$extends({
    query: {
      $allOperations: ({ args, query }: { args: unknown; query: (args: unknown) => unknown }) => {
        statements++
        return query(args)
      },
    },
  })
  const client = new Proxy(extended, {
    get(target, name) {
      if (name === '$transaction') transactions++
      return Reflect.get(target, name)
    },
  })
  return { client, statements: () => statements, transactions: () => transactions }
}

test('the index follows the texts, whoever changes them', async () => {
  await scratch.exec(`UPDATE publication SET title = 'Quite another zymurgy' WHERE id = 'doi-x'`)
  expect([await keys({ text: 'moles' }), await keys({ text: 'zymurgy' })]).toEqual([[], ['a-study']])
  await scratch.exec(`UPDATE publication SET title = 'Ménière''s moles and the interleukin-2' WHERE id = 'doi-x'`)
  expect(await keys({ text: 'moles' })).toEqual(['a-study'])
})

test('the command says what it took, what nothing fits and where a filter is wrong', async () => {
  const found = await evibase(['find', '--mesh', 'cancer', '--limit', '1', '--format', 'csv'], { db: scratch.url })
  expect(found).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(/Neoplasms \(D009369\)\.\n1 study of \d; the next page: --after a-study\n$/),
  })
  const nothing = await evibase(['find', '--text', 'nowhere'], { db: scratch.url })
  expect(nothing).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('Nothing fits {"and":[{"text":"nowhere"}]}.'),
  })
  const decided = ['find', '--review', 'moles', '--decision', 'excluded', '--registry-id', 'ISRCTN1', '--json']
  const excluded = await evibase(decided, { db: scratch.url })
  expect(excluded).toMatchObject({ code: 0, stderr: '1 study.\n' })
  expect(JSON.parse(excluded.stdout)).toMatchObject([{ study: 'b-study' }])
  const undecided = await evibase(['find', '--decision', 'excluded'], { db: scratch.url })
  expect(undecided).toMatchObject({ code: 1, stderr: '--decision needs a --review that decided.\n' })
  const wrong = await evibase(['find', '--where', 'year:1993 AND ( )'], { db: scratch.url })
  expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('column 17: expected a field') })
})
