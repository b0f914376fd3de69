import type { ExportTarget } from './export-target.ts'

/** What there is to know of a target before it is loaded. */
interface Listed {
  readonly about: string
  /** What of its format we could not hold against the format's own description. */
  readonly unverified?: string
  /** The ending of its file, where it is a single one. */
  readonly extension?: string
  readonly load: () => Promise<ExportTarget>
}

/** What other programs read, by the name that the command line gives it. */
export const TARGETS = {
  metafor: {
    about: 'R’s metafor: one CSV for each data type with escalc’s names, the arms as long rows, and an R script',
    load: async () => (await import('./targets/metafor.ts')).METAFOR,
  },
  meta: {
    about: 'R’s meta: CSVs for metabin, metacont, metainc and metagen, and an R script',
    load: async () => (await import('./targets/meta.ts')).META,
  },
  netmeta: {
    about: 'R’s netmeta: arms as long rows for pairwise(), and the studies’ own contrasts',
    load: async () => (await import('./targets/netmeta.ts')).NETMETA,
  },
  metapsy: {
    about: 'Metapsy’s data format: one row per comparison of two arms',
    unverified: 'the values of outcome_type and rating',
    extension: 'csv',
    load: async () => (await import('./targets/metapsy.ts')).METAPSY,
  },
  robvis: {
    about: 'R’s robvis: one CSV for each tool, with a study’s judgements in its columns',
    load: async () => (await import('./targets/robvis.ts')).ROBVIS,
  },
  revman: {
    about: 'RevMan Web’s data package, version 1: analyses, studies, risk of bias and references',
    unverified: 'contrasts; judgements of single outcomes; no package was opened in RevMan itself',
    load: async () => (await import('./targets/revman.ts')).REVMAN,
  },
  revman5: {
    about: 'RevMan 5: studies, references, characteristics, risk of bias and analyses as XML',
    unverified: 'IV_OUTCOME, IV_DATA and identifiers but DOI; no file was opened in RevMan 5 itself',
    extension: 'rm5',
    load: async () => (await import('./targets/revman5.ts')).REVMAN5,
  },
  'study-centric': {
    about: 'RevMan Web’s import of study-centric data: studies, arms, results, risk of bias',
    unverified: 'all headers, which RevMan’s templates may have otherwise',
    load: async () => (await import('./targets/study-centric.ts')).STUDY_CENTRIC,
  },
  ris: {
    about: 'the publications for EndNote, Zotero, Covidence and others',
    extension: 'ris',
    load: async () => (await import('./targets/ris.ts')).RIS,
  },
  medline: {
    about: 'the publications in MEDLINE format, as PubMed’s citation manager saves them',
    extension: 'nbib',
    load: async () => (await import('./targets/medline.ts')).MEDLINE,
  },
  'csl-json': {
    about: 'the publications for citation processors: CSL-JSON 1.0.2',
    extension: 'json',
    load: async () => (await import('./targets/csl-json.ts')).CSL_JSON,
  },
  bibtex: {
    about: 'the publications for LaTeX',
    extension: 'bib',
    load: async () => (await import('./targets/bibtex.ts')).BIBTEX,
  },
  xlsx: {
    about: 'an Excel workbook: a sheet for each table of extract, typed cells, a dictionary',
    extension: 'xlsx',
    load: async () => (await import('./targets/xlsx.ts')).XLSX,
  },
  json: {
    about: 'whole studies as JSON Lines, one study a line, as evibase load reads them',
    extension: 'jsonl',
    load: async () => (await import('./targets/json.ts')).STUDIES_AS_JSON,
  },
} as const satisfies Readonly<Record<string, Listed>>

export type TargetName = keyof typeof TARGETS
export const listed = (name: TargetName): Listed => TARGETS[name]
