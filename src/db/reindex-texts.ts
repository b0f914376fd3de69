import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Database } from './database.ts'
import { type Engine, engineOf } from './engine.ts'
import { migrationsFolder } from './schema-state.ts'
import { inWriteTransaction } from './write-transaction.ts'

/** What makes the full-text index, and what fills it. */
const MIGRATIONS = ['20261124000018_index_texts', '20261124000019_fill_text_index'] as const

/**
 * Makes the full-text index of titles and stored texts anew, with all that keeps it, whole or not at all; whatever has
 * become of the one that is there. The texts themselves aren't touched.
 *
 * @param root  Evibase's own folder, whose migrations say how
 */
export const reindexTexts = (db: Database, root: string): Promise<void> =>
  inWriteTransaction(db, 'the full-text index', ['text index'], async (tx) => {
    const statements = statementsOf(engineOf(db), root)
    const made = statements.flatMap((statement) => {
      const [, kind, name] = /^CREATE (?:VIRTUAL )?(TABLE|TRIGGER|INDEX) "(\w+)"/.exec(statement) ?? []
      return kind === undefined ? [] : [`${kind} IF EXISTS "${name}"`]
    })
    for (const one of made.toReversed()) await tx.$executeRawUnsafe(`DROP ${one}`)
    for (const statement of statements) await tx.$executeRawUnsafe(statement)
  })

/** The migrations' statements that are about the full-text index; what stands within a trigger begins with a space. */
const statementsOf = (engine: Engine, root: string): readonly string[] =>
  MIGRATIONS.flatMap((name) =>
    readFileSync(path.join(migrationsFolder(engine, root), name, 'migration.sql'), 'utf8')
      .replace(/^--.*\n/gm, '')
      .split(/;\n+(?=[A-Z]+ |$)/),
  ).filter((statement) => /"text_index"|"text_part"|_words"/.test(statement))
