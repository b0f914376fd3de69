import { copyFileSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import Driver from 'better-sqlite3'

const migrations = path.resolve(import.meta.dirname, '../prisma/migrations')

/** Makes migrated SQLite files without a study, for benchmarks: one by the migrations, the others as its copies. */
export function emptyDatabases(folder: string): () => string {
  const first = path.join(folder, 'empty.db')
  const db = new Driver(first)
  for (const name of readdirSync(migrations).sort())
    if (/^\d/.test(name)) db.exec(readFileSync(path.join(migrations, name, 'migration.sql'), 'utf8'))
  db.pragma('journal_mode = WAL')
  db.close()
  let copies = 0
  return () => {
    const file = path.join(folder, `copy-${++copies}.db`)
    copyFileSync(first, file)
    return file
  }
}
