import type { Command } from 'commander'
import { packageFiles } from '../../import/revman/package-files.ts'
import type { Context } from '../context.ts'
import { example } from '../output.ts'
import { importMeshCommand } from './import/mesh.ts'
import { importRecordsCommand, type KindOfRecords } from './import/records.ts'

const PUBMED: KindOfRecords = {
  verb: 'pubmed',
  summary: 'PubMed records as XML: efetch, the website, the yearly baseline',
  description:
    "Reads PubMed's XML (PubmedArticleSet, and its books and deletions): publications with their authors, abstracts, MeSH,\nnotices and registry numbers.",
  example: 'import pubmed pubmed24n0001.xml.gz',
  formatOf: () => 'pubmed_xml',
}

const MEDLINE: KindOfRecords = {
  verb: 'medline',
  summary: 'records in MEDLINE format: PubMed’s .nbib and .txt, Ovid’s',
  description:
    'Reads records in MEDLINE format, as PubMed saves them ("PubMed" or "Citation manager"). Headings come by their names:\nwith imported MeSH they get their identifiers, without it they are keywords.',
  example: 'import medline pubmed-set.nbib',
  formatOf: () => 'medline',
}

const RIS: KindOfRecords = {
  verb: 'ris',
  summary: 'RIS, as databases and reference managers export it',
  description:
    'Reads RIS in the dialects of Embase, Ovid, Scopus, Web of Science, ProQuest, EBSCO, Zotero, EndNote, Covidence, ASReview\nand others: each record with its database and its number there.',
  example: 'import ris embase.ris scopus.ris',
  formatOf: () => 'ris',
}

const CTGOV: KindOfRecords = {
  verb: 'ctgov',
  summary: 'ClinicalTrials.gov: studies with their results',
  description:
    'Reads records of ClinicalTrials.gov as its API (version 2) and its downloads give them: JSON of one study, an array, a page,\na line each, or a zip of files; and the older XML (clinical_study). Each becomes a study under its NCT number, with arms, flow, baseline, outcomes, analyses and\nharms. A newer record replaces it; what you would change, keep in a study file of your own.',
  example: 'import ctgov ctg-studies.json.zip',
  // A mark of the bytes' order may come first.
  formatOf: (beginning) => (/^\W{0,4}\s*</.test(beginning) ? 'ctgov_xml' : 'ctgov_json'),
}

const REVMAN: KindOfRecords = {
  verb: 'revman',
  summary: 'reviews of RevMan: studies with their data',
  description:
    'Reads reviews of interventions as RevMan 5 saves them (.rm5), and data packages of RevMan Web: as their zip, as the folder\nthat they were unpacked to, or all files of a package together. Version 2 of packages is unverified: it is read by the\ncolumns that it shares with version 1. Each included study comes under revman-<review>-<study>, with its references,\ncharacteristics, judgements of bias (RoB 1) and rows of data, and the review as revman-<review>, with its decisions and\noutcomes. A changed file replaces what it changed; studies that it no longer has stay, and are told.',
  example: 'import revman review.rm5 CD000001-*.csv CD000001-*.ris',
  formatOf: () => 'revman',
  together: {
    inFolder: /\.(?:rm5|csv|ris|zip)$/i,
    among: (names) => new Set([...packageFiles(names).values()].flatMap((files) => files.map(({ name }) => name))),
  },
}

/** All kinds of files that hold records. */
export const KINDS: readonly KindOfRecords[] = [PUBMED, MEDLINE, RIS, CTGOV, REVMAN]

export function importCommand(program: Command, context: Context, fail: (code?: number) => void): void {
  const command = program
    .command('import')
    .summary('files from elsewhere')
    .description('Reads files that others publish, as a stream, in memory that does not grow with them.')
    .addHelpText('after', example('import mesh desc2024.xml.gz qual2024.xml'))
    .helpCommand(false)
  for (const kind of KINDS) importRecordsCommand(command, context, fail, kind)
  importMeshCommand(command, context)
}
