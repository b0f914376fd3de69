import type { PublicationRecord } from '../../model/publication-record.ts'
import { study } from '../../model/study-file/study.ts'
import { STUDY_FILE_FORMAT, studyFileSchema } from '../../model/study-file.ts'
import { fillIn, todo } from './fill-in.ts'
import { publicationSkeleton } from './publication-skeleton.ts'
import { resultSkeleton } from './result-skeleton.ts'

export interface SkeletonOptions {
  readonly slug: string
  /** The labels of the arms, the experimental one first. */
  readonly arms: readonly string[]
  /** 2026-11-23. */
  readonly today: string
  /** What is known of the publication already. */
  readonly record?: PublicationRecord | undefined
}

/**
 * A study file to be filled in: what is known, a marked empty place for each thing that a study needs, and comments that
 * say what goes there. `load` refuses every empty place at its line; once they are filled it loads.
 */
export function studySkeleton({ slug, arms, today, record }: SkeletonOptions): string {
  return [
    '# Fill in every place that is marked "fill in", or take its line away; then: evibase load FILE',
    '# A value that the report does not give stays missing, with the reason: { missing: not_reported }',
    `format: ${STUDY_FILE_FORMAT}`,
    '',
    ...studyBlock(slug, record),
    '',
    ...publicationSkeleton(record),
    '',
    ...resultSkeleton(arms, quotedSection(record)),
    '',
    `extractions: # ${studyFileSchema.shape.extractions.description}`,
    '  - role: first',
    `    by: ${todo('your name')}`,
    `    date: "${today}"`,
    '',
  ].join('\n')
}

/** The section that results are likely to be quoted from. */
const quotedSection = (record: PublicationRecord | undefined): string =>
  (record?.sections.find(({ code }) => code.includes('result') || code.includes('finding')) ?? record?.sections.at(0))
    ?.code ?? 'results'

function studyBlock(slug: string, record: PublicationRecord | undefined): readonly string[] {
  const { shape } = study
  const optional = (['acronym', 'objective', 'authors_conclusion', 'start_date', 'end_date'] as const).map(
    (key) => `  # ${key}: # ${shape[key].description}`,
  )
  const registrations = record?.registrations ?? []
  return [
    `study: # ${studyFileSchema.shape.study.description}`,
    `  slug: ${slug}`,
    fillIn('label', shape.label, 2, labelOf(record)),
    fillIn('title', shape.title, 2),
    fillIn('type', shape.type, 2),
    ...(record?.publication.types ?? []).map(({ name }) => `  # PubMed indexes it as: ${name}`),
    ...(['allocation', 'intervention_model', 'masking', 'phase', 'purpose'] as const).map((key) =>
      fillIn(key, shape[key], 2),
    ),
    ...optional,
    ...(registrations.length === 0
      ? ['  # identifiers: [{ registry: clinicaltrials.gov, value: NCT00000000 }]']
      : [
          '  identifiers:',
          ...registrations.map(
            ({ registry, value }) => `    - { registry: ${registry}, value: ${JSON.stringify(value)} }`,
          ),
        ]),
    '  # quotes: which words say so; see the quotes of a number below',
  ]
}

/** The first author and the year: Rosenberg 1993. */
function labelOf(record: PublicationRecord | undefined): string | undefined {
  const { authors, published } = record?.publication ?? {}
  const first = Array.isArray(authors) ? authors[0] : undefined
  const name = first && ('last_name' in first ? first.last_name : first.collective_name)
  return name === undefined || published === undefined ? undefined : `${name} ${published.slice(0, 4)}`
}
