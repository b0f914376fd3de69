import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import Driver from 'better-sqlite3'
import { ALL_TABLES, sqlName } from '../../src/db/tables.ts'
import { slugOf, studyRows } from './study.ts'
import { type Rows, vocabularyRows } from './vocabulary.ts'

const root = path.resolve(import.meta.dirname, '../..')
const migrations = path.join(root, 'prisma', 'migrations')

export const REVIEW = 'synthetic-review'
/** The review includes one study of so many, until it has this many. */
const REVIEWED_ONE_IN = 50
const MOST_REVIEWED = 1_000

/**
 * A migrated SQLite file with so many synthetic studies, all rules of the schema kept. It is made once and kept beside
 * the packages; another schema or another recipe makes another file.
 *
 * @returns its path
 */
export function syntheticDatabase(studies: number, progress: (made: number) => void = () => undefined): string {
  const folder = path.join(root, 'node_modules', '.cache', 'evibase')
  const file = path.join(folder, `synthetic-${studies}-${recipe()}.db`)
  if (existsSync(file)) return file
  mkdirSync(folder, { recursive: true })
  for (const old of readdirSync(folder))
    if (old.startsWith(`synthetic-${studies}-`)) rmSync(path.join(folder, old), { force: true })
  const unfinished = `${file}.unfinished`
  rmSync(unfinished, { force: true })
  writeDatabase(unfinished, studies, progress)
  renameSync(unfinished, file)
  return file
}

function recipe(): string {
  const hash = createHash('sha256')
  for (const folder of [migrations, import.meta.dirname])
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort())
      if (/\.(ts|sql)$/.test(name)) hash.update(readFileSync(path.join(folder, name)))
  return hash.digest('hex').slice(0, 12)
}

export function writeDatabase(file: string, studies: number, progress: (made: number) => void = () => undefined): void {
  execFileSync(process.execPath, [path.join(root, 'scripts', 'evibase.mjs'), 'db', 'migrate'], {
    env: { ...process.env, DATABASE_URL: `file:${file}` },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const db = new Driver(file)
  try {
    db.pragma('journal_mode = OFF')
    db.pragma('synchronous = OFF')
    db.pragma('cache_size = -262144')
    // All of a study comes in one transaction, checked at its end.
    const write = writer(db)
    db.exec('BEGIN')
    write(vocabularyRows())
    for (let number = 0; number < studies; number++) {
      write(studyRows(number))
      if (number % 1_000 === 999) {
        db.exec('COMMIT; BEGIN')
        progress(number + 1)
      }
    }
    write(reviewRows(studies))
    db.exec('COMMIT; ANALYZE')
    db.pragma('journal_mode = WAL')
  } finally {
    db.close()
  }
}

/** Inserts rows, parents first. */
function writer(db: Driver.Database): (rows: Rows) => void {
  const statements = new Map<string, { readonly insert: Driver.Statement; readonly fields: readonly string[] }>()
  const statementOf = (table: string, fields: readonly string[]) => {
    const names = fields.map((field) => `"${sqlName(field)}"`).join(', ')
    const marks = fields.map(() => '?').join(', ')
    return { insert: db.prepare(`INSERT INTO "${sqlName(table)}" (${names}) VALUES (${marks})`), fields }
  }
  return (rows) => {
    for (const [table] of ALL_TABLES)
      for (const row of rows[table] ?? []) {
        const fields = Object.keys(row)
        const key = `${table} ${fields.join(' ')}`
        const known = statements.get(key) ?? statementOf(table, fields)
        statements.set(key, known)
        known.insert.run(
          known.fields.map((field) => (typeof row[field] === 'boolean' ? Number(row[field]) : row[field])),
        )
      }
  }
}

function reviewRows(studies: number): Rows {
  const included = Array.from({ length: Math.ceil(studies / REVIEWED_ONE_IN) }, (_, index) => index * REVIEWED_ONE_IN)
  return {
    review: [
      {
        ...{ id: REVIEW, label: 'Synthetic review', title: 'A review of synthetic studies' },
        ...{ population: 'anybody', intervention: 'anything', comparator: null },
      },
    ],
    reviewStudy: included.slice(0, MOST_REVIEWED).map((number, position) => ({
      ...{ id: `${REVIEW}/${slugOf(number)}`, reviewId: REVIEW, position: position + 1, studyId: slugOf(number) },
      decision: 'included',
    })),
  }
}
