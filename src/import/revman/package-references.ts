import { EvidenceError } from '../../errors.ts'
import type { PublicationRecord } from '../../model/publication-record.ts'
import { isMissing } from '../../model/study-file/values.ts'
import { readRis } from '../ris/read-ris.ts'
import { splitRis } from '../ris/split-ris.ts'
import { brokenImport } from '../stream/invalid-import.ts'
import type { XmlElement } from '../stream/xml-element.ts'

type Publication = PublicationRecord['publication']

/** The study that a reference reports, as RevMan Web names it. */
const STUDY = /^NS {1,2}- *(.*\S)\s*$/m

/**
 * The references of a data package (included.ris) by the names of their studies, in the shape that RevMan 5 has. One
 * without a title is none: studies that nobody described have such.
 *
 * @throws EvidenceError IMPORT_FILE_INVALID  it isn't RIS, or a record of it can't be read
 */
export async function packageReferences(
  bytes: Uint8Array,
  file: string,
): Promise<ReadonlyMap<string, readonly XmlElement[]>> {
  const found = new Map<string, XmlElement[]>()
  if (Buffer.from(bytes).toString('latin1').trim().length <= MARK) return found
  for await (const batch of splitRis(whole(bytes), file))
    for (const record of batch) {
      const study = STUDY.exec(Buffer.from(record.bytes).toString('utf8'))?.[1]
      const publication = readPublication(record, file)
      if (study === undefined || publication === undefined || publication.title === '') continue
      found.set(study, [...(found.get(study) ?? []), reference(publication, record.line)])
    }
  return found
}

/** A byte order mark alone is three bytes. */
const MARK = 3

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

function readPublication(record: Parameters<typeof readRis>[0], file: string): Publication | undefined {
  try {
    const reading = readRis(record)
    return reading.kind === 'publication' ? reading.record.publication : undefined
  } catch (error) {
    if (!(error instanceof EvidenceError)) throw error
    throw brokenImport(file, { line: record.line }, error.message)
  }
}

function reference(publication: Publication, line: number): XmlElement {
  const { authors, title, journal, published, volume, issue, pages, types } = publication
  const element = (
    name: string,
    attributes: Readonly<Record<string, string>>,
    content: XmlElement['content'],
  ): XmlElement => ({ name, index: 0, place: { line }, attributes, content })
  const field = (name: string, text: string | undefined) => (text ? [element(name, {}, [text])] : [])
  const identifiers = [
    ['DOI', publication.doi],
    ['PUBMED', publication.pmid],
    ['PMC', publication.pmcid],
  ].flatMap(([type = '', value]) =>
    value === undefined ? [] : [element('IDENTIFIER', { TYPE: type, VALUE: value }, [])],
  )
  const isArticle = types?.some(({ name }) => name === 'Journal Article') === true
  return element('REFERENCE', isArticle ? { TYPE: 'JOURNAL_ARTICLE' } : {}, [
    ...field('AU', isMissing(authors) ? undefined : authors.map(nameOf).join(', ')),
    ...field('TI', title),
    ...field('SO', journal),
    ...field('YR', published),
    ...field('VL', volume),
    ...field('NO', issue),
    ...field('PG', pages),
    element('IDENTIFIERS', {}, identifiers),
  ])
}

/** Family name and initials, as RevMan 5 writes them. Commas part its authors. */
function nameOf(author: Exclude<Publication['authors'], { missing: unknown }>[number]): string {
  if ('collective_name' in author) return author.collective_name.replaceAll(',', '')
  const initials = author.initials ?? author.fore_name?.match(/(?<!\p{L})\p{Lu}/gu)?.join('')
  return [author.last_name, initials].filter(Boolean).join(' ').replaceAll(',', '')
}
