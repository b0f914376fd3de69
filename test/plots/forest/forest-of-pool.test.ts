import { expect, test } from 'vitest'
import { type ForestAsked, forestOfPool } from '../../../src/plots/forest/forest-of-pool.ts'
import { forestPlot } from '../../../src/plots/forest/forest-plot.ts'
import type { NamedStudy } from '../../../src/plots/named-study.ts'
import bcg from '../../reference/bcg-rows.json' with { type: 'json' }
import { overlapsIn, textsOf } from '../geometry.ts'

const trials = bcg.rows.map(({ study, ai, bi, ci, di, alloc }) => ({
  study,
  alloc,
  data: { experimental: { events: ai, total: ai + bi }, control: { events: ci, total: ci + di } },
  effect: undefined,
}))
type Trial = NamedStudy & { readonly alloc: string }

const asked: ForestAsked<Trial> = {
  measure: 'RR',
  options: { method: 'REML', level: 0.95 },
  names: { experimental: 'BCG', control: 'No vaccination' },
  title: undefined,
  favours: undefined,
  bounds: undefined,
  levelOf: undefined,
}

const textsIn = (studies: readonly Trial[], more: Partial<ForestAsked<Trial>> = {}) => {
  const picture = forestPlot(forestOfPool(studies, { ...asked, ...more }).forest)
  expect(overlapsIn(picture)).toEqual([])
  return textsOf(picture).map(({ role, text }) => `${role}: ${text}`)
}

// escalc, rma and weights of metafor 3.8-1 on dat.bcg, rounded as R's sprintf and round do.
test('the picture prints what metafor prints of the BCG trials', () => {
  const texts = textsIn(trials)
  const ofRole = (role: string) =>
    texts.flatMap((text) => (text.startsWith(`${role}: `) ? text.slice(role.length + 2) : []))
  expect(ofRole('effect')).toEqual([
    '0.41 [0.13, 1.26]',
    '0.20 [0.09, 0.49]',
    '0.26 [0.07, 0.92]',
    '0.24 [0.18, 0.31]',
    '0.80 [0.52, 1.25]',
    '0.46 [0.39, 0.54]',
    '0.20 [0.08, 0.50]',
    '1.01 [0.89, 1.14]',
    '0.63 [0.39, 1.00]',
    '0.25 [0.15, 0.43]',
    '0.71 [0.57, 0.89]',
    '1.56 [0.37, 6.53]',
    '0.98 [0.58, 1.66]',
    '0.49 [0.34, 0.70]',
    expect.stringMatching(/^\[.*\]$/),
  ])
  expect(texts).toContain('words-label: Heterogeneity: τ² = 0.31; Q = 152.23, df = 12 (p < 0.001); I² = 92.2%')
  expect(texts).toContain('words-label: Test of the effect: z = −3.97 (p < 0.001)')
  const weights = [5.1, 6.4, 4.4, 9.7, 8.9, 10.1, 6, 10.2, 8.7, 8.4, 9.9, 3.8, 8.4, 100]
  expect(ofRole('weight')).toEqual(weights.map((weight) => `${weight.toFixed(1)}%`))
  expect(ofRole('cell').slice(0, 4)).toEqual(['4', '123', '11', '139'])
})

test('the description tells the result to those who only hear it', () => {
  expect(forestOfPool(trials, asked).forest.description).toContain(
    'Random effects (REML): risk ratio 0.49 [0.34, 0.70] (95% CI).',
  )
})

test('subgroups have their studies, their weights together 100 percent, and a test of their difference', () => {
  const { forest } = forestOfPool(trials, { ...asked, levelOf: ({ alloc }) => alloc })
  expect(forest.groups.map(({ label, studies }) => [label, studies.length])).toEqual([
    ['random', 7],
    ['alternate', 2],
    ['systematic', 4],
  ])
  const weights = forest.groups.flatMap(({ summary }) => summary?.weight ?? [])
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(100, 9)
  expect(forest.overall?.lines.at(-1)).toMatch(/^Difference of subgroups: Q = \d+\.\d\d, df = 2 \(p = /)
})

test('subgroups have prediction intervals where they have three studies', () => {
  const texts = textsIn(trials, { levelOf: ({ alloc }) => alloc })
  const predictions = texts.filter((text) => /^effect: \[/.test(text))
  // rma of metafor 3.8-1 on the trials of each kind of dat.bcg; t with k − 2 degrees of freedom, by R's qt
  expect(predictions.slice(0, 2)).toEqual(['effect: [0.07, 2.20]', 'effect: [0.03, 14.99]'])
  expect(predictions).toHaveLength(3)
})

test('an axis that would nearly reach round numbers ends there', () => {
  const ticks = textsIn(trials).filter((text) => text.startsWith('tick-label: '))
  expect(ticks.map((text) => text.slice('tick-label: '.length))).toEqual(['0.05', '0.1', '0.2', '0.5', '1', '2', '5'])
})

test('a study without an effect keeps its row and its data, and nothing is drawn in it', () => {
  const nobody = { experimental: { events: 0, total: 10 }, control: { events: 0, total: 12 } }
  const texts = textsIn([...trials.slice(0, 3), { study: 'Nobody', alloc: '', data: nobody, effect: undefined }])
  expect(texts).toEqual(expect.arrayContaining(['study-label: Nobody', 'cell: 12', 'effect: not estimable']))
})

test.each([
  { what: 'no study', count: 0, words: 'words-label: there is no study to pool' },
  { what: 'one study', count: 1, words: 'words-label: Heterogeneity: one study cannot tell how studies differ' },
])('$what makes a picture that says what it cannot tell', ({ count, words }) => {
  expect(textsIn(trials.slice(0, count))).toContain(words)
})

test('small differences are printed with decimals enough to tell their intervals', () => {
  const rates = [1, 2, 3].map((events) => ({
    study: `Study ${events}`,
    alloc: '',
    data: { experimental: { events, time: 1e5 }, control: { events: 2 * events, time: 1e5 } },
    effect: undefined,
  }))
  // 1/1e5 − 2/1e5, ± 1.96 √(1/1e10 + 2/1e10)
  expect(textsIn(rates, { measure: 'IRD' })).toContain('effect: −0.000010 [−0.000044, 0.000024]')
})

test.each([
  {
    what: 'without each study',
    series: { kind: 'leave1out' } as const,
    row: 0,
    label: 'Without Aronson 1948',
    title: 'Leave-one-out forest plot: risk ratio of 13 studies',
  },
  {
    what: 'as studies came',
    series: { kind: 'cumulative', by: () => 0 } as const,
    row: 12,
    label: '+ Comstock et al 1976',
    title: 'Cumulative forest plot: risk ratio of 13 studies',
  },
])('pools $what have rows of their own, with neither data nor weights', ({ series, row, label, title }) => {
  const { forest } = forestOfPool(trials, { ...asked, series })
  const [studies] = forest.groups.map((group) => group.studies)
  expect(studies).toHaveLength(13)
  expect(forest.title).toBe(title)
  expect(forest.description).toMatch(/^The pooled risk ratio with its 95% CI /)
  expect(studies?.[row]).toMatchObject({ label, weight: undefined, cells: [] })
  const texts = textsIn(trials, { series })
  expect(texts.filter((text) => /^weight|^cell|Weight$/.test(text))).toEqual([])
  // leave1out and cumul of metafor 3.8-1: without the first; all thirteen
  const expected = series.kind === 'leave1out' ? '0.49 [0.34, 0.72]' : '0.49 [0.34, 0.70]'
  expect(texts.filter((text) => text.startsWith('effect: '))[row]).toBe(`effect: ${expected}`)
})
