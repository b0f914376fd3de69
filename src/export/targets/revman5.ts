import { createHash } from 'node:crypto'
import { groupedBy } from '../../model/grouped-by.ts'
import type { ExtractionChoices } from '../../queries/extraction/choices.ts'
import { Notes } from '../../queries/extraction/notes.ts'
import { PAIR_CHOICES } from '../../queries/extraction/pair-columns.ts'
import type { Transaction } from '../../queries/selection.ts'
import type { ExportTarget } from '../export-target.ts'
import { analysesOf, type Comparison } from '../revman/analyses.ts'
import { tellOtherTools } from '../revman/risk-of-bias.ts'
import { rm5Comparisons } from '../revman/rm5-analyses.ts'
import { rm5Bias } from '../revman/rm5-bias.ts'
import {
  afterAnalyses,
  afterCharacteristics,
  beforeAnalyses,
  beforeStudies,
  betweenStudiesAndCharacteristics,
} from '../revman/rm5-frame.ts'
import { characteristicsElement, studyElement } from '../revman/rm5-studies.ts'
import { publicationsOf, studyPages } from '../revman/study-pages.ts'

/**
 * A review of RevMan 5: studies with their references and characteristics, risk of bias by RoB 1, and analyses. RevMan 5
 * has no place for notes on a row of an analysis: they stand among the notes on its study.
 */
export const REVMAN5: ExportTarget = {
  heeds: [...PAIR_CHOICES, 'prefer'],
  async *files(db, choices, listener) {
    const notes = new Notes()
    yield { name: 'review.rm5', chunks: chunksOf(db, choices, notes) }
    listener?.leftOut(notes.told)
  },
}

async function* chunksOf(db: Transaction, choices: ExtractionChoices, told: Notes): AsyncGenerator<string> {
  const comparisons = await analysesOf(db, choices, told)
  const footnotes = footnotesByStudy(comparisons)
  yield beforeStudies(await reviewOf(db, choices))
  for await (const page of studyPages(db, choices)) {
    const publications = await publicationsOf(
      db,
      page.map(({ key }) => key),
    )
    yield page.map((study) => studyElement(study, publications(study.key))).join('')
  }
  yield betweenStudiesAndCharacteristics()
  for await (const page of studyPages(db, choices))
    yield page.map((study) => characteristicsElement(study, footnotes(study.key))).join('')
  yield afterCharacteristics()
  yield* rm5Bias(db, choices, told)
  await tellOtherTools(db, choices, ['rob-1'], told)
  yield beforeAnalyses()
  yield* rm5Comparisons(comparisons)
  yield afterAnalyses()
}

/** RevMan's ids of reviews are numbers: ours is made of the review's key, and so it stays. */
async function reviewOf(db: Transaction, { review }: ExtractionChoices) {
  const found = review === undefined ? null : await db.review.findUnique({ where: { id: review } })
  const digest = createHash('sha256')
    .update(review ?? '')
    .digest()
  return { id: String(digest.readBigUInt64BE() % 10n ** 18n), title: found?.title ?? 'Studies of an evidence base' }
}

function footnotesByStudy(comparisons: readonly Comparison[]): (study: string) => readonly string[] {
  const rows = comparisons.flatMap(({ number: comparison, analyses }) =>
    analyses.flatMap(({ number, name, rows: of }) =>
      of
        .filter(({ footnotes }) => footnotes.length > 0)
        .map(({ study, footnotes }) => ({ study, text: `${comparison}.${number} ${name}: ${footnotes.join('. ')}.` })),
    ),
  )
  const byStudy = groupedBy(rows, ({ study }) => study)
  return (study) => (byStudy.get(study) ?? []).map(({ text }) => text)
}
