import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse, stringify } from 'yaml'
import type { ImportOrigin } from '../../src/db/record-import.ts'
import { readStudyFile } from '../../src/import/study-file/read-study-file.ts'
import type { StudyFile } from '../../src/model/study-file.ts'
import type { StudyRecord } from '../../src/model/study-record.ts'
import { VOCABULARIES } from '../vocabularies.ts'
import { PMID_TO_NUMBER, SLUG_TO_NUMBER } from './numbered-study.ts'

/** The file that every variant starts from. */
const SEED_FILE = fileURLToPath(new URL('../../seeds/studies/rosenberg-1993-il2-lak.yaml', import.meta.url))
export const SEED_SLUG = 'rosenberg-1993-il2-lak'

export const ORIGIN: ImportOrigin = {
  format: 'study-file',
  fileName: 'variant.yaml',
  fileSha256: createHash('sha256').update('variant').digest('hex'),
  now: new Date('2026-11-23T12:00:00Z'),
}

/** The seed as plain values, read by the YAML package and by nothing of ours. */
export const seedFile = (): StudyFile => parse(readFileSync(SEED_FILE, 'utf8')) as StudyFile

/** The record of the seed after a change to what its file says. */
export function variant(change: (file: StudyFile) => void = () => undefined): StudyRecord {
  const file = seedFile()
  change(file)
  // An outcome that is taken out takes nothing along: what lay within it lies within none.
  const outcomes = new Set(file.outcomes?.map(({ code }) => code))
  for (const outcome of file.outcomes ?? [])
    if (outcome.within !== undefined && !outcomes.has(outcome.within)) delete outcome.within
  return readStudyFile(Buffer.from(stringify(file, { aliasDuplicateObjects: false })), 'variant.yaml', VOCABULARIES)
}

/** The one entry of a list that a variant is about to change. */
export function entry<T>(list: readonly T[] | undefined, is: (item: T) => boolean = () => true): T {
  const found = list?.find(is)
  if (found === undefined) throw new Error('the seed has no such entry')
  return found
}

export const coded = <T extends { readonly code: string }>(list: readonly T[] | undefined, code: string): T =>
  entry(list, (item) => item.code === code)

/** The same file with one code under another name wherever it stands. */
export const renamed = (file: StudyFile, from: string, to: string): StudyFile =>
  JSON.parse(JSON.stringify(file).replaceAll(`"${from}"`, `"${to}"`)) as StudyFile

/** Takes an arm out of a file, with its groups and all that is said of them. */
export function removeArm(file: StudyFile, code: string): void {
  const groups = (file.groups ?? [])
    .filter((group) => group.arms.every((arm) => arm === code))
    .map((group) => group.code)
  const kept = <T extends { readonly group: string }>(list: readonly T[] = []) =>
    list.filter((item) => !groups.includes(item.group))
  const comparisons = (file.comparisons ?? []).filter(
    ({ experimental, reference }) => !groups.includes(experimental) && !groups.includes(reference),
  )
  const codes = comparisons.map((comparison) => comparison.code)
  file.arms = file.arms?.filter((arm) => arm.code !== code)
  file.groups = file.groups?.filter((group) => !groups.includes(group.code))
  for (const group of file.groups ?? []) group.arms = group.arms.filter((arm) => arm !== code)
  file.comparisons = comparisons
  file.enrolment = kept(file.enrolment)
  file.baseline = kept(file.baseline)
  for (const outcome of file.outcomes ?? []) {
    outcome.measurements = kept(outcome.measurements)
    outcome.analyses = outcome.analyses?.filter(
      ({ comparison }) => comparison === undefined || codes.includes(comparison),
    )
  }
  for (const term of file.adverse_events ?? []) term.counts = kept(term.counts)
}

/** Another study that reports the same things in a publication of its own. */
export function asOtherStudy(file: StudyFile, slug: string, pmid: string): void {
  file.study.slug = slug
  const publication = entry(file.publications)
  publication.pmid = pmid
  publication.doi = `10.1000/${slug}`
}

/** Fills what the seed leaves empty, so that each table and nearly each column has a row with a value. */
export function fillEveryTable(file: StudyFile): void {
  const { study } = file
  Object.assign(study, {
    intervention_model: 'parallel',
    masking: 'none',
    phase: 'phase_2',
    start_date: '1985-06',
    end_date: '1990',
    identifiers: [
      { registry: 'clinicaltrials.gov', value: `NCT-${study.slug}` },
      { registry: 'sponsor', value: study.slug },
    ],
  })
  const publication = entry(file.publications)
  publication.pmcid = `PMC${publication.pmid}`
  publication.authors = [
    { last_name: 'First', fore_name: study.slug, orcid: `0000-${study.slug}`, affiliation: 'A hospital' },
    { last_name: 'Second', initials: 'S', orcid: `0001-${study.slug}` },
    { collective_name: `The ${study.slug} group` },
  ]
  publication.keywords = [{ keyword: 'interleukin', major: true }, { keyword: 'cells' }]
  publication.substances = [{ name: 'Interleukin-2' }, { name: 'Water', registry_number: '059QF0KO0R' }]
  publication.links = [{ type: 'UpdateOf', source: 'An earlier report', pmid: '8468720' }, { type: 'CommentIn' }]
  publication.sources.push({ code: 'table-2', kind: 'table', label: 'Table 2', rights: "The publisher's" })
  file.quotes?.push({
    code: 'by-table',
    source: 'table-2',
    locator: 'row 1, column 2',
    words: '12 of 34 at 44 degrees, 600000 IU/kg',
  })
  file.eligibility?.push({ kind: 'exclusion', text: 'Brain metastases' })
  file.covariates = [
    { code: 'latitude', name: 'latitude', number: 44, unit: 'degrees', quotes: [given('number', '44')] },
    { code: 'place', name: 'place', text: 'a city' },
  ]
  for (const arm of file.arms ?? [])
    for (const given of arm.interventions ?? []) {
      given.dose = 600_000
      given.dose_unit = 'IU/kg'
      given.route = 'intravenous'
      given.schedule = 'every 8 hours'
      given.quotes = [...(given.quotes ?? []), { field: 'dose', role: 'value', quote: 'by-table', span: '600000' }]
    }
  file.flow = [
    { group: 'il2', period: 'first', milestone: 'completed', participants: 12, quotes: [given('participants', '12')] },
    { group: 'il2-lak', milestone: 'withdrew', reason: 'toxicity', participants: { missing: 'not_reported' } },
  ]
  coded(file.outcomes, 'survival').measurements?.push({
    group: 'il2',
    analysis_set: 'treated',
    timepoint: '24-months',
    person_time: 34,
    person_time_unit: 'months',
    ci_lower: 12,
    ci_upper: 34,
    quotes: [given('person_time', '34'), given('ci_lower', '12'), given('ci_upper', '34')],
  })
  for (const { corrections = [] } of coded(file.outcomes, 'survival').analyses ?? [])
    for (const correction of corrections) correction.publication = publication.code
  coded(file.outcomes, 'survival').analyses?.push({
    ref: 'hazard',
    comparison: 'overall',
    timepoint: '36-months',
    analysis_set: 'treated',
    measure: 'hazard_ratio',
    estimate: 12,
    method: 'log-rank',
    quotes: [given('estimate', '12')],
  })
  coded(file.outcomes, 'survival').quotes = [{ field: 'label', role: 'value', quote: 'by-table' }]
  coded(file.adverse_events, 'other-toxicity').counts = [
    {
      group: 'il2',
      analysis_set: 'treated',
      timepoint: '24-months',
      affected: 12,
      at_risk: 34,
      quotes: [given('affected', '12'), given('at_risk', '34')],
    },
  ]
  const judged = { tool: 'rob-2', judgement: 'some_concerns' }
  file.risk_of_bias = [
    {
      ...judged,
      domain: 'randomisation',
      support: 'Nobody says how.',
      assessor: 'A reader',
      quotes: [{ field: ['judgement', 'support'], role: 'value', quote: 'by-table' }],
    },
    { tool: 'robins-i', domain: 'confounding', judgement: 'no_information' },
    { ...judged, on: 'survival', domain: 'overall' },
    { ...judged, on: 'alive', domain: 'overall' },
    { ...judged, on: 'complete-il2', domain: 'measurement' },
    { ...judged, on: 'partial-il2', domain: 'measurement' },
    { ...judged, on: 'overall-survival', domain: 'measurement' },
    { ...judged, on: 'hazard', domain: 'measurement' },
  ]
  const [first] = coded(file.outcomes, 'survival').analyses ?? []
  if (first) first.ref = 'overall-survival'
  file.waivers = [
    { code: 'design', rule: 'parts-sum', reason: 'Seen.', by: 'A reader', date: '2026-11-24' },
    {
      code: 'size',
      rule: 'parts-sum',
      on: 'treated.participants',
      reason: 'Seen.',
      by: 'A reader',
      date: '2026-11-24',
    },
  ]
  file.extractions.push({ role: 'second', by: 'Another reader', date: '2026-11-24' })
}

const given = (field: string, span: string) => ({ field, role: 'value' as const, quote: 'by-table', span })

/** A study to be made many of by `numberedStudy`: in a version with few rows, or in one with all. */
export const STUDY_TO_NUMBER = {
  short: () => toNumber((file) => removeArm(file, 'il2-lak')),
  long: () => toNumber(fillEveryTable),
}

const toNumber = (change: (file: StudyFile) => void): string =>
  JSON.stringify(
    variant((file) => {
      asOtherStudy(file, SLUG_TO_NUMBER, PMID_TO_NUMBER)
      change(file)
    }),
  )
