import { describe, expect, test } from 'vitest'
import { poolRecord } from '../../../src/export/pool/pool-record.ts'
import { readEffectRows } from '../../../src/import/effect-rows/read-effect-rows.ts'
import type { Data, Measure } from '../../../src/stats/effect-sizes/measure.ts'
import { MEASURES, type MeasureName } from '../../../src/stats/effect-sizes/measures.ts'
import { backOf, type PoolMethod, poolStudies } from '../../../src/stats/pooling/pool-studies.ts'
import { tauSquaredInterval } from '../../../src/stats/pooling/tau-squared-interval.ts'
import { near, within } from '../near.ts'
import { ANALYSES } from './reference.ts'

/** What `evibase pool --json` writes of a CSV file. */
function poolOf(csv: string, name: MeasureName, method: PoolMethod, like?: 'metafor') {
  const rows = readEffectRows(new TextEncoder().encode(csv), 'rows.csv', MEASURES[name] as Measure<Data>)
  const pooled = poolStudies(name, rows, { method, like })
  const effects = pooled.studies.flatMap(({ effect }) => (effect.status === 'estimated' ? [effect] : []))
  return poolRecord(pooled, {
    measure: name,
    method,
    test: 'z',
    level: 0.95,
    names: rows.map(({ study }) => study),
    back: backOf(name, rows),
    interval: tauSquaredInterval(effects),
  })
}

const isMeasure = (name: string): name is MeasureName => name in MEASURES

const CASES = ANALYSES.map(({ title, measure, rows, ...analysis }) => {
  if (!isMeasure(measure)) throw new Error(`there is no measure ${measure}`)
  const columns = Object.keys(rows[0] ?? {})
  const quoted = (cell: unknown) => (typeof cell === 'string' ? `"${cell.replaceAll('"', '""')}"` : (cell ?? 'NA'))
  const lines = rows.map((row) => columns.map((column) => quoted(row[column])).join(','))
  return { title, measure, csv: [columns.join(','), ...lines, ''].join('\n'), ...analysis }
})

describe("metafor's numbers from the counts, means or rates themselves", () => {
  test.each(CASES)('$title', ({ csv, measure, models, yi, vi, k }) => {
    for (const method of ['EE', 'DL', 'REML', 'PM', 'SJ'] as const) {
      const record = poolOf(csv, measure, method, 'metafor')
      const expected = models[method]
      const { b = Number.NaN, se = Number.NaN } = expected?.z ?? {}
      expect(record.k).toBe(k)
      expect(record.estimate).toSatisfy(within(b, 1e-7 * se))
      expect(record.se).toSatisfy(near(se, 1e-7))
      expect(record.tau2).toSatisfy(within(expected?.tau2 ?? Number.NaN, 1e-7 * (expected?.tau2 || 1e-6)))
      record.studies.forEach((study, i) => {
        expect(study.yi === null).toBe(yi[i] === null)
        if (study.yi !== null) {
          expect(study.yi).toSatisfy(within(Number(yi[i]), 1e-9 * Math.max(Math.abs(study.yi), 1e-3)))
          expect(study.vi).toSatisfy(near(Number(vi[i]), 1e-9))
        }
      })
    }
  })

  test.each(CASES.filter(({ mh }) => mh !== undefined))('$title, Mantel–Haenszel', ({ csv, measure, mh }) => {
    const record = poolOf(csv, measure, 'MH')
    expect(record.estimate).toSatisfy(within(Number(mh?.b), 1e-10 * Number(mh?.se)))
    expect(record.se).toSatisfy(near(Number(mh?.se), 1e-10))
    expect(record.q).toSatisfy(near(Number(mh?.Q), 1e-10))
    expect(record.q_df).toBe(mh?.Q_df)
    expect(record.k).toBe(mh?.k)
    expect(record).toMatchObject({ tau2: 0, se_tau2: null, pi_lower: null, reasons: {} })
  })

  test.each(CASES.filter(({ peto }) => peto !== undefined))('$title, Peto', ({ csv, measure, peto }) => {
    const record = poolOf(csv, measure, 'Peto')
    expect(record.estimate).toSatisfy(within(Number(peto?.b), 1e-10 * Number(peto?.se)))
    expect(record.q).toSatisfy(near(Number(peto?.Q), 1e-10))
    expect(record.studies.reduce((sum, { weight }) => sum + (weight ?? 0), 0)).toSatisfy(near(100, 1e-12))
  })

  test('studies without events count for nothing unless metafor is to be followed', () => {
    const yusuf = CASES.find(({ title }) => title === 'yusuf1985-t6 OR')
    expect(poolOf(yusuf?.csv ?? '', 'OR', 'DL').k).toBe(18)
    expect(poolOf(yusuf?.csv ?? '', 'OR', 'DL', 'metafor').k).toBe(21)
  })
})

describe('what is read', () => {
  test('a ratio is transformed back from its logarithm, and a difference stays', () => {
    const ratio = poolOf('yi,vi\n0.5,0.04\n0.3,0.02\n', 'OR', 'EE')
    expect(ratio.transformed.estimate).toSatisfy(near(Math.exp(Number(ratio.estimate)), 1e-15))
    const given = poolOf('yi,vi\n0.5,0.04\n0.3,0.02\n', 'GEN', 'EE')
    expect(given.transformed.estimate).toBe(given.estimate)
    // By hand: weights 25 and 50.
    expect(given.estimate).toSatisfy(near((25 * 0.5 + 50 * 0.3) / 75, 1e-15))
    expect(given.studies.map(({ weight }) => weight)).toEqual([
      expect.closeTo(100 / 3, 12),
      expect.closeTo(200 / 3, 12),
    ])
  })

  test('the double arcsine is led back by the harmonic mean of the sizes, as in metafor', () => {
    // res <- rma(measure = "PFT", xi = c(3, 10, 7), ni = c(20, 40, 35)); predict(res, transf = transf.ipft.hm,
    // targs = list(ni = c(20, 40, 35)))$pred of metafor 3.8-1
    const record = poolOf('xi,ni\n3,20\n10,40\n7,35\n', 'PFT', 'EE')
    expect(record.transformed.estimate).toSatisfy(near(0.2087499326913321, 1e-9))
  })

  test('what is missing says why, and is never NaN', () => {
    const none = poolOf('ai,n1i,ci,n2i\nNA,10,1,9\n', 'RR', 'REML')
    expect(none).toMatchObject({ status: 'not-estimable', k: 0, estimate: null, se: null, tau2: null })
    expect(none.reasons.estimate).toContain('no study')
    expect(none.studies).toMatchObject([
      { yi: null, vi: null, weight: null, reason: expect.stringContaining('missing') },
    ])

    const one = poolOf('study,yi,vi\nA,0.5,0.04\n', 'GEN', 'REML')
    expect(one).toMatchObject({ status: 'estimated', k: 1, estimate: 0.5, q: null, tau2: null, pi_lower: null })
    expect(Object.keys(one.reasons).sort()).toEqual(['fit', 'pi_lower', 'q', 'tau2'])

    const without = poolOf('study,yi,vi\nA,0.5,0.04\nB,0.4,0\n', 'GEN', 'EE')
    expect(without).toMatchObject({ status: 'not-estimable', estimate: null })
    expect(without.reasons.estimate).toMatch(/no sampling variance above 0, and so no weight: B$/)
    for (const record of [none, one, without]) expect(JSON.stringify(record)).not.toMatch(/NaN|undefined|Infinity/)
  })

  test.each([
    {
      method: 'MH',
      name: 'SMD',
      csv: 'm1i,sd1i,n1i,m2i,sd2i,n2i\n1,2,10,1,2,10\n',
      words: 'MH pools OR, RR, RD, IRR, IRD',
    },
    { method: 'Peto', name: 'RR', csv: 'ai,n1i,ci,n2i\n3,10,1,9\n', words: "Peto's method pools OR or PETO" },
    { method: 'MH', name: 'OR', csv: 'yi,vi\n3,10\n', words: 'it pools counts' },
  ] as const)('$method of $name is refused: $words', ({ method, name, csv, words }) => {
    expect(() => poolOf(csv, name, method)).toThrow(words)
  })
})
