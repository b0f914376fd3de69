import { EvidenceError } from '../../errors.ts'
import type { RawRecord, StudyReading } from '../../model/reading.ts'
import { child, children, parseXmlElement } from '../stream/xml-element.ts'
import { legacyProtocol } from './legacy-protocol.ts'
import { legacyResults } from './legacy-results.ts'
import { isoDate, LegacySource } from './legacy-source.ts'
import { readStudyObject, textOfRecord } from './read-study.ts'

/**
 * Reads a `clinical_study` of ClinicalTrials.gov's legacy XML, and needs nothing but it: it is brought into the shape of the
 * newer format, and read as that.
 *
 * @returns the study, and the paths that stay in the kept record alone
 * @throws EvidenceError RECORD_INVALID  as `readCtgovStudy`; the XML is not well-formed
 */
export function readCtgovXml({ bytes }: RawRecord): StudyReading {
  const study = parseXmlElement(textOfRecord(bytes))
  if (study.name !== 'clinical_study')
    throw new EvidenceError('RECORD_INVALID', `the record is a ${study.name.slice(0, 60)}; expected a clinical_study`)
  const source = new LegacySource()
  const results = child(study, 'clinical_results')
  const plain = {
    protocolSection: legacyProtocol(source, study),
    ...(results === undefined ? {} : { resultsSection: legacyResults(source, results) }),
    derivedSection: {
      // Headings without their numbers.
      conditionBrowseModule: {
        meshes: source.texts(child(study, 'condition_browse'), 'mesh_term').map((term) => ({ term })),
      },
      interventionBrowseModule: {
        meshes: source.texts(child(study, 'intervention_browse'), 'mesh_term').map((term) => ({ term })),
      },
    },
    documentSection: {
      largeDocumentModule: {
        largeDocs: children(child(study, 'provided_document_section'), 'provided_document').map((document) => ({
          label: source.text(document, 'document_type'),
          date: isoDate(source.text(document, 'document_date')),
          filename: source.text(document, 'document_url'),
        })),
      },
    },
  }
  const reading = readStudyObject(plain)
  return { ...reading, unmapped: [...source.unread(study), ...reading.unmapped] }
}
