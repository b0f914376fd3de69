import { closing, element, leaf, opening } from '../../model/xml.ts'
import type { ExtractionChoices } from '../../queries/extraction/choices.ts'
import type { Notes } from '../../queries/extraction/notes.ts'
import type { Transaction } from '../../queries/selection.ts'
import { paragraphs } from './paragraphs.ts'
import { ALL_OUTCOMES, type BiasItem, biasItems, judgedPages } from './risk-of-bias.ts'
import { studyId } from './rm5-studies.ts'

const TOOL = 'rob-1'
/** RevMan 5 asks these for outcomes or groups of them, and the others for a study as a whole. */
const OF_OUTCOMES = ['blinding-participants', 'blinding-assessment', 'incomplete-data']
/** "Yes" is a low risk of bias: by severity from 1. */
const RESULTS = ['UNKNOWN', 'YES', 'UNKNOWN', 'NO']

/** The judgements by the one tool that RevMan 5 knows, a piece for each page of studies. */
export async function* rm5Bias(db: Transaction, choices: ExtractionChoices, told: Notes): AsyncGenerator<string> {
  const items = await biasItems(db, choices, TOOL)
  if (items.length === 0) {
    yield leaf('QUALITY_ITEMS')
    return
  }
  yield opening('QUALITY_ITEMS')
  for (const [index, item] of items.entries()) yield* itemOf(db, choices, item, index + 1, told)
  yield closing('QUALITY_ITEMS')
}

async function* itemOf(
  db: Transaction,
  choices: ExtractionChoices,
  { domain, code, overall, on }: BiasItem,
  number: number,
  told: Notes,
): AsyncGenerator<string> {
  const digits = String(number).padStart(2, '0')
  const byOutcome = OF_OUTCOMES.includes(code) || on.some((outcome) => outcome !== null)
  const groups = new Map(on.map((outcome, index) => [outcome, `QIG-${digits}.${String(index + 1).padStart(2, '0')}`]))
  yield opening('QUALITY_ITEM', {
    CORE_ITEM: overall ? 'NO' : 'YES',
    ID: `QIT-${digits}`,
    LEVEL: byOutcome ? 'GROUP' : 'STUDY',
    NO: number,
  })
  yield leaf('NAME', domain) + leaf('DESCRIPTION')
  if (byOutcome)
    for (const [index, [outcome, id]] of [...groups].entries())
      yield element('QUALITY_ITEM_DATA_ENTRY_GROUP', { ID: id, NO: index + 1 }, leaf('NAME', outcome ?? ALL_OUTCOMES))
  yield opening('QUALITY_ITEM_DATA')
  for await (const rows of judgedPages(db, choices, { tool: TOOL, domain }, told))
    yield rows
      .map(({ study, on: outcome, severity, support }) =>
        element(
          'QUALITY_ITEM_DATA_ENTRY',
          {
            GROUP_ID: byOutcome ? (groups.get(outcome) ?? null) : null,
            RESULT: RESULTS[severity ?? 0] ?? 'UNKNOWN',
            STUDY_ID: studyId(study),
          },
          element('DESCRIPTION', {}, paragraphs([support])),
        ),
      )
      .join('')
  yield closing('QUALITY_ITEM_DATA') + closing('QUALITY_ITEM')
}
