import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { describe, expect, test } from 'vitest'
import type { ForestData, ForestStudy, ForestSummary } from '../../../src/plots/forest/forest-data.ts'
import { forestPlot } from '../../../src/plots/forest/forest-plot.ts'
import { positional } from '../../../src/plots/number-text.ts'
import { svgOf } from '../../../src/plots/svg.ts'
import { expectTidy, overlapsIn, textsOf, touching } from '../geometry.ts'
import { names } from '../names.ts'

const COUNTS = [1, 2, 13, 50, 200]

const effects = fc
  .tuple(fc.double({ min: -5, max: 5, noNaN: true }), fc.double({ min: 0.01, max: 6, noNaN: true }))
  .map(([log, margin]) => ({
    estimate: Math.exp(log),
    lower: Math.exp(log - margin),
    upper: Math.exp(log + margin),
  }))

const cells = fc.tuple(fc.nat(99_999), fc.nat(9_999_999)).map(([events, total]) => [String(events), String(total)])

const studies = (count: number): fc.Arbitrary<readonly ForestStudy[]> =>
  fc.array(
    fc.record({
      label: names,
      cells,
      effect: fc.option(effects, { nil: undefined, freq: 12 }),
      weight: fc.option(fc.double({ min: 0, max: 100, noNaN: true }), { nil: undefined, freq: 12 }),
    }),
    { minLength: count, maxLength: count },
  )

const summaries: fc.Arbitrary<ForestSummary> = fc.record({
  label: names,
  cells,
  effect: fc.option(effects, { nil: undefined }),
  weight: fc.constant(100),
  prediction: fc.option(effects, { nil: undefined }),
  lines: fc.array(names, { maxLength: 3 }),
})

const forest = (some: readonly ForestStudy[], more: Partial<ForestData> = {}): ForestData => ({
  title: 'Title',
  description: 'Description',
  columns: [
    { over: 'Experimental', heading: 'Events' },
    { over: 'Experimental', heading: 'Total' },
  ],
  effectHeading: 'RR [95% CI]',
  axisLabel: 'Risk ratio',
  scale: 'log',
  format: positional,
  noEffect: 1,
  favours: { left: 'Favours experimental', right: 'Favours control' },
  groups: [{ label: undefined, studies: some, summary: undefined }],
  overall: undefined,
  ...more,
})

/** Any forest of so many studies, in one group or two. */
const forests = (count: number): fc.Arbitrary<ForestData> =>
  fc
    .record({
      all: studies(count),
      at: fc.nat(count),
      summary: fc.option(summaries, { nil: undefined }),
      overall: fc.option(summaries, { nil: undefined }),
      over: names,
      axisLabel: names,
      left: names,
      right: names,
      label: names,
    })
    .map(({ all, at, summary, overall, over, axisLabel, left, right, label }) =>
      forest(all, {
        axisLabel,
        favours: { left, right },
        columns: ['Events', 'Total'].map((heading) => ({ over, heading })),
        groups: [
          { label: undefined, studies: all.slice(0, at), summary },
          { label, studies: all.slice(at), summary },
        ],
        overall,
      }),
    )

describe.each(COUNTS)('a forest of %i studies', (count) => {
  const numRuns = count > 20 ? 8 : 60

  test('has no text that overlaps another or a shape, or leaves the picture, however long the names', () => {
    fc.assert(
      fc.property(forests(count), (data) => {
        expectTidy(forestPlot(data))
      }),
      { numRuns },
    )
  })

  test('is XML that an XML parser reads', () => {
    fc.assert(
      fc.property(forests(count), (data) => {
        const parser = new SaxesParser()
        parser.on('error', (error) => {
          throw error
        })
        parser.write(svgOf(forestPlot(data))).close()
      }),
      { numRuns: count > 20 ? 2 : 20 },
    )
  })
})

test('texts that are laid over each other are found, so that the tests above can fail', () => {
  const picture = forestPlot(forest([study({ estimate: 1, lower: 0.5, upper: 2 }, 10)]))
  const [first] = textsOf(picture)
  if (first === undefined) throw new Error('there is no text')
  expect(overlapsIn({ ...picture, marks: [...picture.marks, { ...first, x: first.x + 3 }] })).toHaveLength(1)
  expect(touching({ left: 0, right: 1, top: 0, bottom: 1 }, { left: 2, right: 3, top: 0, bottom: 1 })).toBe(false)
})

const study = (effect: ForestStudy['effect'], weight: number | undefined): ForestStudy => ({
  label: 'Adams 2001',
  cells: ['1', '2'],
  effect,
  weight,
})

test('the areas of boxes are in proportion to the weights', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 2, maxLength: 30 }),
      (weights) => {
        const { marks } = forestPlot(
          forest(weights.map((weight) => study({ estimate: 1, lower: 0.5, upper: 2 }, weight))),
        )
        const areas = marks.flatMap((mark) =>
          mark.kind === 'box' && mark.role === 'box' ? [mark.width * mark.height] : [],
        )
        expect(areas).toHaveLength(weights.length)
        const perWeight = areas.map((area, i) => area / (weights[i] ?? Number.NaN))
        for (const one of perWeight) expect(one / (perWeight[0] ?? Number.NaN)).toBeCloseTo(1, 9)
      },
    ),
  )
})

test('arrows are exactly where an interval goes on beyond the axis, on that side', () => {
  const bounds = [0.25, 4] as const
  fc.assert(
    fc.property(effects, (effect) => {
      const { marks } = forestPlot(forest([study(effect, 10)], { bounds }))
      const arrows = marks.flatMap((mark) => (mark.kind === 'polygon' && mark.role === 'arrow' ? [mark.points] : []))
      const directions = arrows.map(([tip, foot]) => Math.sign((tip?.x ?? 0) - (foot?.x ?? 0)))
      expect(directions).toEqual([...(effect.lower < 0.25 ? [-1] : []), ...(effect.upper > 4 ? [1] : [])])
    }),
  )
})

test('every estimate and pooled interval is within an axis that chooses its own bounds', () => {
  fc.assert(
    fc.property(studies(13), summaries, (some, overall) => {
      const { marks } = forestPlot(forest(some, { overall }))
      const count = (role: string) => marks.filter((mark) => mark.role === role).length
      expect(count('estimate')).toBe(some.filter(({ effect }) => effect !== undefined).length)
      const diamond = marks.find((mark) => mark.role === 'overall')
      const corners = diamond?.kind === 'polygon' ? diamond.points.map(({ x }) => x) : []
      const axis = marks.find((mark) => mark.role === 'axis')
      if (axis?.kind !== 'line') throw new Error('there is no axis')
      for (const x of corners) expect(x > axis.from.x && x < axis.to.x).toBe(true)
    }),
  )
})

test('a box, an interval and a tick of the axis are where the logarithmic scale has them', () => {
  const picture = forestPlot(forest([study({ estimate: 1, lower: 0.5, upper: 2 }, 10)], { bounds: [0.1, 10] }))
  const line = (role: string) => {
    const mark = picture.marks.find((one) => one.role === role)
    if (mark?.kind !== 'line') throw new Error(`there is no ${role}`)
    return mark
  }
  const middle = (line('axis').from.x + line('axis').to.x) / 2
  expect(line('no-effect').from.x).toBeCloseTo(middle, 9)
  expect(line('estimate').from.x).toBeCloseTo(middle, 9)
  // log10(2) of the half of the axis that goes from 1 to 10
  const decade = line('interval').to.x - middle
  const ten = picture.marks
    .flatMap((mark) => (mark.role === 'tick' && mark.kind === 'line' ? [mark.from.x] : []))
    .at(-1)
  expect(decade / ((ten ?? 0) - middle)).toBeCloseTo(0.30103, 4)
  expect(middle - line('interval').from.x).toBeCloseTo(decade, 9)
})

test.each(['試', 'W', 'Wi '])(
  'a name of 80 letters like “%s” loses none, and leaves room for the rest of a page',
  (letters) => {
    const label = letters.repeat(80).slice(0, 80).trim()
    const effect = { estimate: 1, lower: 0.5, upper: 2 }
    const picture = forestPlot(forest([{ ...study(effect, 10), label }]))
    const lines = textsOf(picture).flatMap(({ role, text }) => (role === 'study-label' ? [text] : []))
    expect(lines.join('').replaceAll(' ', '')).toBe(label.replaceAll(' ', ''))
    // 210 mm, as A4 is wide, at the 96 dots per inch of CSS
    expect(picture.width).toBeLessThanOrEqual(794)
  },
)
