import type { Heading, PublicationRecord } from '../../model/publication-record.ts'
import { filled, once } from '../bibliography/listed.ts'
import { child, children, type XmlElement } from '../stream/xml-element.ts'
import type { RecordSource } from './record-source.ts'

type Publication = PublicationRecord['publication']
type Mesh = NonNullable<Publication['mesh']>
type Types = Publication['types']

const DESCRIPTOR_UI = /^D\d{6,9}$/
const QUALIFIER_UI = /^Q\d{6,9}$/

/**
 * The MeSH headings: a line per qualifier where all have identifiers, as they do since 2015; else by their names.
 */
export function pubmedMesh(
  source: RecordSource,
  list: XmlElement | undefined,
): { readonly mesh: Publication['mesh']; readonly headings: readonly Heading[] } {
  const mesh: Mesh = []
  const headings: Heading[] = []
  for (const element of children(list, 'MeshHeading')) {
    const descriptor = term(source, child(element, 'DescriptorName'), DESCRIPTOR_UI)
    if (descriptor === undefined) continue
    const qualifiers = children(element, 'QualifierName').flatMap((name) => term(source, name, QUALIFIER_UI) ?? [])
    const lines = meshLines(descriptor, qualifiers)
    if (lines !== undefined) mesh.push(...lines)
    else
      headings.push({
        descriptor: descriptor.name,
        major: descriptor.major,
        qualifiers: qualifiers.map(({ name, major }) => ({ name, major })),
      })
  }
  return { mesh: filled(mesh), headings }
}

interface Term {
  readonly name: string
  readonly ui: string | undefined
  readonly major: boolean
}

function term(source: RecordSource, element: XmlElement | undefined, shape: RegExp): Term | undefined {
  const name = source.words(element)
  if (element === undefined || name === undefined) return undefined
  const ui = shape.test(element.attributes.UI ?? '') ? source.attribute(element, 'UI') : undefined
  return { name, ui, major: source.isYes(element, 'MajorTopicYN') }
}

function meshLines(descriptor: Term, qualifiers: readonly Term[]): Mesh | undefined {
  if (descriptor.ui === undefined) return undefined
  const line = { descriptor: descriptor.name, ui: descriptor.ui, ...major(descriptor) }
  if (qualifiers.length === 0) return [line]
  const lines = qualifiers.flatMap((qualifier) =>
    qualifier.ui === undefined
      ? []
      : [{ ...line, qualifier: { name: qualifier.name, ui: qualifier.ui, ...major(qualifier) } }],
  )
  return lines.length === qualifiers.length ? lines : undefined
}

const major = (of: { readonly major: boolean }): { major?: true } => (of.major ? { major: true } : {})

export const pubmedTypes = (source: RecordSource, list: XmlElement | undefined): Types =>
  filled(
    children(list, 'PublicationType').flatMap((element) => {
      const name = source.words(element)
      return name === undefined ? [] : [{ name, ...uiOf(source, element) }]
    }),
  )

/** A registry number of 0 is none. */
export const pubmedSubstances = (source: RecordSource, list: XmlElement | undefined): Publication['substances'] =>
  filled(
    children(list, 'Chemical').flatMap((element) => {
      const named = child(element, 'NameOfSubstance')
      const name = source.words(named)
      if (name === undefined) return []
      const number = source.at(element, 'RegistryNumber') ?? '0'
      return [{ name, ...(number === '0' ? {} : { registry_number: number }), ...uiOf(source, named) }]
    }),
  )

function uiOf(source: RecordSource, element: XmlElement | undefined): { ui?: string } {
  const ui = source.attribute(element, 'UI')
  return ui === undefined || ui === '' ? {} : { ui }
}

export const pubmedKeywords = (source: RecordSource, record: XmlElement): Publication['keywords'] =>
  filled(
    children(record, 'KeywordList').flatMap((list) =>
      children(list, 'Keyword').flatMap((element) => {
        const keyword = source.words(element)
        return keyword === undefined ? [] : [{ keyword, ...major({ major: source.isYes(element, 'MajorTopicYN') }) }]
      }),
    ),
  )

/** Comments, corrections and what else ties it to other publications, by PubMed's own names. */
export const pubmedLinks = (source: RecordSource, list: XmlElement | undefined): Publication['links'] =>
  filled(
    children(list, 'CommentsCorrections').flatMap((element) => {
      const type = source.attribute(element, 'RefType')
      if (type === undefined || type === '') return []
      const from = source.at(element, 'RefSource')
      const pmid = source.shaped(children(element, 'PMID'), /^\d+$/)
      const note = source.at(element, 'Note')
      return [
        {
          type,
          ...(from === undefined ? {} : { source: from }),
          ...(pmid === undefined ? {} : { pmid }),
          ...(note === undefined ? {} : { note }),
        },
      ]
    }),
  )

/** Numbers in registries of trials and other data banks, each once though PubMed has some twice. */
export const pubmedRegistrations = (
  source: RecordSource,
  list: XmlElement | undefined,
): PublicationRecord['registrations'] =>
  once(
    children(list, 'DataBank').flatMap((bank) => {
      const numbers = source.all(child(bank, 'AccessionNumberList'), 'AccessionNumber')
      const registry = numbers.length === 0 ? undefined : source.at(bank, 'DataBankName')
      return numbers.map((value) => ({ registry: registry?.toLowerCase() ?? 'unknown', value }))
    }),
  )
