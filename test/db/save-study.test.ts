import { readFileSync } from 'node:fs'
import Driver from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from '../../src/db/connect.ts'
import { databaseLocation } from '../../src/db/database-url.ts'
import { saveStudy } from '../../src/db/save-study.ts'
import type { StudyFile } from '../../src/model/study-file.ts'
import type { StudyRecord } from '../../src/model/study-record.ts'
import { ROOT, type ScratchDatabase, scratchDatabase, seededDatabase } from '../scratch.ts'
import { sha256 } from '../scripts/prisma-project.ts'
import { contents, dump, without } from './dump.ts'
import {
  asOtherStudy,
  coded,
  entry,
  fillEveryTable,
  ORIGIN,
  removeArm,
  renamed,
  SEED_SLUG,
  variant,
} from './study-variants.ts'

const OTHER = 'other-study'
const otherStudy = () => variant((file) => asOtherStudy(file, OTHER, '7'))

let scratch: ScratchDatabase
let db: Database
beforeEach(async () => {
  scratch = await seededDatabase()
  db = open(scratch)
})
afterEach(async () => {
  await db.$disconnect()
  scratch.remove()
})

const open = ({ file }: ScratchDatabase) => openDatabase(databaseLocation(`file:${file}`, ROOT), ROOT)
const save = (record: StudyRecord) => saveStudy(db, record, ORIGIN)
const refused = async (record: StudyRecord): Promise<unknown> => {
  try {
    return await save(record)
  } catch (error) {
    return error
  }
}
function sql(...statements: string[]): void {
  const driver = new Driver(scratch.file)
  driver.transaction(() => {
    driver.pragma('defer_foreign_keys = ON')
    for (const statement of statements) driver.exec(statement)
  })()
  driver.close()
}
function one(query: string): unknown {
  const driver = new Driver(scratch.file, { readonly: true })
  const value = driver.prepare(query).pluck().get()
  driver.close()
  return value
}

/** What a record makes in a database that has never seen another. */
async function loadedAnew(...records: readonly StudyRecord[]) {
  const fresh = await scratchDatabase()
  const client = open(fresh)
  for (const record of records) await saveStudy(client, record, ORIGIN)
  await client.$disconnect()
  return contents(fresh.file)
}

describe('a study is', () => {
  test('created, then unchanged, then updated, and an import run tells of each time that something changed', async () => {
    expect(await save(otherStudy())).toBe('created')
    expect(await save(otherStudy())).toBe('unchanged')
    const changed = variant((file) => {
      asOtherStudy(file, OTHER, '7')
      file.study.label = 'Another label'
    })
    expect(await save(changed)).toBe('updated')
    expect(await save(changed)).toBe('unchanged')
    const runs = await db.importRun.findMany({ where: { studyId: OTHER } })
    expect(runs).toHaveLength(2)
    for (const run of runs)
      expect(run).toMatchObject({ status: 'done', read: 1, saved: 1, unchanged: 0, failed: 0, format: ORIGIN.format })
  })

  test('unchanged when nothing has to change: no row, no byte, no page is written', async () => {
    const watcher = new Driver(scratch.file)
    const before = {
      rows: dump(scratch.file),
      bytes: sha256(readFileSync(scratch.file)),
      version: watcher.pragma('data_version'),
    }
    expect(await save(variant())).toBe('unchanged')
    expect(dump(scratch.file)).toEqual(before.rows)
    expect(sha256(readFileSync(scratch.file))).toBe(before.bytes)
    expect(watcher.pragma('data_version')).toEqual(before.version)
    await save(
      variant((file) => {
        file.study.label = 'Another label'
      }),
    )
    expect(watcher.pragma('data_version'), 'the watcher sees writes').not.toEqual(before.version)
    watcher.close()
  })

  test('unchanged when every table has rows of it', async () => {
    expect(await save(variant(fillEveryTable))).toBe('updated')
    expect(await save(variant(fillEveryTable))).toBe('unchanged')
  })

  test('stored with its numbers and words as they are: zeros, fractions, signs, quotes, every script', async () => {
    const note = `"quoted" 'twice' \\n {"json": [1]} 中文 é 🧬 \u2028 \u0001 % _ --`
    const numbers = [0, 0.1 + 0.2, 1e-300, 1 / 3, -0.1, 123456789.98765433, 2 ** 53, 1e21, 5e-324]
    const record = variant((file) => {
      file.study.note = note
      file.covariates = numbers.map((_, index) => ({ code: `c${index}`, name: note, text: 'one' }))
    })
    record.rows.covariate = record.rows.covariate.map((row, index) => ({
      ...row,
      text: null,
      number: numbers[index] ?? null,
    }))
    expect(await save(record)).toBe('updated')
    expect(await save(record)).toBe('unchanged')
    const stored = await db.covariate.findMany({ orderBy: { position: 'asc' } })
    expect(stored.map(({ number }) => number)).toEqual(numbers)
    expect((await db.study.findUniqueOrThrow({ where: { id: SEED_SLUG } })).note).toBe(note)
  })
})

describe('an edit made by hand is seen, and put right by a reload', () => {
  const id = (key: string) => `id = '${SEED_SLUG}/${key}'`
  test.each([
    { edit: 'a number', statements: [`UPDATE outcome_measurement SET events = 11 WHERE ${id('m00001')}`] },
    { edit: 'a number gone', statements: [`UPDATE outcome_measurement SET events = NULL WHERE ${id('m00001')}`] },
    { edit: 'a zero made null', statements: [`UPDATE outcome_measurement SET events = NULL WHERE ${id('m00017')}`] },
    {
      edit: 'a null made false',
      statements: [`UPDATE adverse_event_term SET serious = 0 WHERE ${id('other-toxicity')}`],
    },
    { edit: "the study's title", statements: [`UPDATE study SET title = 'Another'`] },
    { edit: 'a word of the text', statements: [`UPDATE publication_text SET body = replace(body, '10', '11')`] },
    { edit: 'an offset', statements: [`UPDATE quote SET start_offset = start_offset - 1 WHERE ${id('deaths')}`] },
    {
      edit: 'a row more',
      statements: [`INSERT INTO arm VALUES ('${SEED_SLUG}/new', '${SEED_SLUG}', 3, 'New', 'other', NULL)`],
    },
    {
      edit: 'a row less, and what hung on it',
      statements: [
        `DELETE FROM derivation_input WHERE fact_id LIKE '%/m00001/%'`,
        `DELETE FROM outcome_measurement WHERE ${id('m00001')}`,
      ],
    },
    { edit: 'all facts gone', statements: ['DELETE FROM derivation_input', 'DELETE FROM fact'] },
    {
      edit: 'another group',
      statements: [`UPDATE outcome_measurement SET study_group_id = '${SEED_SLUG}/il2' WHERE ${id('m00001')}`],
    },
    {
      edit: 'another key, which its facts follow',
      statements: [`UPDATE outcome_measurement SET id = '${SEED_SLUG}/m99999' WHERE ${id('m00001')}`],
    },
    {
      edit: 'sections in another order',
      statements: [
        'UPDATE publication_text SET position = 7 - position + 100',
        'UPDATE publication_text SET position = position - 100',
      ],
    },
    {
      edit: 'a MeSH line more',
      statements: [`INSERT INTO publication_mesh VALUES ('pmid-8468720', 99, 'D008545', 0, NULL, 0)`],
    },
    { edit: "the publication's DOI", statements: [`UPDATE publication SET doi = '10.1000/other'`] },
  ])('$edit', async ({ statements }) => {
    const before = contents(scratch.file)
    sql(...statements)
    expect(contents(scratch.file)).not.toEqual(before)
    expect(await save(variant())).toBe('updated')
    expect(contents(scratch.file)).toEqual(before)
    expect(await save(variant())).toBe('unchanged')
  })
})

const CHANGES: readonly { change: string; apply: (file: StudyFile) => void }[] = [
  { change: 'every table filled', apply: fillEveryTable },
  {
    change: 'a section before all others',
    apply: (file) =>
      void entry(entry(file.publications).sources).sections?.unshift({
        code: 'objective',
        label: 'Objective',
        body: 'To see.',
      }),
  },
  {
    change: 'a section under another code, quotes and all',
    apply: (file) => {
      coded(entry(entry(file.publications).sources).sections, 'results').code = 'findings'
      for (const quote of file.quotes ?? []) if (quote.section === 'results') quote.section = 'findings'
    },
  },
  {
    change: 'a source under another code',
    apply: (file) => {
      entry(entry(file.publications).sources).code = 'pubmed-abstract'
    },
  },
  { change: 'sections in reverse', apply: (file) => void entry(entry(file.publications).sources).sections?.reverse() },
  {
    change: 'the levels of subgroups swapped',
    apply: (file) => {
      const [one, two] = [coded(file.subgroups, 'melanoma'), coded(file.subgroups, 'renal-cell')]
      ;[one.level, two.level] = [two.level, one.level]
      ;[one.mesh, two.mesh] = [two.mesh, one.mesh]
      ;[one.quotes, two.quotes] = [two.quotes, one.quotes]
    },
  },
  {
    change: 'measurements at the top',
    apply: (file) =>
      void coded(file.outcomes, 'complete-response').measurements?.unshift(
        { group: 'all', analysis_set: 'assessable', missing: 'not_reported' },
        { group: 'all', analysis_set: 'treated', missing: 'not_reported' },
      ),
  },
  { change: 'outcomes in reverse', apply: (file) => void file.outcomes?.reverse() },
  { change: 'quotes in reverse', apply: (file) => void file.quotes?.reverse() },
  { change: 'an arm gone with all that hangs on it', apply: (file) => removeArm(file, 'il2-lak') },
  {
    change: 'what is within what turned round',
    apply: (file) => {
      const [wide, narrow] = [
        coded(file.adverse_events, 'treatment-related-death'),
        coded(file.adverse_events, 'fatal-myocardial-infarction'),
      ]
      delete narrow.within
      wide.within = narrow.code
    },
  },
  {
    change: 'results gone',
    apply: (file) => void Object.assign(file, { outcomes: [], adverse_events: [], baseline: [] }),
  },
  {
    change: 'a PMID that the file lacked before',
    apply: (file) => void delete entry(file.publications).pmid,
  },
  {
    change: 'a DOI alone instead of a wrong PMID',
    apply: (file) => {
      entry(file.publications).pmid = '8468721'
    },
  },
  {
    change: 'publications that point at each other',
    apply: (file) => {
      const [report] = file.publications
      if (report) report.links = [{ type: 'UpdateIn', pmid: '99' }]
      file.publications.push({
        code: 'update',
        role: 'secondary',
        pmid: '99',
        title: 'An update',
        authors: { missing: 'not_reported' },
        sources: [{ code: 'update-abstract', kind: 'abstract', label: 'Abstract' }],
        links: [{ type: 'UpdateOf', pmid: '8468720' }],
      })
    },
  },
]

describe('a changed file makes what it would make in an empty database, and so does going back', () => {
  test.each(CHANGES)('$change', async ({ apply }) => {
    const before = contents(scratch.file)
    const changed = variant(apply)
    const expected = await loadedAnew(changed)
    expect(expected).not.toEqual(before)
    expect(await save(changed)).toBe('updated')
    expect(contents(scratch.file)).toEqual(expected)
    expect(await save(changed)).toBe('unchanged')
    expect(await save(variant())).toBe('updated')
    expect(contents(scratch.file)).toEqual(before)
    expect(await save(variant())).toBe('unchanged')
  })

  test('a code under another name', async () => {
    const changed = variant((file) => void Object.assign(file, renamed(file, 'il2', 'il2-mono')))
    expect(await save(changed)).toBe('updated')
    expect(contents(scratch.file)).toEqual(await loadedAnew(changed))
    expect(one(`SELECT count(*) FROM arm WHERE id = '${SEED_SLUG}/il2'`)).toBe(0)
  })
})

describe('a changed file replaces what it owns and nothing else', () => {
  const process = [
    `INSERT INTO check_run (id, started_at, version) VALUES (1, 0, '0.1.0')`,
    `INSERT INTO finding (id, check_run_id, study_id, fact_id, rule, severity, message)
       VALUES (1, 1, '${SEED_SLUG}', '${SEED_SLUG}/enrolment/all+treated/participants', 'sums', 'note', 'It adds up.')`,
    `INSERT INTO waiver VALUES ('${SEED_SLUG}/w1', '${SEED_SLUG}', '${SEED_SLUG}/enrolment/all+treated/participants', 'sums', 'seen', 'me', '2026-11-23')`,
    `INSERT INTO waiver VALUES ('${SEED_SLUG}/w2', '${SEED_SLUG}', NULL, 'design', 'seen', 'me', '2026-11-23')`,
    `INSERT INTO mesh_entry_term VALUES ('D009369', 'Cancer')`,
  ]

  test('another study and what was done to the database stay, row for row', async () => {
    await save(otherStudy())
    sql(...process)
    const before = dump(scratch.file)
    const changed = variant((file) => {
      removeArm(file, 'il2-lak')
      file.study.label = 'Another label'
    })
    expect(await save(changed)).toBe('updated')
    const after = dump(scratch.file)
    expect(after.arm).not.toEqual(before.arm)
    expect(without(after, SEED_SLUG)).toEqual(without(before, SEED_SLUG))
    for (const table of ['check_run', 'finding', 'waiver']) expect(after[table], table).toEqual(before[table])
    expect(after.import_run).toEqual([...(before.import_run ?? []), expect.objectContaining({ study_id: SEED_SLUG })])
  })

  test("the study's row is updated in place, and so is each row that stays", async () => {
    const before = dump(scratch.file)
    await save(
      variant((file) => {
        file.study.label = 'Another label'
      }),
    )
    const { study, import_run, ...others } = dump(scratch.file)
    expect(study).toEqual([{ ...before.study?.[0], label: 'Another label' }])
    expect(import_run).toHaveLength(2)
    expect(before).toMatchObject(others)
  })

  test('a row that is added or goes leaves its neighbours where they lie', async () => {
    const before = dump(scratch.file)
    await save(variant((file) => void file.eligibility?.push({ kind: 'exclusion', text: 'Brain metastases' })))
    const { eligibility_criterion, import_run, ...others } = dump(scratch.file)
    expect(eligibility_criterion).toEqual([
      ...(before.eligibility_criterion ?? []),
      expect.objectContaining({ id: `${SEED_SLUG}/c00002` }),
    ])
    expect(import_run).toHaveLength(2)
    expect(before).toMatchObject(others)
  })

  test('another study that has the first half of its name', async () => {
    await save(variant((file) => asOtherStudy(file, SEED_SLUG.slice(0, -4), '7')))
    await save(variant((file) => asOtherStudy(file, `${SEED_SLUG}-2`, '8')))
    const before = dump(scratch.file)
    await save(variant((file) => removeArm(file, 'il2-lak')))
    expect(without(dump(scratch.file), SEED_SLUG)).toEqual(without(before, SEED_SLUG))
  })
})

describe('a waiver stands in the way', () => {
  const waive = (fact: string) =>
    sql(
      `INSERT INTO waiver VALUES ('${SEED_SLUG}/w1', '${SEED_SLUG}', '${SEED_SLUG}/${fact}', 'sums', 'seen', 'me', '2026-11-23')`,
    )

  test.each([
    {
      when: 'of a fact that goes with its row',
      fact: 'outcome_measurement/m00018/events',
      change: (file: StudyFile) => void coded(file.outcomes, 'alive').measurements?.pop(),
    },
    {
      when: 'of a fact that goes while its row stays',
      fact: 'adverse_event_count/e00001/percent',
      change: (file: StudyFile) => {
        const count = entry(coded(file.adverse_events, 'treatment-related-death').counts)
        delete count.percent
        count.quotes = count.quotes?.filter(({ field }) => field !== 'percent')
      },
    },
    {
      when: 'of a measurement whose number another one takes',
      fact: 'outcome_measurement/m00003/events',
      change: (file: StudyFile) => {
        file.outcomes?.splice(0, 1)
        for (const outcome of file.outcomes ?? [])
          outcome.measurements = outcome.measurements?.filter(({ derived }) => !derived)
      },
    },
    {
      when: 'of an analysis whose number another one takes',
      fact: 'outcome_analysis/a00001/p_value',
      change: (file: StudyFile) => void coded(file.outcomes, 'survival').analyses?.reverse(),
    },
    {
      when: 'of an analysis that is of other groups now',
      fact: 'outcome_analysis/a00001/p_value',
      change: (file: StudyFile) => {
        const analysis = entry(coded(file.outcomes, 'survival').analyses)
        analysis.groups = [{ group: 'il2', role: 'single' }]
      },
    },
    {
      when: 'of a criterion whose number another one takes',
      fact: 'eligibility_criterion/c00001/text',
      change: (file: StudyFile) =>
        void file.eligibility?.unshift({ ...entry(file.eligibility), kind: 'exclusion', text: 'Brain metastases' }),
    },
    {
      when: 'of a baseline figure whose number another one takes',
      fact: 'baseline_measurement/b00001/count',
      change: (file: StudyFile) => {
        const [renal, melanoma, ...others] = file.baseline ?? []
        if (renal && melanoma) file.baseline = [melanoma, renal, ...others]
      },
    },
    {
      when: 'of a harm whose count another one takes',
      fact: 'adverse_event_count/e00001/affected',
      change: (file: StudyFile) =>
        void entry(file.adverse_events).counts?.unshift({ group: 'il2', missing: 'not_reported' }),
    },
  ])('$when, which is said with both names, and nothing changes', async ({ fact, change }) => {
    waive(fact)
    const before = dump(scratch.file)
    expect(await refused(variant(change))).toMatchObject({
      code: 'STUDY_IN_USE',
      message: expect.stringContaining(`waiver ${SEED_SLUG}/w1 is about ${SEED_SLUG}/${fact}`),
      details: { waiver: `${SEED_SLUG}/w1`, fact: `${SEED_SLUG}/${fact}` },
    })
    expect(dump(scratch.file)).toEqual(before)
    sql('DELETE FROM waiver')
    expect(await save(variant(change))).toBe('updated')
  })

  test('of nothing else: the value may change, and rows after it may go', async () => {
    waive('outcome_measurement/m00001/events')
    const changed = variant((file) => {
      entry(coded(file.outcomes, 'complete-response').measurements).note = 'Seen again.'
      file.adverse_events?.pop()
    })
    expect(await save(changed)).toBe('updated')
    expect(await db.waiver.count()).toBe(1)
  })
})

describe('what studies share', () => {
  const sharing = (change: (file: StudyFile) => void = () => undefined) =>
    variant((file) => {
      file.study.slug = OTHER
      change(file)
    })
  const conflict = { code: 'SHARED_ROW_CONFLICT' }

  test('is stored once when both files say the same of it', async () => {
    const { publication, publication_text } = dump(scratch.file)
    expect(await save(sharing())).toBe('created')
    expect(await save(variant())).toBe('unchanged')
    expect(await save(sharing())).toBe('unchanged')
    const after = dump(scratch.file)
    expect([after.publication, after.publication_text]).toEqual([publication, publication_text])
    expect(await db.studyPublication.count()).toBe(2)
  })

  test.each([
    {
      what: 'another title',
      says: 'publication',
      change: (file: StudyFile) => {
        entry(file.publications).title = 'Another'
      },
    },
    {
      what: 'another order of MeSH terms',
      says: 'publicationMesh',
      change: (file: StudyFile) => void entry(file.publications).mesh?.reverse(),
    },
    {
      what: 'a section less',
      says: 'publicationText',
      change: (file: StudyFile) => void entry(entry(file.publications).sources).sections?.pop(),
    },
  ])('is refused with $what, which is named, and nothing changes', async ({ says, change }) => {
    const before = dump(scratch.file)
    expect(await refused(sharing(change))).toMatchObject({
      ...conflict,
      message: expect.stringMatching(new RegExp(`pmid-8468720 also reports ${SEED_SLUG}.*\\(${says}\\)`)),
    })
    expect(dump(scratch.file)).toEqual(before)
    expect(await save(sharing()), 'the client goes on after a refusal').toBe('created')
    expect(await refused(variant(change)), 'now the first one is not alone either').toMatchObject(conflict)
  })

  test.each([
    { what: 'the same DOI without the PMID', change: (file: StudyFile) => void delete entry(file.publications).pmid },
    {
      what: 'the same DOI with another PMID',
      change: (file: StudyFile) => {
        entry(file.publications).pmid = '8468721'
      },
    },
  ])('is refused as $what, and nothing changes', async ({ change }) => {
    const before = dump(scratch.file)
    expect(await refused(sharing(change))).toMatchObject({
      ...conflict,
      message: expect.stringContaining('pmid-8468720'),
    })
    expect(dump(scratch.file)).toEqual(before)
  })

  test('a publication with the same PMID under a key of another kind is refused', async () => {
    sql(`INSERT INTO publication (id, pmid, title) VALUES ('a-slug', '7', 'Imported')`)
    expect(await refused(otherStudy())).toMatchObject({ ...conflict, message: expect.stringContaining('a-slug') })
    expect(await db.study.count()).toBe(1)
  })

  test.each([
    {
      what: 'a MeSH identifier with another name',
      mesh: { ui: 'D008545', name: 'Melanomas' },
      says: /D008545 "Melanomas".*D008545 as "Melanoma"/,
    },
    {
      what: 'a MeSH name with another identifier',
      mesh: { ui: 'D999999', name: 'Melanoma' },
      says: /D999999 "Melanoma".*D008545 as "Melanoma"/,
    },
  ])('$what is refused, and nothing changes', async ({ mesh, says }) => {
    const before = dump(scratch.file)
    const record = variant((file) => {
      asOtherStudy(file, OTHER, '7')
      coded(file.conditions, 'melanoma').mesh = mesh
      coded(file.subgroups, 'melanoma').mesh = mesh
    })
    expect(await refused(record)).toMatchObject({ ...conflict, message: expect.stringMatching(says) })
    expect(dump(scratch.file)).toEqual(before)
  })

  test('notices are tied to a publication that comes later, so that no file seems changed by another one', async () => {
    const citing = (slug: string) =>
      variant((file) => {
        file.study.slug = slug
        entry(file.publications).pmid = '5'
        delete entry(file.publications).doi
        entry(file.publications).links = [{ type: 'UpdateIn', pmid: '7' }]
      })
    const tied = () => one(`SELECT linked_publication_id FROM publication_link WHERE publication_id = 'pmid-5'`)
    expect(await save(citing('citing'))).toBe('created')
    expect(tied()).toBe(null)
    expect(await save(otherStudy())).toBe('created')
    expect(tied()).toBe('pmid-7')
    expect(await save(citing('citing'))).toBe('unchanged')
    expect(await save(citing('citing-too'))).toBe('created')
  })
})
