import type { StudyFile } from '../../../src/model/study-file.ts'

type Publication = StudyFile['publications'][number]

/** Titles that could pass for something else in one of the formats. */
export const HOSTILE_TITLES: readonly string[] = [
  '=cmd()|/c calc',
  'Ends a record:\nER  - \nTY  - JOUR\nTI  - Not a title',
  'Ends a record within the line: ER  - and goes on',
  'PMID- 1\nTI  - Not a title',
  'Open { brace',
  'Closed } brace, and {both}, and }{',
  'A 100% & more_or_less #1 $5 ~tilde ^caret \\textbf{bold} \\',
  '"Quoted" @article{x, title = {y}}',
  'Emoji 😀 and ß, é, 中文',
  'Bell \u0007, escape \u001b[31m, tab \t, next line \u0085, line \u2028 and paragraph \u2029 separators',
  "{\\'E}tude",
  '&Amp % {DNA}',
]

/** The first study with further publications: one for each hostile title, by authors of every kind. */
export function withHostilePublications(file: StudyFile): void {
  const told = (code: string) => ({
    ...{ code, role: 'secondary' as const },
    sources: [{ code: `in-${code}`, kind: 'full_text' as const, label: 'Full text' }],
  })
  file.publications.push(
    ...HOSTILE_TITLES.map(
      (title, index): Publication => ({
        ...told(`hostile-${index}`),
        pmid: String(90_000_001 + index),
        title,
        journal: 'J Example',
        authors: [{ last_name: 'Doe', initials: 'J' }],
      }),
    ),
    {
      ...told('by-many'),
      doi: '10.1000/a_b{c}%20;2-n',
      pmcid: 'PMC7',
      title: 'Authors of every kind',
      journal: 'J Example',
      pages: 'S12-5',
      published: '1998',
      published_printed: '1998 Dec-1999 Jan',
      language: 'ger',
      authors: [
        { last_name: 'van der Berg', fore_name: 'Jan Piet', initials: 'JP', orcid: '0000-0002-1825-0097' },
        { last_name: 'Doe', fore_name: 'John Jr', initials: 'J Jr' },
        { last_name: 'Law', initials: 'TM', affiliation: 'Somewhere' },
        { last_name: 'Plato' },
        { last_name: 'Only Names' },
        { collective_name: 'Cats and Dogs Group, the' },
      ],
      keywords: [{ keyword: 'one, two' }, { keyword: 'three', major: true }],
      substances: [{ name: 'DNA', registry_number: '9007-49-2' }],
      links: [
        { type: 'RetractionIn', source: 'J Example. 1999;1:2', pmid: '123' },
        { type: 'AssociatedDataset', source: 'A data set' },
      ],
      note: 'Read in part.',
    },
    { ...told('bare'), title: 'Nothing but a title', authors: { missing: 'not_reported' } },
  )
}
