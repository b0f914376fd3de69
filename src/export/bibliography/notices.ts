import type { PublicationForExport } from '../../queries/publications.ts'

/** What ties a publication to others, in words: "Retraction in: J Example. 1999;1:2. PMID: 123". */
export const notices = ({ links }: PublicationForExport): readonly string[] =>
  links.map(({ type, source, pmid }) => `${inWords(type)}: ${citedAs({ source, pmid })}`)

/** The other publication as MEDLINE cites it: as printed, with its PMID where that is known. */
export const citedAs = ({ source, pmid }: Pick<PublicationForExport['links'][number], 'source' | 'pmid'>): string =>
  [source === null ? undefined : source.replace(/\.?\s*$/, '.'), pmid === null ? undefined : `PMID: ${pmid}`]
    .filter(Boolean)
    .join(' ')

/** Whether it was retracted, by a notice or by its publication type. */
export const isRetracted = ({ links, types }: PublicationForExport): boolean =>
  links.some(({ type }) => type === 'RetractionIn') || types.includes('Retracted Publication')

/** RetractionIn → Retraction in. */
const inWords = (type: string): string =>
  type.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace(/^[a-z]/, (l) => l.toUpperCase())
