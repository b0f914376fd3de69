import { expect, test } from 'vitest'
import { poolRecord } from '../../src/export/pool/pool-record.ts'
import { textForest } from '../../src/export/pool/text-forest.ts'
import { widthOf } from '../../src/export/terminal-table.ts'
import type { MeasureName } from '../../src/stats/effect-sizes/measures.ts'
import { backOf, poolStudies } from '../../src/stats/pooling/pool-studies.ts'
import { tauSquaredInterval } from '../../src/stats/pooling/tau-squared-interval.ts'

const LEVEL = 0.95
interface Study {
  readonly name: string
  readonly yi: number
  readonly vi: number
}

function drawn(measure: MeasureName, studies: readonly Study[], width: number, method: 'EE' | 'REML' = 'EE'): string {
  const inputs = studies.map(({ yi, vi }) => ({ data: undefined, effect: { yi, vi } }))
  const record = poolRecord(poolStudies(measure, inputs, { method, level: LEVEL }), {
    ...{ measure, method, test: 'z', level: LEVEL, names: studies.map(({ name }) => name) },
    back: backOf(measure, inputs),
    interval: tauSquaredInterval(studies, { level: LEVEL }),
  })
  return textForest([record], { back: backOf(measure, inputs), width })
}

test('places are those of the numbers', () => {
  // By hand: the axis goes from −1.98 to 1.98 (±1 ± 1.96 × 0.5) over 41 columns, about ten to 1. The pool is 0 ± 1.96 √0.125.
  const studies = [
    { name: 'A', yi: -1, vi: 0.25 },
    { name: 'B', yi: 1, vi: 0.25 },
  ]
  expect(drawn('MD', studies, 67)).toBe(
    [
      'A   ├─────────■─────────┤                      -1.00 [-1.98, -0.02]',
      'B                       ├─────────■─────────┤     1.00 [0.02, 1.98]',
      'EE               <══════◆══════>                 0.00 [-0.69, 0.69]',
      '    ──────────┬─────────┬─────────┬──────────',
      '             -1         0         1',
      '',
    ].join('\n'),
  )
})

test('a ratio has an axis of ratios, and 1 in its middle', () => {
  const studies = [Math.log(0.5), Math.log(2)].map((yi, i) => ({ name: `Study ${i + 1}`, yi, vi: 0.25 }))
  const lines = drawn('RR', studies, 80).trimEnd().split('\n')
  const ticks = lines.at(-1) ?? ''
  expect(ticks.trim().split(/\s+/)).toEqual(['0.2', '0.5', '1', '2', '5'])
  // Both lie as far from 1, which is where the pool lies.
  const at = (mark: string, line: number) => (lines[line] ?? '').indexOf(mark)
  expect(ticks.indexOf(' 1 ') + 1).toBe(at('◆', 2))
  // A column is left over where their number is even.
  const [before, after] = [at('◆', 2) - at('■', 0), at('■', 1) - at('◆', 2)]
  expect(before).toBeGreaterThan(5)
  expect(Math.abs(before - after)).toBeLessThanOrEqual(1)
  expect(lines[0]).toMatch(/0\.50 \[0\.19, 1\.33\]$/)
})

test('an interval that would press the others together ends in an arrow', () => {
  const studies = [
    ...[-0.2, 0, 0.2].map((yi, i) => ({ name: `${i}`, yi, vi: 0.01 })),
    { name: 'wide', yi: 0.1, vi: 25 },
  ]
  const [, , , wide = ''] = drawn('MD', studies, 80).split('\n')
  expect(wide).toMatch(/^wide {2}←─+▪─+→ +0\.1/)
})

test('no line is wider than the terminal, whatever the names and numbers', () => {
  const names = ['A', '試験'.repeat(20), 'x'.repeat(80), '\u001b[31mred', '🎈 balloon']
  for (const scale of [1e-3, 1, 50])
    for (const width of [60, 80, 100, 200]) {
      const studies = names.map((name, i) => ({ name, yi: (i - 2) * scale, vi: (0.1 + i) * scale ** 2 }))
      const forest = drawn('MD', studies, width, 'REML')
      const lines = forest.trimEnd().split('\n')
      expect(lines).toHaveLength(names.length + 4)
      for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(Math.min(width, 120))
      expect(forest).not.toContain('\u001b')
    }
  expect(drawn('MD', [{ name: 'A', yi: 1, vi: 1 }], 30)).toBe('')
})

test('without an effect there is nothing to draw', () => {
  expect(drawn('MD', [], 80)).toBe('')
})
