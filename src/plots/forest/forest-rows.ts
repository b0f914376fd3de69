import { BOLD, PLAIN, SMALL } from '../lettering.ts'
import { intervalText, type NumberFormat } from '../number-text.ts'
import type { Lettering } from '../text-width.ts'
import { wrapped } from '../text-width.ts'
import type { Estimate, ForestData, ForestGroup, ForestStudy, ForestSummary, Interval } from './forest-data.ts'

/** What a row's part of the plot shows. */
export type Drawing =
  | { readonly shape: 'study'; readonly effect: Estimate; readonly weight: number | undefined }
  | { readonly shape: 'summary'; readonly effect: Estimate; readonly isOverall: boolean }
  | { readonly shape: 'prediction'; readonly interval: Interval }

/** A row of the table: its words, and what is drawn in it. */
export interface ForestRow {
  readonly role: 'group' | 'study' | 'summary' | 'prediction' | 'words'
  /** In lines. Those of `words` go on below the columns of data. */
  readonly label: readonly string[]
  readonly cells: readonly string[]
  readonly effect: string
  readonly weight: string
  readonly drawing: Drawing | undefined
}

/** How a row's words are set. */
export const letteringOf = ({ role }: ForestRow): Lettering =>
  role === 'group' || role === 'summary' ? BOLD : role === 'words' ? SMALL : PLAIN

/** Names are broken into lines no wider than this: 80 wide letters take four. */
const WIDEST_LABEL = 250
const MOST_LINES = 5

/** How wide the words below a summary may be where names and data are narrow. */
export const WORDS_WIDTH = 310

/** All rows from above to below; `wordsWidth` is how far the words below a summary may go. */
export const forestRows = ({ groups, overall, format }: ForestData, wordsWidth: number): readonly ForestRow[] => [
  ...groups.flatMap((group) => groupRows(group, { isOverall: false, wordsWidth, format })),
  ...(overall === undefined ? [] : summaryRows(overall, { isOverall: true, wordsWidth, format })),
]

interface Setting {
  readonly isOverall: boolean
  readonly wordsWidth: number
  readonly format: NumberFormat
}

const groupRows = ({ label, studies, summary }: ForestGroup, setting: Setting): ForestRow[] => [
  ...(label === undefined ? [] : [{ ...EMPTY, role: 'group' as const, label: lines(label, BOLD) }]),
  ...studies.map((study) => studyRow(study, setting)),
  ...(summary === undefined ? [] : summaryRows(summary, setting)),
]

const studyRow = ({ label, cells, effect, note, weight }: ForestStudy, { format }: Setting): ForestRow => ({
  role: 'study',
  label: lines(label, PLAIN),
  cells,
  effect: effect === undefined ? (note ?? NONE) : effectText(effect, format),
  weight: weightText(weight),
  drawing: effect === undefined ? undefined : { shape: 'study', effect, weight },
})

function summaryRows(
  { label, cells, effect, note, weight, prediction, lines: words }: ForestSummary,
  { isOverall, wordsWidth, format }: Setting,
): ForestRow[] {
  const rows: ForestRow[] = [
    {
      role: 'summary',
      label: lines(label, BOLD),
      cells,
      effect: effect === undefined ? NONE : effectText(effect, format),
      weight: weightText(weight),
      drawing: effect === undefined ? undefined : { shape: 'summary', effect, isOverall },
    },
  ]
  if (prediction !== undefined)
    rows.push({
      ...EMPTY,
      role: 'prediction',
      label: ['Prediction interval'],
      effect: intervalText(prediction, format),
      drawing: { shape: 'prediction', interval: prediction },
    })
  const below = [...(note === undefined ? [] : [note]), ...words].flatMap((one) => wrapped(one, wordsWidth, SMALL))
  return below.length === 0 ? rows : [...rows, { ...EMPTY, role: 'words', label: below }]
}

/** An estimate with its interval in brackets. */
export const effectText = (effect: Estimate, format: NumberFormat): string =>
  `${format(effect.estimate)} ${intervalText(effect, format)}`

const NONE = 'not estimable'
const EMPTY = { cells: [], effect: '', weight: '', drawing: undefined }

const lines = (text: string, lettering: Lettering): readonly string[] =>
  wrapped(text, WIDEST_LABEL, { ...lettering, mostLines: MOST_LINES })

const weightText = (weight: number | undefined): string => (weight === undefined ? '' : `${weight.toFixed(1)}%`)
