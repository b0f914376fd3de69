import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Driver from 'better-sqlite3'
import { parse } from 'yaml'
import { databaseLocation } from '../../src/db/database-url.ts'
import { saveStudy } from '../../src/db/save-study.ts'
import { sqliteClient } from '../../src/db/sqlite/client.ts'
import { ALL_TABLES, sqlName } from '../../src/db/tables.ts'
import type { Row } from '../../src/db/write-rows.ts'
import { readStudyFile } from '../../src/import/study-file/read-study-file.ts'
import { benchRow, formatBenchRows } from '../bench-report.ts'
import { emptyDatabases } from '../empty-databases.ts'
import { peakMemory } from '../peak-memory.ts'

// A folder of study files, each of the size of the first study, into an empty database: read, checked, every quote found
// and every number read from it, each study in a transaction of its own. Beside it the least that anybody could do:
// parse the YAML, and insert the same rows by prepared statements, each study in a transaction of its own.

const FILES = Number(process.env.BENCH_FILES ?? 1_000)
const ROUNDS = 3
const AIM = 3
const MEMORY_AIM = 1.5

const root = path.resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(path.join(tmpdir(), 'evibase-load-'))

const seed = readFileSync(path.join(root, 'seeds', 'studies', 'rosenberg-1993-il2-lak.yaml'), 'utf8')
const [SLUG, PMID, DOI] = ['rosenberg-1993-il2-lak', '8468720', '10.1093/jnci/85.8.622']

function writeFiles(): readonly string[] {
  const made = path.join(folder, 'files')
  mkdirSync(made)
  return Array.from({ length: FILES }, (_, index) => {
    const text = seed
      .replaceAll(SLUG, `study-${index}`)
      .replaceAll(PMID, String(10_000_000 + index))
      .replaceAll(DOI, `10.9999/study.${index}`)
    const file = path.join(made, `study-${index}.yaml`)
    writeFileSync(file, text)
    return file
  })
}

/** What `evibase load FOLDER` does, without the words for each file. */
async function ours(files: readonly string[], database: string): Promise<number> {
  const location = databaseLocation(`file:${database}`, root)
  if (location.engine !== 'sqlite') throw new Error('not a file')
  const db = sqliteClient(location)
  await db.study.count()
  const begin = performance.now()
  for (const file of files) {
    const bytes = readFileSync(file)
    const record = readStudyFile(bytes, file)
    const fileSha256 = createHash('sha256').update(bytes).digest('hex')
    await saveStudy(db, record, { format: 'study-file', fileName: file, fileSha256, now: new Date() })
  }
  const time = performance.now() - begin
  await db.$disconnect()
  return time
}

type Insert = readonly [table: string, rows: readonly Row[]]

/** The rows of each file; shared ones with the first that has them. */
function rowsOf(files: readonly string[]): readonly (readonly Insert[])[] {
  const shared = new Set<string>()
  return files.map((file) => {
    const { vocabulary, publications, rows } = readStudyFile(readFileSync(file), file)
    const parts = [vocabulary, ...publications, rows] as unknown as Readonly<Record<string, readonly Row[]>>[]
    return ALL_TABLES.flatMap(([table, { key }]): Insert[] => {
      const all = parts.flatMap((part) => part[table] ?? [])
      const mine = all.filter((row) => {
        const id = `${table} ${JSON.stringify(key.map((field) => row[field]))}`
        return shared.has(id) ? false : shared.add(id)
      })
      return mine.length === 0 ? [] : [[table, mine]]
    })
  })
}

function bare(files: readonly string[], studies: readonly (readonly Insert[])[], database: string): number {
  const db = new Driver(database)
  db.pragma('synchronous = FULL')
  const statements = new Map<string, { insert: Driver.Statement; columns: readonly string[] }>()
  const begin = performance.now()
  for (const file of files) parse(readFileSync(file, 'utf8'))
  for (const study of studies) {
    // An outcome may come before the one that it lies within.
    db.exec('BEGIN IMMEDIATE; PRAGMA defer_foreign_keys = ON')
    for (const [table, rows] of study) {
      let prepared = statements.get(table)
      if (!prepared) {
        const columns = Object.keys(rows[0] ?? {})
        const names = columns.map((column) => `"${sqlName(column)}"`).join(', ')
        const sql = `INSERT INTO "${sqlName(table)}" (${names}) VALUES (${columns.map(() => '?').join(', ')})`
        prepared = { insert: db.prepare(sql), columns }
        statements.set(table, prepared)
      }
      const { insert, columns } = prepared
      for (const row of rows)
        insert.run(columns.map((column) => (typeof row[column] === 'boolean' ? Number(row[column]) : row[column])))
    }
    db.exec('COMMIT')
  }
  const time = performance.now() - begin
  db.close()
  return time
}

/** The most memory that `evibase load` took for the first so many of the files, in megabytes. */
function memoryOfLoad(files: readonly string[], count: number): number {
  const database = path.join(folder, `memory-${count}.db`)
  peakMemory(database, folder, ['db', 'migrate'])
  return peakMemory(database, folder, ['load', ...files.slice(0, count)])
}

try {
  const files = writeFiles()
  const fresh = emptyDatabases(folder)
  const studies = rowsOf(files)
  const rows = studies.flat().reduce((sum, [, all]) => sum + all.length, 0)
  const times: { ours: number[]; bare: number[] } = { ours: [], bare: [] }
  for (let round = -1; round < ROUNDS; round++) {
    const [own, base] = [await ours(files, fresh()), bare(files, studies, fresh())]
    if (round < 0) continue
    times.ours.push(own)
    times.bare.push(base)
  }
  const name = `${FILES} study files, ${rows} rows; baseline parsing the YAML alone and bare better-sqlite3 inserts`
  const speed = benchRow(name, times.ours, times.bare, AIM)
  const tenth = Math.ceil(FILES / 10)
  const memory = benchRow(
    `peak memory of evibase load, ${FILES} files, in MB; baseline ${tenth} files`,
    [memoryOfLoad(files, FILES)],
    [memoryOfLoad(files, tenth)],
    MEMORY_AIM,
  )
  process.stdout.write(formatBenchRows([speed, memory], process.argv.includes('--json')))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
