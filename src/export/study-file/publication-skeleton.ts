import type { Heading, PublicationRecord } from '../../model/publication-record.ts'
import { publication } from '../../model/study-file/publication.ts'
import { studyFileSchema } from '../../model/study-file.ts'
import { fillIn, todo } from './fill-in.ts'
import { writeYaml } from './write-yaml.ts'
import { inlineText } from './yaml-text.ts'

/** The publication of a file to be filled in: as a record has it, or with empty places. */
export function publicationSkeleton(record: PublicationRecord | undefined): readonly string[] {
  const { shape } = publication
  const heading = `publications: # ${studyFileSchema.shape.publications.description}`
  if (record === undefined)
    return [
      heading,
      '  - code: report',
      '    role: primary',
      ...(['pmid', 'doi'] as const).map((key) => `    # ${key}: # ${shape[key].description}`),
      fillIn('title', shape.title, 4),
      ...(['journal', 'volume', 'issue', 'pages'] as const).map((key) => `    # ${key}: # ${shape[key].description}`),
      fillIn('published', shape.published, 4),
      '    authors: { missing: not_reported } # or a list, such as: [{ last_name: Doe, fore_name: Jane, initials: J }]',
      ...EMPTY_SOURCE,
    ]
  const { sections, rights, headings } = record
  const held =
    sections.length === 0 ? undefined : [{ ...ABSTRACT, ...(rights === undefined ? {} : { rights }), sections }]
  const entry = inSchemaOrder({ ...record.publication, code: 'report', role: 'primary', sources: held })
  const [, ...lines] = writeYaml({ publications: [entry] })
    .trimEnd()
    .split('\n')
  return [heading, ...lines, ...(held === undefined ? EMPTY_SOURCE : []), ...meshLines(headings)]
}

const ABSTRACT = { code: 'abstract', kind: 'abstract', label: 'Abstract' }

/** What has a value, in the order of the schema. */
const inSchemaOrder = (fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.keys(publication.shape).flatMap((key) => (fields[key] === undefined ? [] : [[key, fields[key]]])),
  )

const EMPTY_SOURCE: readonly string[] = [
  '    sources:',
  ...Object.entries(ABSTRACT).map(([key, value], index) => `      ${index === 0 ? '- ' : '  '}${key}: ${value}`),
  '        # rights: whose text it is',
  '        sections:',
  '          - code: results',
  '            label: Results',
  `            body: ${todo('the text that the numbers are read from, letter for letter (body: >- and the text below it)')}`,
  '      # A table that you do not hold as text: - { code: table-2, kind: table, label: Table 2 }',
]

/** MEDLINE names MeSH terms without their identifiers: they wait in comments for somebody to look these up. */
function meshLines(headings: readonly Heading[]): readonly string[] {
  if (headings.length === 0) return []
  const star = (major: boolean) => (major ? ', major: true' : '')
  const term = (name: string) => inlineText(name, 'flow')
  return [
    '    # The MeSH terms, for whom looks up their identifiers at https://meshb.nlm.nih.gov',
    '    # mesh:',
    ...headings.flatMap(({ descriptor, major, qualifiers }) => {
      const start = `    #   - { descriptor: ${term(descriptor)}, ui: D${star(major)}`
      return qualifiers.length === 0
        ? [`${start} }`]
        : qualifiers.map(
            (qualifier) => `${start}, qualifier: { name: ${term(qualifier.name)}, ui: Q${star(qualifier.major)} } }`,
          )
    }),
  ]
}
