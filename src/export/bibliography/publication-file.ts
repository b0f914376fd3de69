import { type PublicationForExport, publications } from '../../queries/publications.ts'
import type { ExportTarget } from '../export-target.ts'

/** A target of one file that has one record after another, a record for each publication in the order of their keys. */
export const publicationFile = (name: string, record: (publication: PublicationForExport) => string): ExportTarget => ({
  heeds: ['studies', 'review'],
  files: async function* (db, choices) {
    yield { name, chunks: recordsOf(publications(db, choices), record) }
  },
})

async function* recordsOf(
  pages: AsyncIterable<readonly PublicationForExport[]>,
  record: (publication: PublicationForExport) => string,
): AsyncGenerator<string> {
  for await (const page of pages) yield page.map(record).join('')
}
