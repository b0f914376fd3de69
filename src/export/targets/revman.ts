import type { ExtractionChoices } from '../../queries/extraction/choices.ts'
import { Notes } from '../../queries/extraction/notes.ts'
import { PAIR_CHOICES } from '../../queries/extraction/pair-columns.ts'
import type { Transaction } from '../../queries/selection.ts'
import { csvFile, type Pages } from '../csv-file.ts'
import type { ExportFile, ExportTarget } from '../export-target.ts'
import { analysesOf } from '../revman/analyses.ts'
import { DATA_ROW_COLUMNS, dataRows } from '../revman/data-rows.ts'
import { OVERALL_COLUMNS, overallRows } from '../revman/overall-rows.ts'
import { biasFile, tellOtherTools } from '../revman/risk-of-bias.ts'
import { studyInformationFile } from '../revman/study-files.ts'
import { publicationsOf, studyPages } from '../revman/study-pages.ts'
import { risRecord } from './ris.ts'

/** RevMan pools no subgroups here: the file has its header alone. */
const SUBGROUP_COLUMNS = [
  ...(['Analysis group', 'Analysis number', 'Subgroup', 'Subgroup number', 'Experimental cases'] as const),
  ...(['Experimental N', 'Control cases', 'Control N', 'Weight', 'Mean', 'CI start', 'CI end'] as const),
  ...(['Heterogeneity Tau²', 'Heterogeneity Chi²', 'Heterogeneity df', 'Heterogeneity P'] as const),
  ...(['Heterogeneity I²', 'Effect Z', 'Effect P', 'ID'] as const),
] as const

/**
 * RevMan Web's data package, version 1, in its two folders. What is pooled is so by RevMan's defaults: risk ratios of tables
 * by Mantel and Haenszel, mean differences and the studies' own estimates by inverse variance, one effect for all studies.
 *
 * @source https://documentation.cochrane.org/revman-kb/previous-version-version-1-data-package-332136475.html
 */
export const REVMAN: ExportTarget = {
  heeds: [...PAIR_CHOICES, 'prefer'],
  async *files(db, choices, listener) {
    const notes = new Notes()
    const id = choices.review ?? 'evibase'
    const analysis = (name: string) => `${id}-analysis-data/${id}-${name}.csv`
    const study = (name: string) => `${id}-study-data/${id}-${name}`
    const comparisons = await analysesOf(db, choices, notes)
    yield marked(csvFile(analysis('data-rows'), DATA_ROW_COLUMNS, dataRows(db, comparisons)))
    yield marked(csvFile(analysis('overall-estimates-and-settings'), OVERALL_COLUMNS, overallRows(comparisons)))
    yield marked(csvFile(analysis('subgroup-estimates'), SUBGROUP_COLUMNS, none()))
    yield marked(studyInformationFile(study('study-information.csv'), db, choices))
    const bias = { name: study('risk-of-bias.csv'), tool: 'rob-1', perResult: false }
    yield marked(await biasFile(db, choices, bias, notes))
    await tellOtherTools(db, choices, ['rob-1'], notes)
    yield { name: study('included.ris'), chunks: references(db, choices) }
    listener?.leftOut(notes.told)
  },
}

/** RevMan's CSV files begin with the mark by which spreadsheets know UTF-8. */
const marked = ({ name, chunks }: ExportFile): ExportFile => ({
  name,
  chunks: (async function* () {
    yield '\ufeff'
    yield* chunks
  })(),
})

async function* none(): Pages<Readonly<Record<(typeof SUBGROUP_COLUMNS)[number], null>>> & AsyncGenerator<never> {}

/** The publications of each study, which name it: one that reports several studies is there for each. */
async function* references(db: Transaction, choices: ExtractionChoices): AsyncGenerator<string> {
  for await (const page of studyPages(db, choices)) {
    const publications = await publicationsOf(
      db,
      page.map(({ key }) => key),
    )
    yield page
      .flatMap(({ key, name }) => publications(key).map(({ publication }) => risRecord(publication, name)))
      .join('')
  }
}
