import { describe, expect, test } from 'vitest'
import type { StudyFile } from '../../src/model/study-file.ts'
import { dump } from './dump.ts'
import { seededForEach } from './saving.ts'
import { asOtherStudy, coded, entry, SEED_SLUG, variant } from './study-variants.ts'

const OTHER = 'other-study'
const otherStudy = () => variant((file) => asOtherStudy(file, OTHER, '7'))

const base = seededForEach()

describe('what studies share', () => {
  const sharing = (change: (file: StudyFile) => void = () => undefined) =>
    variant((file) => {
      file.study.slug = OTHER
      change(file)
    })
  const conflict = { code: 'SHARED_ROW_CONFLICT' }

  test('is stored once when both files say the same of it', async () => {
    const { publication, publication_text } = await dump(base.scratch)
    expect(await base.save(sharing())).toBe('created')
    expect(await base.save(variant())).toBe('unchanged')
    expect(await base.save(sharing())).toBe('unchanged')
    const after = await dump(base.scratch)
    expect([after.publication, after.publication_text]).toEqual([publication, publication_text])
    expect(await base.db.studyPublication.count()).toBe(2)
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
    const before = await dump(base.scratch)
    expect(await base.refused(sharing(change))).toMatchObject({
      ...conflict,
      message: expect.stringMatching(new RegExp(`pmid-8468720 also reports ${SEED_SLUG}.*\\(${says}\\)`)),
    })
    expect(await dump(base.scratch)).toEqual(before)
    expect(await base.save(sharing()), 'the client goes on after a refusal').toBe('created')
    expect(await base.refused(variant(change)), 'now the first one is not alone either').toMatchObject(conflict)
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
    const before = await dump(base.scratch)
    expect(await base.refused(sharing(change))).toMatchObject({
      ...conflict,
      message: expect.stringContaining('pmid-8468720'),
    })
    expect(await dump(base.scratch)).toEqual(before)
  })

  test('a publication with the same PMID under a key of another kind is refused', async () => {
    await base.edit(`INSERT INTO publication (id, pmid, title) VALUES ('a-slug', '7', 'Imported')`)
    expect(await base.refused(otherStudy())).toMatchObject({ ...conflict, message: expect.stringContaining('a-slug') })
    expect(await base.db.study.count()).toBe(1)
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
    const before = await dump(base.scratch)
    const record = variant((file) => {
      asOtherStudy(file, OTHER, '7')
      coded(file.conditions, 'melanoma').mesh = mesh
      coded(file.subgroups, 'melanoma').mesh = mesh
    })
    expect(await base.refused(record)).toMatchObject({ ...conflict, message: expect.stringMatching(says) })
    expect(await dump(base.scratch)).toEqual(before)
  })

  test('notices are tied to a publication that comes later, so that no file seems changed by another one', async () => {
    const citing = (slug: string) =>
      variant((file) => {
        file.study.slug = slug
        entry(file.publications).pmid = '5'
        delete entry(file.publications).doi
        entry(file.publications).links = [{ type: 'UpdateIn', pmid: '7' }]
      })
    const tied = () => base.one(`SELECT linked_publication_id FROM publication_link WHERE publication_id = 'pmid-5'`)
    expect(await base.save(citing('citing'))).toBe('created')
    expect(await tied()).toBe(null)
    expect(await base.save(otherStudy())).toBe('created')
    expect(await tied()).toBe('pmid-7')
    expect(await base.save(citing('citing'))).toBe('unchanged')
    expect(await base.save(citing('citing-too'))).toBe('created')
  })
})
