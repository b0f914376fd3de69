import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Driver from 'better-sqlite3'
import pg from 'pg'
import type { Database } from '../../src/db/connect.ts'
import { databaseLocation } from '../../src/db/database-url.ts'
import { postgresqlClient } from '../../src/db/postgresql/client.ts'
import { sqliteClient } from '../../src/db/sqlite/client.ts'
import { ALL_TABLES, sqlName } from '../../src/db/tables.ts'
import { type Row, writeRows } from '../../src/db/write-rows.ts'
import { inWriteTransaction } from '../../src/db/write-transaction.ts'
import { numberedStudy } from '../../test/db/numbered-study.ts'
import { STUDY_TO_NUMBER } from '../../test/db/study-variants.ts'
import { serverPrograms, startPostgres } from '../../test/postgres-server.ts'
import { type BenchRow, benchRow, formatBenchRows } from '../bench-report.ts'

// The same rows, of every table that a study fills, into the same empty tables with all their rules and indexes, in one
// transaction: by our bulk writer, and by what writes fastest on each engine.

const STUDIES = 200
const ROUNDS = 5
const AIM = 1.5

const root = path.resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(path.join(tmpdir(), 'evibase-write-'))

type Tables = readonly { readonly table: string; readonly columns: readonly string[]; readonly rows: readonly Row[] }[]

function tablesToWrite(): Tables {
  const text = STUDY_TO_NUMBER.long()
  const records = Array.from({ length: STUDIES }, (_, number) => numberedStudy(text, number))
  return ALL_TABLES.flatMap(([table, rule]) => {
    const all = records.flatMap(({ vocabulary, publications, rows }) =>
      [vocabulary, ...publications, rows].flatMap(
        (part) => (part as unknown as Readonly<Record<string, Row[]>>)[table] ?? [],
      ),
    )
    const rows = [...new Map(all.map((row) => [JSON.stringify(rule.key.map((field) => row[field])), row])).values()]
    const [first] = rows
    return first === undefined ? [] : [{ table, columns: Object.keys(first), rows }]
  })
}

const migrations = (of: string): string =>
  readdirSync(path.join(root, of), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name) => readFileSync(path.join(root, of, name, 'migration.sql'), 'utf8'))
    .join('\n')

const ours = (db: Database, tables: Tables) =>
  inWriteTransaction(db, 'the benchmark', [], async (tx) => {
    const rules = new Map(ALL_TABLES)
    for (const { table, rows } of tables) await writeRows(tx, table, rules.get(table) ?? { key: ['id'] }, rows)
  })

/** Milliseconds of each, turn by turn, after one turn that isn't counted. */
async function timed(...works: readonly (() => Promise<() => unknown>)[]): Promise<number[][]> {
  const times = works.map((): number[] => [])
  for (let round = -1; round < ROUNDS; round++)
    for (const [index, prepare] of works.entries()) {
      const work = await prepare()
      const begin = performance.now()
      await work()
      if (round >= 0) times[index]?.push(performance.now() - begin)
    }
  return times
}

async function onSqlite(tables: Tables, rows: number): Promise<BenchRow> {
  const empty = path.join(folder, 'empty.db')
  const made = new Driver(empty)
  made.exec(migrations('prisma/migrations'))
  made.pragma('journal_mode = WAL')
  made.close()
  let copies = 0
  const fresh = () => {
    const file = path.join(folder, `copy-${++copies}.db`)
    copyFileSync(empty, file)
    return file
  }
  const [own = [], bare = []] = await timed(
    async () => {
      const location = databaseLocation(`file:${fresh()}`, root)
      if (location.engine !== 'sqlite') throw new Error('not a file')
      const db = sqliteClient(location)
      await db.study.count()
      return () => ours(db, tables).then(() => db.$disconnect())
    },
    async () => {
      const db = new Driver(fresh())
      db.pragma('synchronous = FULL')
      return () => {
        db.exec('BEGIN IMMEDIATE')
        for (const { table, columns, rows: all } of tables) {
          const names = columns.map((column) => `"${sqlName(column)}"`).join(', ')
          const insert = db.prepare(
            `INSERT INTO "${sqlName(table)}" (${names}) VALUES (${columns.map(() => '?').join(', ')})`,
          )
          for (const row of all)
            insert.run(columns.map((column) => (typeof row[column] === 'boolean' ? Number(row[column]) : row[column])))
        }
        db.exec('COMMIT')
        db.close()
      }
    },
  )
  return benchRow(`${rows} rows, SQLite; baseline bare better-sqlite3`, own, bare, AIM)
}

async function onPostgresql(tables: Tables, rows: number): Promise<BenchRow | undefined> {
  const programs = serverPrograms()
  if (programs === undefined) return undefined
  const server = await startPostgres(programs)
  try {
    const client = new pg.Client(server.url)
    await client.connect()
    await client.query(migrations('prisma/postgresql/migrations'))
    const location = databaseLocation(server.url, root)
    if (location.engine !== 'postgresql') throw new Error('not PostgreSQL')
    const db = postgresqlClient(location)
    const script = copyScript(tables)
    const emptied = async () => {
      await client.query(`TRUNCATE ${ALL_TABLES.map(([table]) => `"${sqlName(table)}"`).join(', ')} CASCADE`)
      await client.query('VACUUM ANALYZE')
    }
    const [own = [], copy = []] = await timed(
      async () => {
        await emptied()
        return () => ours(db, tables)
      },
      async () => {
        await emptied()
        return () => execFileSync('psql', ['-Xq1', '-v', 'ON_ERROR_STOP=1', '-f', script, server.url])
      },
    )
    await db.$disconnect()
    await client.end()
    return benchRow(`${rows} rows, PostgreSQL; baseline psql's COPY`, own, copy, AIM)
  } finally {
    await server.stop()
  }
}

const SPECIAL: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** The rows as files, and a script for psql that copies them. */
function copyScript(tables: Tables): string {
  const lines = tables.map(({ table, columns, rows }) => {
    const data = path.join(folder, `${table}.copy`)
    const cell = (value: Row[string]) =>
      value === null ? '\\N' : String(value).replace(/[\\\n\r\t]/g, (sign) => SPECIAL[sign] ?? sign)
    writeFileSync(
      data,
      rows.map((row) => `${columns.map((column) => cell(row[column] ?? null)).join('\t')}\n`).join(''),
    )
    return `\\copy "${sqlName(table)}" (${columns.map((column) => `"${sqlName(column)}"`).join(', ')}) from '${data}'`
  })
  const script = path.join(folder, 'copy.sql')
  writeFileSync(script, `${lines.join('\n')}\n`)
  return script
}

try {
  const tables = tablesToWrite()
  const rows = tables.reduce((sum, table) => sum + table.rows.length, 0)
  const measured = [await onSqlite(tables, rows), await onPostgresql(tables, rows)]
  if (measured.includes(undefined))
    process.stderr.write("Not measured on PostgreSQL: its server programs aren't installed here.\n")
  process.stdout.write(
    formatBenchRows(
      measured.filter((row) => row !== undefined),
      process.argv.includes('--json'),
    ),
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
