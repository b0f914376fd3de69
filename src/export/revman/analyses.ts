import { groupedBy } from '../../model/grouped-by.ts'
import { EFFECTS_INPUT, type EffectInputRow } from '../../queries/extract-effects-input.ts'
import type { ExtractionChoices } from '../../queries/extraction/choices.ts'
import type { Notes } from '../../queries/extraction/notes.ts'
import type { Transaction } from '../../queries/selection.ts'
import { footnotesOf } from './footnotes.ts'
import { type EffectMeasure, isOfMeans, isOfTables, type Measure, measureCalled } from './measures.ts'
import { type Numbers, numbersOf } from './numbers.ts'

/** What one study gives to an analysis. */
export interface DataRow {
  readonly study: string
  readonly year: number | null
  readonly numbers: Numbers
  readonly footnotes: readonly string[]
}

/** The rows of studies that answer one question: RevMan pools them. No study has more than one of them. */
export interface Analysis {
  /** From 1 within its comparison. */
  readonly number: number
  readonly name: string
  readonly data: Numbers['data']
  readonly measure: Measure
  /** Of means. */
  readonly unit: string | null
  readonly rows: readonly DataRow[]
}

/** Two groups that are set against each other in one or several analyses. */
export interface Comparison {
  /** From 1. */
  readonly number: number
  readonly experimental: string
  readonly control: string
  readonly analyses: readonly Analysis[]
}

/** What a review says of all its analyses. */
interface Asked {
  /** The question, which all its results answer; undefined where the arms are chosen otherwise. */
  readonly question: { readonly intervention: string; readonly comparator: string | null } | undefined
  /** The measures of its outcomes, by their labels, where it says them. */
  readonly measures: ReadonlyMap<string | null, EffectMeasure | null>
}

interface Growing {
  readonly number: number
  readonly name: string
  readonly data: Numbers['data']
  readonly measure: Measure
  readonly unit: string | null
  readonly rows: DataRow[]
  readonly studies: Set<string>
}

/**
 * The comparisons and analyses of what the choices take, numbered as they come in the order of studies. A comparison is a
 * pair of arms as the studies call them; of a review, unless the arms were chosen otherwise, it is the review's question.
 * An analysis is an outcome at a time, of a review its own outcome. A study's second row of the same analysis, of other
 * participants or groups, goes to an analysis of its own, which says whose it is: nobody is pooled twice.
 *
 * Weights need all rows of an analysis, and so their numbers are held; texts about studies are not.
 *
 * @param told  is told what had to be left out
 */
export async function analysesOf(
  db: Transaction,
  choices: ExtractionChoices,
  told: Notes,
): Promise<readonly Comparison[]> {
  const { question, measures } = await askedBy(db, choices)
  const comparisons = new Map<string, Omit<Comparison, 'analyses'> & { readonly analyses: Map<string, Growing> }>()
  const pages = EFFECTS_INPUT.pages(db, choices)
  for await (const page of pages) {
    const armOf = await armsOfGroups(db, page)
    for (const row of page) {
      const numbers = numbersOf(row, choices, told)
      if (numbers === undefined) continue
      const experimental = question?.intervention ?? armOf(row.study, row.experimental)
      const control = question === undefined ? armOf(row.study, row.control) : (question.comparator ?? 'Control')
      const versus = JSON.stringify([experimental, control])
      let comparison = comparisons.get(versus)
      if (comparison === undefined) {
        comparison = { number: comparisons.size + 1, experimental, control, analyses: new Map() }
        comparisons.set(versus, comparison)
      }
      const measure = measureOf(row, measures.get(row.review_outcome) ?? null, told)
      place(comparison.analyses, row, numbers, measure, choices, told)
    }
  }
  told.add(pages.metadata.notes)
  return [...comparisons.values()].map(({ analyses, ...comparison }) => ({
    ...comparison,
    analyses: [...analyses.values()].map(({ studies: _, ...analysis }) => analysis),
  }))
}

/** Of a group that is a part of one arm the arm's label, so that its results are in the arm's comparison; else the group's. */
async function armsOfGroups(
  db: Transaction,
  rows: readonly EffectInputRow[],
): Promise<(study: string, group: string) => string> {
  const groups = await db.studyGroup.findMany({
    where: { studyId: { in: [...new Set(rows.map(({ study }) => study))] } },
    select: { studyId: true, label: true, arms: { select: { arm: { select: { label: true } } } } },
  })
  const labels = groupedBy(groups, ({ studyId, label }) => JSON.stringify([studyId, label]))
  return (study, group) => {
    const arms = labels.get(JSON.stringify([study, group]))?.flatMap((one) => one.arms) ?? []
    const [only, ...others] = new Set(arms.map(({ arm }) => arm.label))
    return only === undefined || others.length > 0 ? group : only
  }
}

async function askedBy(db: Transaction, { review, arms }: ExtractionChoices): Promise<Asked> {
  const found =
    review === undefined
      ? null
      : await db.review.findUnique({ where: { id: review }, include: { outcomes: { orderBy: { position: 'asc' } } } })
  return {
    question: found !== null && (arms === undefined || arms === 'comparisons') ? found : undefined,
    measures: new Map(found?.outcomes.map(({ label, measure }) => [label, measure])),
  }
}

/** Puts a row where no other of its study is. */
function place(
  analyses: Map<string, Growing>,
  row: EffectInputRow,
  numbers: Numbers,
  measure: Measure,
  choices: ExtractionChoices,
  told: Notes,
): void {
  const unit = row.data === 'continuous' ? row.unit : null
  const when = row.review_outcome === null ? row.timepoint : null
  const what = [row.review_outcome ?? row.outcome, when, row.subgroup].filter((part) => part !== null).join(', ')
  const whose = [row.analysis_set, `${row.experimental} v. ${row.control}`].filter((part) => part !== null)
  const names = [what, ...whose.map((_, index) => `${what}, ${whose.slice(0, index + 1).join(', ')}`)]
  for (let index = 0; ; index++) {
    const name = names[index] ?? `${names.at(-1)} (${index - names.length + 2})`
    const key = JSON.stringify([name, numbers.data, measure.label, unit])
    let analysis = analyses.get(key)
    if (analysis?.studies.has(row.study)) {
      told.note('a further row of a study for the same outcome has an analysis of its own', `${row.study}: ${name}`)
      continue
    }
    if (analysis === undefined) {
      const number = analyses.size + 1
      analysis = { number, name, data: numbers.data, measure, unit, rows: [], studies: new Set() }
      analyses.set(key, analysis)
    }
    analysis.studies.add(row.study)
    analysis.rows.push({ study: row.study, year: row.year, numbers, footnotes: footnotesOf(row, choices) })
    return
  }
}

/** Risk ratios and mean differences are RevMan's defaults; a review may say otherwise. */
function measureOf(row: EffectInputRow, ofReview: EffectMeasure | null, told: Notes): Measure {
  if (row.data === 'contrast') return measureCalled(row.measure ?? 'other')
  if (row.data === 'counts') return measureCalled('rate_ratio')
  const fits = row.data === 'dichotomous' ? isOfTables : isOfMeans
  if (fits(ofReview)) return measureCalled(ofReview)
  const instead = measureCalled(row.data === 'dichotomous' ? 'risk_ratio' : 'mean_difference')
  if (ofReview !== null)
    told.note(
      `pooled as a ${instead.label}: RevMan makes no ${measureCalled(ofReview).label} of the numbers`,
      row.outcome,
    )
  return instead
}
