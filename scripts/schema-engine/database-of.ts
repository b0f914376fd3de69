import type { Datasource } from './command-line.ts'
import type { EngineDatabase } from './database.ts'
import { EngineError } from './engine-error.ts'
import { postgresqlDatabase } from './postgresql.ts'
import { sqliteDatabase } from './sqlite.ts'

/**
 * The database that a URL names.
 *
 * @throws EngineError P1013 for a kind that isn't spoken
 */
export function databaseOf(datasource: Datasource, schemas: readonly string[]): EngineDatabase {
  const { url } = datasource
  const kind = url === undefined ? (providerOf(schemas) ?? 'sqlite') : schemeOf(url)
  switch (kind) {
    case 'file':
    case 'sqlite':
      return sqliteDatabase(datasource)
    case 'postgresql':
    case 'postgres':
      return postgresqlDatabase(datasource)
    default:
      throw notSpoken(kind)
  }
}

/**
 * A database that need not be there, of the kind that the schemas' datasource block names: for `migrate diff` between
 * files, which at most replays migrations on a shadow database.
 *
 * @throws EngineError P1013 for a kind that isn't spoken
 */
export function untouchedDatabaseOf(datasource: Datasource, schemas: readonly string[]): EngineDatabase {
  const { url } = datasource
  const kind = providerOf(schemas) ?? (url === undefined ? 'sqlite' : schemeOf(url))
  switch (kind) {
    case 'file':
    case 'sqlite':
      return sqliteDatabase({})
    case 'postgresql':
    case 'postgres':
      return postgresqlDatabase(/^postgres(ql)?:/i.test(url ?? '') ? datasource : {}, true)
    default:
      throw notSpoken(kind)
  }
}

const notSpoken = (kind: string): EngineError =>
  new EngineError(
    'P1013',
    `The project's schema engine speaks SQLite and PostgreSQL only, and the datasource is ${kind}. ` +
      'Expected a URL such as file:./data/evidence.db or postgresql://localhost:5432/evidence.',
  )

function schemeOf(url: string): string {
  return /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? 'without a scheme'
}

function providerOf(schemas: readonly string[]): string | undefined {
  for (const schema of schemas) {
    const block = /^\s*datasource\s+\w+\s*\{[^}]*?^\s*provider\s*=\s*"([^"]+)"/m.exec(schema)
    if (block?.[1] !== undefined) return block[1]
  }
  return undefined
}
