import type { MeshDescriptorRecord, MeshQualifierRecord } from '../../model/mesh-record.ts'
import { invalidImport } from '../stream/invalid-import.ts'
import { child, children, textOf, type XmlElement } from '../stream/xml-element.ts'
import { descriptorUi, meshName, qualifierUi, synonymsOf, treeNumber } from './mesh-values.ts'

/** @throws EvidenceError IMPORT_FILE_INVALID  the element is no descriptor's, or lacks its identifier or name */
export function descriptorOfXml(record: XmlElement, file: string): MeshDescriptorRecord {
  requireRecord(record, 'DescriptorRecord', file)
  const at = (element: XmlElement | undefined) => ({ file, place: element?.place ?? record.place })
  const ui = child(record, 'DescriptorUI')
  const nameAt = child(record, 'DescriptorName', 'String')
  const name = meshName(textOf(nameAt), 'DescriptorName', at(nameAt))
  const concepts = children(child(record, 'ConceptList'), 'Concept')
  const preferred = concepts.find(({ attributes }) => attributes.PreferredConceptYN === 'Y') ?? concepts[0]
  const terms = concepts
    .flatMap((concept) => children(child(concept, 'TermList'), 'Term'))
    .map((term) => meshName(textOf(child(term, 'String')), 'String of a Term', at(term)))
  return {
    ui: descriptorUi(textOf(ui), at(ui)),
    name,
    scopeNote: textOf(child(preferred, 'ScopeNote')) ?? null,
    treeNumbers: unique(
      children(child(record, 'TreeNumberList'), 'TreeNumber').map((at1) => treeNumber(textOf(at1), at(at1))),
    ),
    entryTerms: synonymsOf(name, terms),
  }
}

/** @throws EvidenceError IMPORT_FILE_INVALID  the element is no qualifier's, or lacks its identifier or name */
export function qualifierOfXml(record: XmlElement, file: string): MeshQualifierRecord {
  requireRecord(record, 'QualifierRecord', file)
  const [ui, name] = [child(record, 'QualifierUI'), child(record, 'QualifierName', 'String')]
  return {
    ui: qualifierUi(textOf(ui), { file, place: ui?.place ?? record.place }),
    name: meshName(textOf(name), 'QualifierName', { file, place: name?.place ?? record.place }),
  }
}

function requireRecord(record: XmlElement, name: string, file: string): void {
  if (record.name !== name)
    throw invalidImport(file, record.place, `expected a ${name}; found the element ${record.name.slice(0, 60)}`)
}

const unique = (values: readonly string[]): string[] => [...new Set(values)]
