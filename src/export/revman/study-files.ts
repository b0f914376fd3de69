import type { ExtractionChoices } from '../../queries/extraction/choices.ts'
import type { Transaction } from '../../queries/selection.ts'
import { csvFile, mapped } from '../csv-file.ts'
import type { ExportFile } from '../export-target.ts'
import { studyPages } from './study-pages.ts'

/** One row for each study, with its characteristics as RevMan Web has them. */
export const studyInformationFile = (name: string, db: Transaction, choices: ExtractionChoices): ExportFile =>
  csvFile(
    name,
    [
      ...(['Study', 'Year', 'Data source', 'Char: Methods', 'Char: Participants', 'Char: Interventions'] as const),
      ...(['Char: Outcomes', 'Char: Notes'] as const),
    ],
    mapped(studyPages(db, choices), (studies) =>
      studies.map((study) => ({
        Study: study.name,
        Year: study.year,
        // Published data, by RevMan's word for it.
        'Data source': study.publications === 0 ? null : 'PUB',
        'Char: Methods': lines(study.methods),
        'Char: Participants': lines(study.participants),
        'Char: Interventions': lines(study.interventions),
        'Char: Outcomes': lines(study.outcomes),
        'Char: Notes': lines(study.notes),
      })),
    ),
  )

const lines = (texts: readonly string[]): string | null => texts.join('\n') || null
