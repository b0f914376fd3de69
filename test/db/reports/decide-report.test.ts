import { describe, expect, test } from 'vitest'
import { mergePublications } from '../../../src/db/imports/merge-publications.ts'
import { decideReport } from '../../../src/db/reports/decide-report.ts'
import { reportsOfStudies } from '../../../src/queries/reports-of-studies.ts'
import { empty, STUDY, seeded } from '../../queries/seeded.ts'
import { importLines, readAgain } from '../imports/json-records.ts'
import { importReports, importTrial, report, told, trial } from './reporting.ts'

const ONE = 'NCT00000001'
const TWO = 'NCT00000002'
const PRIMARY = { reports: true, role: 'primary' } as const
const NOT = { reports: false } as const

/** Two trials; a publication that names both, and one that names the first. */
async function pooled() {
  const db = await empty()
  await importTrial(db, trial(ONE), trial(TWO))
  await importReports(db, report('1', [ONE, TWO]), report('2', [ONE]))
  return db
}

describe('what a person decides of a publication', () => {
  test('counts before numbers, is kept with its reason, and is undone by the other decision', async () => {
    const db = await pooled()
    await decideReport(db, ONE, 'pmid-1', PRIMARY, 'its main results')
    await decideReport(db, ONE, 'pmid-2', NOT, 'a letter')
    expect(await reportsOfStudies(db, { studies: [ONE] })).toMatchObject([
      {
        publication: 'pmid-1',
        role: 'primary',
        tied_by: 'person',
        how: `its main results; pubmed:1 names ${ONE}`,
        left_open: null,
      },
      { publication: 'pmid-2', role: null, tied_by: null, left_open: 'not a report of it: a letter' },
    ])
    expect(await reportsOfStudies(db, { open: true }), 'of the other trial it is still open').toMatchObject([
      { study: TWO, publication: 'pmid-1' },
    ])
    await decideReport(db, ONE, 'pmid-1', NOT, 'it pools the trial')
    await decideReport(db, ONE, 'pmid-2', { reports: true, role: 'not_stated' }, 'a report after all')
    expect(await told(db, [ONE])).toEqual([
      `${ONE} | pmid-2 | not_stated | person`,
      `${ONE} | pmid-1 | not a report of it: it pools the trial`,
    ])
  })

  test('stays when its record and the study come in other versions', async () => {
    const db = await pooled()
    await decideReport(db, ONE, 'pmid-1', PRIMARY, 'its main results')
    await importReports(db, report('1', [ONE, TWO], ['Journal Article']))
    await importTrial(db, trial(ONE, [{ pmid: '9', type: 'BACKGROUND' }]))
    expect(await told(db, [ONE])).toEqual([
      `${ONE} | pmid-1 | primary | person`,
      `${ONE} | pmid-2 | not_stated | registration`,
    ])
  })

  test('goes with the record to another publication, where one against it leaves both open', async () => {
    const db = await pooled()
    await importLines(db, 'ris', [{ key: 'x', publication: { title: 'Another title', doi: '10.1000/x' } }])
    await decideReport(db, TWO, 'doi-10.1000/x', PRIMARY, 'its report')
    expect(await told(db, [TWO])).toEqual([
      `${TWO} | doi-10.1000/x | primary | person`,
      `${TWO} | pmid-1 | it is tied to ${ONE} as well`,
    ])
    await mergePublications(db, 'pmid-1', 'doi-10.1000/x', 'the same', readAgain)
    expect(await told(db, [TWO])).toEqual([`${TWO} | pmid-1 | primary | person`])
    await decideReport(db, TWO, 'pmid-1', NOT, 'it pools')
    await importLines(db, 'ris', [{ key: 'y', publication: { title: 'A third title', doi: '10.1000/y' } }])
    await decideReport(db, TWO, 'doi-10.1000/y', PRIMARY, 'its report')
    await mergePublications(db, 'pmid-1', 'doi-10.1000/y', 'the same', readAgain)
    expect(await told(db, [TWO])).toEqual([
      `${TWO} | pmid-1 | of its records some were said to report the study, and some not to`,
    ])
  })

  test.each([
    ['a study that is not there', 'NCT00000009', 'pmid-1', 'STUDY_NOT_FOUND'],
    ['a publication that is not there', ONE, 'pmid-9', 'RECORD_NOT_FOUND'],
  ])('is refused of %s', async (_, study, publication, code) => {
    const db = await pooled()
    await expect(decideReport(db, study, publication, PRIMARY, 'why')).rejects.toMatchObject({ code })
  })

  test('is refused where the study’s own file says it, or where no record could keep it', async () => {
    const db = await seeded()
    await importTrial(db, trial(ONE))
    const own = decideReport(db, STUDY, 'pmid-8468720', NOT, 'why')
    await expect(own).rejects.toMatchObject({ code: 'REPORT_REFUSED', message: expect.stringContaining('own file') })
    const bare = decideReport(db, ONE, 'pmid-8468720', PRIMARY, 'why')
    await expect(bare).rejects.toMatchObject({ code: 'REPORT_REFUSED', message: expect.stringContaining('No record') })
  })
})
