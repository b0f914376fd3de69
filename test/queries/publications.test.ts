import { describe, expect, test } from 'vitest'
import { type Database, type StudyFile, saveReview } from '../../src/index.ts'
import { publications } from '../../src/queries/publications.ts'
import { reviewFile, reviewVariant } from '../db/review-variants.ts'
import { asOtherStudy, entry, ORIGIN } from '../db/study-variants.ts'
import { counting } from './counting.ts'
import { empty, STUDY, seeded, withVariants } from './seeded.ts'

const OTHERS = 300
const key = (index: number) => `pmid-${90_000_000 + index}`

/** A study with many more publications, which it shares with nobody but for the last one. */
function many(file: StudyFile): void {
  file.publications.push(...Array.from({ length: OTHERS }, (_, index) => further(index)))
}
function sharing(file: StudyFile): void {
  asOtherStudy(file, 'other-1999', '17')
  file.publications.push(further(OTHERS - 1))
}
const further = (index: number): StudyFile['publications'][number] => ({
  ...{ code: `report-${index}`, role: 'secondary', pmid: String(90_000_000 + index), title: `Report ${index}` },
  authors: [{ last_name: `Doe ${index}`, initials: 'J' }, { collective_name: 'A Group' }, { last_name: 'Roe' }],
  sources: [{ code: `in-${index}`, kind: 'full_text', label: 'Full text' }],
})

async function read(db: Database, choices: Parameters<typeof publications>[1] = {}) {
  const pages = []
  for await (const page of publications(db, choices)) pages.push(page)
  return pages
}
const keys = async (db: Database, choices: Parameters<typeof publications>[1] = {}) =>
  (await read(db, choices)).flat().map(({ id }) => id)

test('the first study’s publication comes with its abstract in order and its headings with their qualifiers', async () => {
  const [publication, ...others] = (await read(await seeded())).flat()
  expect(others).toEqual([])
  expect(publication).toMatchObject({
    ...{ id: 'pmid-8468720', pmid: '8468720', doi: '10.1093/jnci/85.8.622', pages: '622-32', authors: [] },
    ...{ published: '1993-04-21', types: ['Clinical Trial', 'Randomized Controlled Trial'], keywords: [], links: [] },
    substances: [{ name: 'Interleukin-2', registryNumber: null }],
  })
  expect(publication?.abstract.map(({ label }) => label)).toEqual([
    ...['Background', 'Purpose', 'Methods', 'Results', 'Conclusions', 'Implications'],
  ])
  // 19 lines of the record are 16 descriptors with 6 qualifiers, 3 of these major topics.
  expect(publication?.headings).toHaveLength(16)
  const qualifiers = publication?.headings.flatMap((heading) => heading.qualifiers) ?? []
  expect(qualifiers.map(({ name }) => name)).toEqual([
    ...['administration & dosage', 'adverse effects', 'therapeutic use', 'transplantation', 'pathology', 'therapy'],
  ])
  expect(qualifiers.filter(({ major }) => major)).toHaveLength(3)
})

describe('the publications of several studies', () => {
  let filled: Promise<Database> | undefined
  const db = async () => {
    filled ??= withVariants(many, sharing).then(async (database) => {
      await saveReview(database, reviewVariant(undefined, reviewFile('other-1999')), ORIGIN)
      return database
    })
    return filled
  }

  test('come page by page in the order of their keys, each once, with their authors in order', async () => {
    const pages = await read(await db())
    const expected = ['pmid-17', 'pmid-8468720', ...Array.from({ length: OTHERS }, (_, index) => key(index))]
    expect(pages.map(({ length }) => length)).toEqual([250, OTHERS + 2 - 250])
    expect(pages.flat().map(({ id }) => id)).toEqual(expected)
    const last = entry(pages.flat(), ({ id }) => id === key(OTHERS - 1))
    expect(last.authors.map(({ lastName, collectiveName }) => lastName ?? collectiveName)).toEqual([
      ...[`Doe ${OTHERS - 1}`, 'A Group', 'Roe'],
    ])
    expect(last.rights).toBeNull()
  })

  test('are those of the named studies, and of those that a review includes', async () => {
    expect(await keys(await db(), { studies: ['other-1999'] })).toEqual(['pmid-17', key(OTHERS - 1)])
    expect(await keys(await db(), { review: 'a-review' })).toEqual(['pmid-17', key(OTHERS - 1)])
    expect(await keys(await db(), { review: 'a-review', studies: [STUDY] })).toEqual([])
  })

  test('are refused of a study or review that isn’t there', async () => {
    await expect(keys(await db(), { studies: ['nobody'] })).rejects.toMatchObject({ code: 'STUDY_NOT_FOUND' })
    await expect(keys(await db(), { review: 'nothing' })).rejects.toMatchObject({ code: 'REVIEW_NOT_FOUND' })
  })

  test('take as many statements for a page of one as for a page of 250', async () => {
    const readOf = async (database: Database, choices: Parameters<typeof publications>[1]) => {
      const { client, asked } = counting(database)
      const pages = await read(client, choices)
      return { pages: pages.length, count: asked() }
    }
    const few = await readOf(await seeded(), {})
    const all = await readOf(await db(), {})
    expect(few.pages).toBe(1)
    expect(all).toEqual({ pages: 2, count: 2 * few.count })
  })
})

test('there are none in an empty database', async () => {
  expect(await read(await empty())).toEqual([])
})
