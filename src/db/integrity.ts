import type { Transaction } from './database.ts'
import { type Engine, engineOf } from './engine.ts'
import type { IntegrityFinding } from './integrity-finding.ts'
import { postgresqlIntegrity } from './postgresql/integrity.ts'
import { sqliteIntegrity } from './sqlite/integrity.ts'

/**
 * Looks whether a database is sound as a database: whether it can be read throughout, whether every row keeps its
 * table's rules, and whether every key points at a row. Nothing is taken on trust from when the rows were written.
 */
export const integrityOf = (tx: Transaction): Promise<readonly IntegrityFinding[]> => LOOKS[engineOf(tx)](tx)

const LOOKS: Readonly<Record<Engine, (tx: Transaction) => Promise<readonly IntegrityFinding[]>>> = {
  sqlite: sqliteIntegrity,
  postgresql: postgresqlIntegrity,
}
