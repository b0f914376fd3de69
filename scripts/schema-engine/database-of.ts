import type { Datasource } from './command-line.ts'
import type { EngineDatabase } from './database.ts'
import { EngineError } from './engine-error.ts'
import { sqliteDatabase } from './sqlite.ts'

/**
 * The database that a URL names. Without a URL (`migrate diff` between files) it is an empty one of the kind that the
 * schema's datasource block names.
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
    default:
      throw new EngineError(
        'P1013',
        `The project's schema engine speaks SQLite only, and the datasource is ${kind}. ` +
          'Expected a URL such as file:./data/evidence.db.',
      )
  }
}

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
