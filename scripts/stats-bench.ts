import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { type EffectSizeColumns, effectSizeColumns } from '../src/stats/effect-sizes/effect-size-columns.ts'
import { MEASURES } from '../src/stats/effect-sizes/measures.ts'
import { poolInverseVariance } from '../src/stats/pooling/inverse-variance.ts'
import { pooledEffect } from '../src/stats/pooling/pooled-effect.ts'
import { type BenchRow, benchRow, formatBenchRows, median } from './bench-report.ts'
import { type Columns, dataSets, means, meansAt, rates, ratesAt, tables, tablesAt } from './synthetic/trials.ts'

// Effect sizes of many rows, and many small pools, beside the same in R where it is installed, in the same run: processor time of
// each. Check sums prove that both did the same work, and the work of test/reference/bench-stats.json. `npm run bench -- stats`
// bundles and runs it in the project's folder.

const ROWS = Number(process.env.BENCH_ROWS ?? 1_000_000)
const POOLS = Number(process.env.BENCH_POOLS ?? 10_000)
/** rma takes milliseconds for each: so many tell how long all would take. */
const POOLS_OF_RMA = Math.min(POOLS, 300)
const ROUNDS = 5
const AIMS = { effects: 1 / 3, plain: 2, rma: 1 / 1_000, linear: 150 } as const
/** Where R's own search ends: its sums differ from exact ones in about the sixth digit. */
const SAME = { closed: 1e-9, searched: 1e-3 } as const

type Sums = readonly [number, number]
interface Measured {
  readonly seconds: readonly number[]
  readonly sums: Sums
}

function timed<Result>(work: () => Result, sumsOf: (result: Result) => Sums): Measured {
  const seconds: number[] = []
  let sums: Sums = [0, 0]
  // The first rounds warm up.
  for (let round = -2; round < ROUNDS; round++) {
    const begin = process.cpuUsage()
    const result = work()
    const { user, system } = process.cpuUsage(begin)
    if (round >= 0) seconds.push((user + system) / 1e6)
    sums = sumsOf(result)
  }
  return { seconds, sums }
}

function requireSame(what: string, ours: Sums, theirs: Sums, tolerance: number): void {
  for (const [i, sum] of theirs.entries())
    if (!(Math.abs((ours[i] ?? Number.NaN) - sum) <= tolerance * Math.abs(sum)))
      throw new Error(
        `${what}: not the same work. The check sums are ${ours.join(' and ')}, expected ${theirs.join(' and ')}`,
      )
}

const total = (values: Float64Array) => values.reduce((sum, value) => (Number.isNaN(value) ? sum : sum + value), 0)
const sumsOf = ({ yi, vi }: EffectSizeColumns): Sums => [total(yi), total(vi)]
const itself = (sums: Sums): Sums => sums

const sum = z.object({ sum_yi: z.number(), sum_vi: z.number() })
const MEASURED = z.object({ seconds: z.array(z.number()), sums: z.tuple([z.number(), z.number()]) })
const pooled = z.object({ sum_b: z.number(), sum_tau2: z.number() })
const REFERENCE = z
  .object({
    escalc: z.record(z.string(), z.object({ RR: sum, OR: sum, RD: sum, PETO: sum })),
    rma_k10: z.record(z.string(), z.object({ DL: pooled, REML: pooled })),
    single: z.record(z.string(), z.object({ REML: z.object({ b: z.number(), tau2: z.number() }) })),
  })
  .parse(JSON.parse(readFileSync('test/reference/bench-stats.json', 'utf8')))

const counts = tables(ROWS)
const measured = means(ROWS)
const events = rates(ROWS)
const [sets, large, small] = [dataSets(POOLS, 10), dataSets(1, 10_000)[0] ?? [], dataSets(1, 100)[0] ?? []]

const like = { like: 'metafor' } as const
const [table, pair, rate] = [tablesAt(counts), meansAt(measured), ratesAt(events)]
const EFFECTS: Readonly<Record<string, () => EffectSizeColumns>> = {
  RR: () => effectSizeColumns(MEASURES.RR, ROWS, table, like),
  OR: () => effectSizeColumns(MEASURES.OR, ROWS, table, like),
  RD: () => effectSizeColumns(MEASURES.RD, ROWS, table, like),
  PETO: () => effectSizeColumns(MEASURES.PETO, ROWS, table, like),
  SMD: () => effectSizeColumns(MEASURES.SMD, ROWS, pair),
  SMDH: () => effectSizeColumns(MEASURES.SMDH, ROWS, pair),
  VR: () => effectSizeColumns(MEASURES.VR, ROWS, pair),
  IRR: () => effectSizeColumns(MEASURES.IRR, ROWS, rate, like),
  PFT: () => effectSizeColumns(MEASURES.PFT, ROWS, (i) => table(i).experimental, like),
}

function pools(method: 'DL' | 'REML', some = sets): Sums {
  let [estimates, variances] = [0, 0]
  for (const effects of some) {
    const found = poolInverseVariance(effects, { method })
    if (found.status !== 'estimated' || found.tauSquared.status !== 'estimated') continue
    estimates += found.estimate
    variances += found.tauSquared.value
  }
  return [estimates, variances]
}

function leanPools(method: 'DL' | 'REML', some = sets): Sums {
  let [estimates, variances] = [0, 0]
  for (const effects of some) {
    const found = pooledEffect(effects, method)
    if (found.status !== 'estimated') continue
    estimates += found.estimate
    variances += found.tauSquared
  }
  return [estimates, variances]
}

/** R's seconds and check sums by name; undefined where R or metafor is not there. */
function inR(): ReadonlyMap<string, Measured> | undefined {
  const folder = mkdtempSync(path.join(tmpdir(), 'evibase-stats-'))
  try {
    const write = (name: string, values: Float64Array) => writeFileSync(path.join(folder, name), values)
    const { ai, n1i, ci, n2i } = counts
    const others = (all: Float64Array, some: Float64Array) => all.map((one, i) => one - (some[i] ?? 0))
    const columns: Columns = { ai, ci, bi: others(n1i, ai), di: others(n2i, ci), ...measured, ...events }
    for (const [name, values] of Object.entries(columns)) write(name, values)
    write(
      'yi',
      Float64Array.from(sets.flat(), ({ yi }) => yi),
    )
    write(
      'vi',
      Float64Array.from(sets.flat(), ({ vi }) => vi),
    )
    const run = spawnSync('Rscript', ['scripts/reference-values/stats-bench.R', folder, String(POOLS_OF_RMA)], {
      encoding: 'utf8',
    })
    if (run.status !== 0) {
      process.stderr.write(`No baseline: Rscript with metafor did not run. ${run.error?.message ?? run.stderr}\n`)
      return undefined
    }
    const lines = run.stdout.trim().split('\n')
    return new Map(
      lines.map((line) => {
        const [name = '', seconds, one, two] = line.trim().split(/\s+/)
        return [name, { seconds: [Number(seconds)], sums: [Number(one), Number(two)] }]
      }),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * A measure in a process that computes no other: as people ask for it, and the engine fits its code to what it has seen. R's
 * doesn't, and has all of them in one.
 */
function inOwnProcess(name: string): Measured {
  const { stdout, status } = spawnSync(process.execPath, [process.argv[1] ?? '', '--only', name], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) throw new Error(`${name} could not be measured`)
  return MEASURED.parse(JSON.parse(stdout))
}

function report(): void {
  const rows: BenchRow[] = []
  const milliseconds = ({ seconds }: Measured, times = 1) => seconds.map((one) => one * 1_000 * times)
  const add = (name: string, ours: readonly number[], base: readonly number[], aim: number) => {
    rows.push(benchRow(name, ours, base, aim))
  }
  const r = inR()
  for (const name of Object.keys(EFFECTS)) {
    const ours = inOwnProcess(name)
    const known = REFERENCE.escalc[String(ROWS)]?.[name as 'RR']
    if (known !== undefined) requireSame(name, ours.sums, [known.sum_yi, known.sum_vi], SAME.closed)
    const theirs = r?.get(name)
    if (theirs !== undefined) {
      requireSame(`${name} in R`, ours.sums, theirs.sums, SAME.closed)
      add(`${name}, ${ROWS} rows; baseline escalc`, milliseconds(ours), milliseconds(theirs), AIMS.effects)
    }
    process.stderr.write(`${name}: ${Math.round(ROWS / median(ours.seconds))} effect sizes per second\n`)
  }
  for (const method of ['DL', 'REML'] as const) {
    const whole = timed(() => pools(method), itself)
    const lean = timed(() => leanPools(method), itself)
    requireSame(`lean ${method}`, lean.sums, whole.sums, SAME.closed)
    const known = REFERENCE.rma_k10[String(POOLS)]?.[method]
    if (known !== undefined) requireSame(method, whole.sums, [known.sum_b, known.sum_tau2], 1e-7)
    const theirs = r?.get(`rma-${method}`)
    if (theirs !== undefined) {
      requireSame(
        `rma, ${method}`,
        pools(method, sets.slice(0, POOLS_OF_RMA)),
        theirs.sums,
        method === 'DL' ? SAME.closed : SAME.searched,
      )
      const times = POOLS / POOLS_OF_RMA
      add(
        `${method}, ${POOLS} pools with tests and intervals; baseline rma`,
        milliseconds(whole),
        milliseconds(theirs, times),
        AIMS.rma,
      )
    }
    const plain = method === 'DL' ? r?.get('plain-DL') : undefined
    if (plain !== undefined) {
      requireSame('plain DL', lean.sums, plain.sums, SAME.closed)
      add(
        `DL, ${POOLS} pools, estimate and τ² alone; baseline vectorised R`,
        milliseconds(lean),
        milliseconds(plain),
        AIMS.plain,
      )
    }
  }
  const one = timed(() => pools('REML', [large]), itself)
  // Alone it is too short for the clock.
  const hundred = timed(
    () => Array.from({ length: 100 }, () => pools('REML', [small])),
    (all): Sums => all[0] ?? [0, 0],
  )
  for (const [k, { sums }] of [
    ['10000', one],
    ['100', hundred],
  ] as const) {
    const known = REFERENCE.single[k]?.REML
    if (known !== undefined) requireSame(`REML, k = ${k}`, sums, [known.b, known.tau2], 1e-6)
  }
  add('REML, k = 10000; baseline k = 100', milliseconds(one), milliseconds(hundred, 1 / 100), AIMS.linear)
  process.stdout.write(formatBenchRows(rows, process.argv.includes('--json')))
}

const only = process.argv.includes('--only') ? EFFECTS[process.argv.at(-1) ?? ''] : undefined
if (only === undefined) report()
else process.stdout.write(JSON.stringify(timed(only, sumsOf)))
