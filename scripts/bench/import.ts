import { createHash } from 'node:crypto'
import { closeSync, createReadStream, mkdtempSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { deflateRawSync } from 'node:zlib'
import Driver from 'better-sqlite3'
import { SaxesParser } from 'saxes'
import { tuneForStreams } from '../../src/cli/import-files.ts'
import { type ClosableReader, recordsReader } from '../../src/cli/reading/records-reader.ts'
import { databaseLocation } from '../../src/db/database-url.ts'
import { importRecords } from '../../src/db/imports/import-records.ts'
import { sqliteClient } from '../../src/db/sqlite/client.ts'
import { ALL_TABLES, sqlName } from '../../src/db/tables.ts'
import { formatOfRecords, readAgain } from '../../src/import/record-formats.ts'
import type { RecordFormat } from '../../src/model/reading.ts'
import { type BenchRow, benchRow, formatBenchRows } from '../bench-report.ts'
import { emptyDatabases } from '../empty-databases.ts'
import { peakMemory } from '../peak-memory.ts'
import { tuneForShortRuns } from '../short-runs.mjs'

// Real records, repeated and renumbered, into an empty database. Beside it the least that anybody could do: parse the
// bytes with the same parser and do nothing, digest and compress them, and insert the same rows by prepared statements,
// as many records in a transaction. Times are elapsed, since an import reads in a thread of its own: a machine that has
// other things to do tells little. Memory is that of the command, for one part and for ten.

const MEGABYTES = Number(process.env.BENCH_MEGABYTES ?? 100)
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3)
const AIM = 1.5
const MEMORY_AIM = 1.2
const RECORDS_AT_ONCE = 250

const root = path.resolve(import.meta.dirname, '../..')
const fixtures = process.env.EVIBASE_FIXTURES
if (!fixtures) throw new Error('EVIBASE_FIXTURES names no folder of real records')
const folder = mkdtempSync(path.join(tmpdir(), 'evibase-import-'))

/** What one measurement leaves is none of the next one's time. */
const collectGarbage = () => runInNewContext('gc')()

interface Kind {
  readonly verb: string
  readonly format: RecordFormat
  readonly folder: string
  readonly begin: string
  readonly between: string
  readonly end: string
  /** Records that may stand beside each other. */
  readonly whole: RegExp
  /** The same record as another one. */
  readonly renumbered: (record: string, number: number) => string
  /** The parser alone. */
  readonly parse: (record: string) => void
}

const PUBMED: Kind = {
  verb: 'pubmed',
  format: 'pubmed_xml',
  folder: 'pubmed',
  begin: '<?xml version="1.0" encoding="UTF-8"?>\n<PubmedArticleSet>\n',
  between: '\n',
  end: '\n</PubmedArticleSet>\n',
  whole: /^<PubmedArticle>[\s\S]*<\/PubmedArticle>$/,
  renumbered: (record, number) => {
    const pmid = /<PMID[^>]*>(\d+)<\/PMID>/.exec(record)?.[1] ?? ''
    const own = String(100_000_000 + number)
    return record
      .replace(`>${pmid}</PMID>`, `>${own}</PMID>`)
      .replace(`<ArticleId IdType="pubmed">${pmid}<`, `<ArticleId IdType="pubmed">${own}<`)
      .replace(/(<ArticleId IdType="(?:doi|pmc)">)([^<]*)/g, (_, head: string, id: string) =>
        head.includes('pmc') ? `${head}PMC${own}` : `${head}${id}.${own}`,
      )
      .replace(
        /(<ELocationID [^>]*EIdType="doi"[^>]*>)([^<]*)/g,
        (_, head: string, id: string) => `${head}${id}.${own}`,
      )
  },
  parse: (record) => {
    const parser = new SaxesParser()
    for (const event of ['opentag', 'text', 'cdata', 'closetag'] as const) parser.on(event, () => undefined)
    parser.write(record).close()
  },
}

const CTGOV: Kind = {
  verb: 'ctgov',
  format: 'ctgov_json',
  folder: 'ctgov/v2',
  begin: '[\n',
  between: ',\n',
  end: '\n]\n',
  whole: /^\{/,
  renumbered: (record, number) => {
    const own = /"nctId":\s*"(NCT\d{8})"/.exec(record)?.[1] ?? ''
    return record.replaceAll(own, `NCT${String(10_000_000 + number)}`)
  },
  parse: (record) => void JSON.parse(record),
}

async function* chunksOf(file: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(file, { highWaterMark: 262_144 }) as AsyncIterable<Buffer>
}

/** Records of the fixtures that can be read, in the order of their files. */
async function realRecords(kind: Kind): Promise<readonly string[]> {
  const { split, read } = formatOfRecords(kind.format)
  const records: string[] = []
  const from = path.join(fixtures ?? '', kind.folder)
  for (const file of readdirSync(from).sort())
    if (!file.endsWith('.gz'))
      try {
        for await (const batch of split(chunksOf(path.join(from, file)), file))
          for (const raw of batch) {
            const record = Buffer.from(raw.bytes).toString()
            const other = read({ ...raw, bytes: Buffer.from(kind.renumbered(record, 1)) })
            const own = read(raw)
            if (own.kind === 'deletion' || other.kind !== own.kind || other.key === own.key) continue
            if (kind.whole.test(record)) records.push(record)
          }
      } catch {
        // What is refused is no measure.
      }
  return records
}

/** Writes a file of about so many bytes. */
function writeRecords(kind: Kind, records: readonly string[], bytes: number): string {
  const file = path.join(folder, `${kind.verb}-${Math.round(bytes / 1e6)}`)
  const descriptor = openSync(file, 'w')
  let written = writeSync(descriptor, kind.begin)
  for (let number = 0; written < bytes; number++) {
    const record = kind.renumbered(records[number % records.length] ?? '', number)
    written += writeSync(descriptor, number === 0 ? record : kind.between + record)
  }
  writeSync(descriptor, kind.end)
  closeSync(descriptor)
  return file
}

/** Milliseconds, elapsed and of all cores' time. */
async function timed(work: () => Promise<void> | void): Promise<{ readonly elapsed: number; readonly cores: number }> {
  const [begin, before] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(before)
  return { elapsed: performance.now() - begin, cores: (user + system) / 1000 }
}

/**
 * A reader whose thread has begun: from the sources, which have to be compiled, that takes half a second, and from the
 * program's build a tenth of it.
 */
async function readerOf(kind: Kind): Promise<ClosableReader> {
  const reader = recordsReader(kind.format)
  for (let times = 0; times < 2; times++) await reader.read([])
  return reader
}

/** What `evibase import` does with a file. */
async function ours(kind: Kind, file: string, database: string, { read }: ClosableReader): Promise<void> {
  const location = databaseLocation(`file:${database}`, root)
  if (location.engine !== 'sqlite') throw new Error('not a file')
  const db = sqliteClient(location)
  const { family, readBy, split } = formatOfRecords(kind.format)
  const batches = split(chunksOf(file), file)
  const result = await importRecords(
    db,
    { fileName: file, format: kind.format, family, readBy, read, batches, sha256: () => '' },
    { now: () => new Date(), readAgain },
  )
  await db.$disconnect()
  if (result.status !== 'done' || result.failed > 0) throw new Error(`${result.failed} records of ${file} failed`)
}

/** All rows of a database, as lists of values, parents first. */
function rowsOf(
  database: string,
): readonly (readonly [table: string, columns: readonly string[], rows: unknown[][]])[] {
  const db = new Driver(database, { readonly: true })
  const tables = ALL_TABLES.map(([table]) => {
    const select = db.prepare(`SELECT * FROM "${sqlName(table)}"`).raw()
    return [sqlName(table), select.columns().map(({ name }) => name), select.all() as unknown[][]] as const
  })
  db.close()
  return tables.filter(([, , rows]) => rows.length > 0)
}

function bare(
  records: readonly string[],
  parse: Kind['parse'],
  tables: ReturnType<typeof rowsOf>,
  database: string,
): void {
  for (const record of records) {
    const bytes = Buffer.from(record)
    parse(record)
    createHash('sha256').update(bytes).digest('hex')
    deflateRawSync(bytes, { level: 1 })
  }
  const db = new Driver(database)
  db.pragma('synchronous = FULL')
  // A row may point at one of a later part: that is not what is measured.
  db.pragma('foreign_keys = OFF')
  const parts = Math.max(1, Math.ceil(records.length / RECORDS_AT_ONCE))
  const inserts = tables.map(([table, columns, rows]) => {
    const names = columns.map((column) => `"${column}"`).join(', ')
    return {
      insert: db.prepare(`INSERT INTO "${table}" (${names}) VALUES (${columns.map(() => '?').join(', ')})`),
      rows,
    }
  })
  for (let part = 0; part < parts; part++) {
    db.exec('BEGIN IMMEDIATE')
    for (const { insert, rows } of inserts)
      for (let at = Math.floor((rows.length * part) / parts); at < Math.floor((rows.length * (part + 1)) / parts); at++)
        insert.run(rows[at])
    db.exec('COMMIT')
  }
  db.close()
}

async function textsOf(kind: Kind, file: string): Promise<readonly string[]> {
  const texts: string[] = []
  for await (const batch of formatOfRecords(kind.format).split(chunksOf(file), file))
    for (const { bytes } of batch) texts.push(Buffer.from(bytes).toString())
  return texts
}

async function measured(kind: Kind, fresh: () => string): Promise<readonly BenchRow[]> {
  const records = await realRecords(kind)
  const file = writeRecords(kind, records, MEGABYTES * 1e6)
  const reader = await readerOf(kind)
  const whole = fresh()
  await ours(kind, file, whole, reader)
  const times: Record<'ours' | 'bare', Awaited<ReturnType<typeof timed>>[]> = { ours: [], bare: [] }
  let [many, rows] = [0, 0]
  for (let round = 0; round < ROUNDS; round++) {
    collectGarbage()
    times.ours.push(await timed(() => ours(kind, file, fresh(), reader)))
    // What the baseline has in memory from the beginning is no burden to ours.
    const [made, tables] = [await textsOf(kind, file), rowsOf(whole)]
    collectGarbage()
    times.bare.push(await timed(() => bare(made, kind.parse, tables, fresh())))
    many = made.length
    rows = tables.reduce((sum, [, , all]) => sum + all.length, 0)
  }
  reader.close()
  const name = `${kind.verb}, ${MEGABYTES} MB, ${many} records, ${rows} rows; baseline parser, digest, compression, bare inserts`
  const elapsed = (of: 'ours' | 'bare') => times[of].map((time) => time.elapsed)
  const cores = (of: 'ours' | 'bare') => Math.min(...times[of].map((time) => time.cores))
  const all = `${(cores('ours') / cores('bare')).toFixed(2)} x in time of all cores`
  const speed = benchRow(`${name}; ${all}`, elapsed('ours'), elapsed('bare'), AIM)
  const large = writeRecords(kind, records, MEGABYTES * 1e7)
  const memory = (from: string) => {
    const database = path.join(folder, `memory-${path.basename(from)}.db`)
    peakMemory(database, folder, ['db', 'migrate'])
    return peakMemory(database, folder, ['import', kind.verb, from])
  }
  const [one, ten] = [memory(file), memory(large)]
  return [
    speed,
    {
      name: `${kind.verb}, peak memory in MB of ${MEGABYTES * 10} MB; baseline that of ${MEGABYTES} MB`,
      ours: ten,
      baseline: one,
      ratio: ten / one,
      aim: MEMORY_AIM,
      holds: ten / one <= MEMORY_AIM,
    },
  ]
}

try {
  tuneForShortRuns()
  tuneForStreams()
  setFlagsFromString('--expose-gc')
  const fresh = emptyDatabases(folder)
  const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'))
  const report: BenchRow[] = []
  for (const kind of [PUBMED, CTGOV])
    if (wanted.length === 0 || wanted.includes(kind.verb)) report.push(...(await measured(kind, fresh)))
  process.stdout.write(formatBenchRows(report, process.argv.includes('--json')))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
