import type { RecordSplitter } from '../../model/reading.ts'
import { splitRecords } from '../stream/split-records.ts'
import { utf8Bytes } from '../stream/utf8-bytes.ts'
import { declaredEncoding } from '../stream/xml-encoding.ts'
import { PubmedEnvelope } from './pubmed-envelope.ts'

/**
 * Splits XML of PubMed, as efetch, the website and the yearly baseline give it: PubmedArticle, PubmedBookArticle,
 * MedlineCitation and DeleteCitation elements within a root. A document type declaration is passed over unread.
 *
 * A file is refused as a whole when its root element is another, when there is none around several records, and when
 * something follows it. A record that is ill-formed, or bytes of it that are no UTF-8, are for its reader to refuse.
 *
 * @throws EvidenceError IMPORT_FILE_INVALID  as above; the file ends too early, or a record is longer than 16 MB
 * @checked test/import/pubmed/split-pubmed-xml.test.ts
 */
export const splitPubmedXml: RecordSplitter = (bytes, file) =>
  splitRecords(utf8Bytes(bytes, file, declaredEncoding), (window) => new PubmedEnvelope(window, file))
