import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { example } from '../output.ts'
import { importMeshCommand } from './import/mesh.ts'
import { importRecordsCommand, type KindOfRecords } from './import/records.ts'

const PUBMED: KindOfRecords = {
  verb: 'pubmed',
  summary: 'PubMed records as XML: efetch, the website, the yearly baseline',
  description:
    "Reads PubMed's XML (PubmedArticleSet, and its books and deletions): publications with their authors, abstracts, MeSH,\nnotices and registry numbers.",
  example: 'import pubmed pubmed24n0001.xml.gz',
  formatOf: () => 'pubmed_xml',
}

export function importCommand(program: Command, context: Context, fail: (code?: number) => void): void {
  const command = program
    .command('import')
    .summary('files from elsewhere')
    .description('Reads files that others publish, as a stream, in memory that does not grow with them.')
    .addHelpText('after', example('import mesh desc2024.xml.gz qual2024.xml'))
    .helpCommand(false)
  importRecordsCommand(command, context, fail, PUBMED)
  importMeshCommand(command, context)
}
