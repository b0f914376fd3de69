import { describe, expect, test } from 'vitest'
import { contents, dump, valuesOf, without } from './dump.ts'
import { seededForEach } from './saving.ts'
import { asOtherStudy, fillEveryTable, ORIGIN, removeArm, SEED_SLUG, variant } from './study-variants.ts'

const OTHER = 'other-study'
const otherStudy = () => variant((file) => asOtherStudy(file, OTHER, '7'))

const base = seededForEach()

describe('a study is', () => {
  test('created, then unchanged, then updated, and an import run tells of each time that something changed', async () => {
    expect(await base.save(otherStudy())).toBe('created')
    expect(await base.save(otherStudy())).toBe('unchanged')
    const changed = variant((file) => {
      asOtherStudy(file, OTHER, '7')
      file.study.label = 'Another label'
    })
    expect(await base.save(changed)).toBe('updated')
    expect(await base.save(changed)).toBe('unchanged')
    const runs = await base.db.importRun.findMany({ where: { studyId: OTHER } })
    expect(runs).toHaveLength(2)
    for (const run of runs)
      expect(run).toMatchObject({ status: 'done', read: 1, saved: 1, unchanged: 0, failed: 0, format: ORIGIN.format })
  })

  test('unchanged when nothing has to change: no row is written', async () => {
    const before = await dump(base.scratch)
    expect(await base.save(variant())).toBe('unchanged')
    expect(await dump(base.scratch)).toEqual(before)
  })

  test('unchanged when every table has rows of it', async () => {
    expect(await base.save(variant(fillEveryTable))).toBe('updated')
    expect(await base.save(variant(fillEveryTable))).toBe('unchanged')
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
    expect(await base.save(record)).toBe('updated')
    expect(await base.save(record)).toBe('unchanged')
    const stored = await base.db.covariate.findMany({ orderBy: { position: 'asc' } })
    expect(stored.map(({ number }) => number)).toEqual(numbers)
    expect((await base.db.study.findUniqueOrThrow({ where: { id: SEED_SLUG } })).note).toBe(note)
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
      statements: [`UPDATE adverse_event_term SET serious = false WHERE ${id('other-toxicity')}`],
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
      statements: [`INSERT INTO publication_mesh VALUES ('pmid-8468720', 99, 'D008545', false, NULL, false)`],
    },
    { edit: "the publication's DOI", statements: [`UPDATE publication SET doi = '10.1000/other'`] },
  ])('$edit', async ({ statements }) => {
    const before = await contents(base.scratch)
    await base.edit(...statements)
    expect(await contents(base.scratch)).not.toEqual(before)
    expect(await base.save(variant())).toBe('updated')
    expect(await contents(base.scratch)).toEqual(before)
    expect(await base.save(variant())).toBe('unchanged')
  })
})

describe('a changed file replaces what it owns and nothing else', () => {
  const process = [
    `INSERT INTO check_run (id, started_at, version) VALUES (1, '2026-11-23', '0.1.0')`,
    `INSERT INTO finding (id, check_run_id, study_id, fact_id, rule, severity, status, table_name, row_key, field, about, message)
       VALUES (1, 1, '${SEED_SLUG}', '${SEED_SLUG}/enrolment/all+treated/participants', 'sums', 'note', 'remark', 'enrolment',
         'all+treated', 'participants', 'All, treated', 'It adds up.')`,
    `INSERT INTO mesh_entry_term (descriptor_ui, term) VALUES ('D009369', 'Cancer')`,
  ]

  test('another study and what was done to the database stay, row for row', async () => {
    await base.save(otherStudy())
    await base.edit(...process)
    const before = await dump(base.scratch)
    const changed = variant((file) => {
      removeArm(file, 'il2-lak')
      file.study.label = 'Another label'
    })
    expect(await base.save(changed)).toBe('updated')
    const after = await dump(base.scratch)
    expect(after.arm).not.toEqual(before.arm)
    expect(without(after, SEED_SLUG)).toEqual(without(before, SEED_SLUG))
    for (const table of ['check_run', 'finding']) expect(after[table], table).toEqual(before[table])
    expect(after.import_run).toEqual([...(before.import_run ?? []), expect.objectContaining({ study_id: SEED_SLUG })])
  })

  test("the study's row is updated in place, and so is each row that stays", async () => {
    const before = await dump(base.scratch)
    await base.save(
      variant((file) => {
        file.study.label = 'Another label'
      }),
    )
    const { study, import_run, ...others } = await dump(base.scratch)
    expect(study?.map(valuesOf)).toEqual(before.study?.map((row) => ({ ...valuesOf(row), label: 'Another label' })))
    expect(import_run).toHaveLength(2)
    expect(before).toMatchObject(others)
  })

  test('a row that is added or goes leaves its neighbours where they lie', async () => {
    const before = await dump(base.scratch)
    await base.save(variant((file) => void file.eligibility?.push({ kind: 'exclusion', text: 'Brain metastases' })))
    const { eligibility_criterion, import_run, ...others } = await dump(base.scratch)
    expect(eligibility_criterion).toEqual([
      ...(before.eligibility_criterion ?? []),
      expect.objectContaining({ id: `${SEED_SLUG}/c00002` }),
    ])
    expect(import_run).toHaveLength(2)
    expect(before).toMatchObject(others)
  })

  test('another study that has the first half of its name', async () => {
    await base.save(variant((file) => asOtherStudy(file, SEED_SLUG.slice(0, -4), '7')))
    await base.save(variant((file) => asOtherStudy(file, `${SEED_SLUG}-2`, '8')))
    const before = await dump(base.scratch)
    await base.save(variant((file) => removeArm(file, 'il2-lak')))
    expect(without(await dump(base.scratch), SEED_SLUG)).toEqual(without(before, SEED_SLUG))
  })
})
