import type { Database } from '../../../src/index.ts'
import { reportsOfStudies } from '../../../src/queries/reports-of-studies.ts'
import { importFile } from '../imports/import-file.ts'
import { type Hit, importLines } from '../imports/json-records.ts'

/** A record of ClinicalTrials.gov that has little beyond its number; what it names is up to the test. */
export const trial = (
  nctId: string,
  references: readonly { readonly pmid: string; readonly type: string }[] = [],
  identification: object = {},
): string =>
  JSON.stringify({
    protocolSection: {
      identificationModule: { nctId, briefTitle: `The trial ${nctId}`, ...identification },
      designModule: { studyType: 'INTERVENTIONAL' },
      referencesModule: { references },
    },
  })

export const importTrial = (db: Database, ...trial: readonly string[]) =>
  importFile(db, 'ctgov_json', `[${trial.join(',')}]`)

/** A record of PubMed that names numbers of trials in its data banks, and is indexed with types. */
export const report = (pmid: string, numbers: readonly string[], types: readonly string[] = []): Hit => ({
  key: pmid,
  publication: { pmid, title: `The publication ${pmid}`, types: types.map((name) => ({ name })) },
  registrations: numbers.map((value) => ({
    registry: value.startsWith('NCT') ? 'clinicaltrials.gov' : 'isrctn',
    value,
  })),
})

export const importReports = (db: Database, ...reports: readonly Hit[]) => importLines(db, 'pubmed_xml', reports)

/** What is told of the publications of studies: study, publication, role, by what it is tied, and what is left open. */
export const told = async (db: Database, studies: readonly string[] = []) =>
  (await reportsOfStudies(db, { studies })).map(({ study, publication, pmid, role, tied_by, left_open }) =>
    [study, publication ?? `PMID ${pmid}`, role, tied_by, left_open].filter((part) => part !== null).join(' | '),
  )
