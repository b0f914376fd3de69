import type { ExtractionChoices } from '../../queries/extraction/choices.ts'
import type { Transaction } from '../../queries/selection.ts'
import { wholeStudies } from '../../queries/whole-studies.ts'
import type { ExportListener, ExportTarget } from '../export-target.ts'
import { studyFileOf } from '../study-file/study-file-of.ts'

/** Whole studies, one a line: each line is a study file in JSON. */
export const STUDIES_AS_JSON: ExportTarget = {
  heeds: ['studies', 'review'],
  async *files(db, choices, listener) {
    yield { name: 'studies.jsonl', chunks: lines(db, choices, listener) }
  },
}

async function* lines(db: Transaction, choices: ExtractionChoices, listener?: ExportListener): AsyncGenerator<string> {
  for await (const record of wholeStudies(db, choices)) {
    listener?.study?.(record)
    yield `${JSON.stringify(studyFileOf(record))}\n`
  }
}
