import { createReadStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Driver from 'better-sqlite3'
import { type Database, findStudies, openEvidenceBase, whereFilter } from '../src/index.ts'
import { EXTRACTIONS } from '../src/queries/extractions.ts'
import { type BenchRow, benchRow, formatBenchRows } from './bench-report.ts'
import { HAND_WRITTEN_EXTRACTS } from './hand-written/extracts.ts'
import { foundByHand, HAND_WRITTEN_FINDS, keptByHand } from './hand-written/finds.ts'
import { peakMemory } from './peak-memory.ts'
import { syntheticDatabase } from './synthetic/database.ts'

// Every find and extract over a large evidence base, beside hand-written SQL that gives the same rows through bare
// better-sqlite3: processor time of each, turn by turn, since other programs' turns don't count in it. Then the memory
// of an extract and an export, beside that of a tenth of the studies. What was measured before an error is told too.

const STUDIES = Number(process.env.BENCH_STUDIES ?? 100_000)
/** The first round pays for what is read and compiled once; what is long takes no other. */
const ROUNDS = { find: 5, extract: Number(process.env.BENCH_ROUNDS ?? 3) }
/** Milliseconds of both together. */
const TOO_LONG = 10_000
/** Milliseconds that are worth measuring. */
const LONG = 300
const AIM = 1.5
const MEMORY_AIM = 1.2
/** Their SQL takes hours where the studies are many: they are measured over a tenth of them. */
const OF_A_TENTH: readonly string[] = ['long']
/** Words of the names that are measured; all where none is given. */
const ONLY = process.argv.slice(2).filter((word) => !word.startsWith('--'))

const progress = (made: number): void => {
  process.stderr.write(`\r${made} of ${STUDIES} studies made`)
}

/** Milliseconds of this process's time, and rows. What is quick is done again and again, as often as that fills `LONG`. */
async function timed(work: () => Promise<number>): Promise<{ readonly time: number; readonly rows: number }> {
  const begin = process.cpuUsage()
  for (let times = 1; ; times++) {
    const rows = await work()
    const { user, system } = process.cpuUsage(begin)
    const time = (user + system) / 1_000
    if (time >= LONG) return { time: time / times, rows }
  }
}

/** Measures both, unless other names are asked for; each is told as soon as it is known, and all of them in the end. */
async function beside(
  what: keyof typeof ROUNDS,
  about: string,
  ours: () => Promise<number>,
  baseline: () => Promise<number>,
): Promise<void> {
  const name = `${what}: ${about}`
  if (!isAsked(name)) return
  const [own, base]: [number[], number[]] = [[], []]
  let [rows, spent] = [0, 0]
  for (let round = 0; round < ROUNDS[what] && (round === 0 || spent < TOO_LONG); round++) {
    const [one, other] = [await timed(ours), await timed(baseline)]
    spent = one.time + other.time
    if (one.rows !== other.rows) throw new Error(`${name}: ${one.rows} rows of ours, ${other.rows} written by hand`)
    own.push(one.time)
    base.push(other.time)
    rows = one.rows
  }
  tell(benchRow(`${name}, ${rows} rows`, own, base, AIM))
}

const isAsked = (name: string): boolean => ONLY.length === 0 || ONLY.some((word) => name.includes(word))

const measured: BenchRow[] = []
function tell(row: BenchRow): void {
  measured.push(row)
  process.stderr.write(`\r${row.name}: ${row.ratio.toFixed(2)}\n`)
}

interface Opened {
  readonly db: Database
  readonly driver: Driver.Database
}

async function within(file: string, measure: (opened: Opened) => Promise<void>): Promise<void> {
  // Ours comes first: it alone would wait for the disc, and pay for what the system does then.
  for await (const _ of createReadStream(file, { highWaterMark: 4 * 1024 * 1024 }));
  const [db, driver] = [await openEvidenceBase(`file:${file}`), new Driver(file, { readonly: true })]
  try {
    await measure({ db, driver })
  } finally {
    driver.close()
    await db.$disconnect()
  }
}

function byHand(driver: Driver.Database, sql: string): Promise<number> {
  let rows = 0
  for (const _ of driver.prepare(sql).iterate()) rows++
  return Promise.resolve(rows)
}

async function finds({ db, driver }: Opened): Promise<void> {
  const prepare = keptByHand(driver)
  for (const [name, find] of Object.entries(HAND_WRITTEN_FINDS)) {
    const filter = whereFilter(find.where)
    const ours = async () => (await findStudies(db, filter)).rows.length
    await beside('find', name, ours, async () => foundByHand(prepare, find).length)
  }
}

async function extracts({ db, driver }: Opened, tables: readonly string[], note = ''): Promise<void> {
  for (const table of tables) {
    const extraction = await EXTRACTIONS[table as keyof typeof EXTRACTIONS].load()
    const ours = async () => {
      let count = 0
      for await (const page of extraction.pages(db)) count += page.length
      return count
    }
    await beside('extract', `${table}${note}`, ours, () => byHand(driver, HAND_WRITTEN_EXTRACTS[table] ?? ''))
  }
}

function memory(file: string, tenth: string): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'evibase-queries-'))
  try {
    for (const args of [
      ['extract', 'adverse-events', '--format', 'csv'],
      ['export', 'metafor', '--out', path.join(folder, 'exported')],
    ]) {
      const name = `memory: ${args[0]} ${args[1]}, MB; baseline a tenth of the studies`
      if (isAsked(name))
        tell(benchRow(name, [peakMemory(file, folder, args)], [peakMemory(tenth, folder, args)], MEMORY_AIM))
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const file = syntheticDatabase(STUDIES, progress)
const tenth = syntheticDatabase(Math.ceil(STUDIES / 10), progress)
const ofAll = Object.keys(HAND_WRITTEN_EXTRACTS).filter((table) => !OF_A_TENTH.includes(table))
try {
  await within(file, async (opened) => {
    await finds(opened)
    await extracts(opened, ofAll)
  })
  await within(tenth, (opened) => extracts(opened, OF_A_TENTH, ' of a tenth of the studies'))
  memory(file, tenth)
} finally {
  process.stdout.write(`\n${formatBenchRows(measured, process.argv.includes('--json'))}`)
}
