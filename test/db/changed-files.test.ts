import { describe, expect, test } from 'vitest'
import type { StudyFile } from '../../src/model/study-file.ts'
import { contents } from './dump.ts'
import { loadedAnew, seededForEach } from './saving.ts'
import { coded, entry, fillEveryTable, removeArm, renamed, SEED_SLUG, variant } from './study-variants.ts'

const base = seededForEach()

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
      const [response, complete] = [
        coded(file.outcomes, 'complete-or-partial-response'),
        coded(file.outcomes, 'complete-response'),
      ]
      delete complete.within
      response.within = complete.code
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
    const before = await contents(base.scratch)
    const changed = variant(apply)
    const expected = await loadedAnew(changed)
    expect(expected).not.toEqual(before)
    expect(await base.save(changed)).toBe('updated')
    expect(await contents(base.scratch)).toEqual(expected)
    expect(await base.save(changed)).toBe('unchanged')
    expect(await base.save(variant())).toBe('updated')
    expect(await contents(base.scratch)).toEqual(before)
    expect(await base.save(variant())).toBe('unchanged')
  })

  test('a code under another name', async () => {
    const changed = variant((file) => void Object.assign(file, renamed(file, 'il2', 'il2-mono')))
    expect(await base.save(changed)).toBe('updated')
    expect(await contents(base.scratch)).toEqual(await loadedAnew(changed))
    expect(await base.one(`SELECT count(*) FROM arm WHERE id = '${SEED_SLUG}/il2'`)).toBe(0)
  })
})
