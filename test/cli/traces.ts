import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { databaseLocation } from '../../src/db/database-url.ts'
import { ROOT } from '../scratch.ts'
import { sha256 } from '../scripts/prisma-project.ts'

/**
 * Changes with whatever is written to a database, also where a value is replaced by the same one: of a file its bytes,
 * and what lies beside it; on a server where each row of each table lies and which transaction wrote it, with the
 * catalogue's rows of tables, views and indexes among them. One that isn't there leaves no trace.
 */
export async function traces(url: string): Promise<string | undefined> {
  const location = databaseLocation(url, ROOT)
  return location.engine === 'sqlite' ? ofFile(location.file) : ofServer(url)
}

function ofFile(file: string): string | undefined {
  const folder = path.dirname(file)
  if (!existsSync(folder)) return undefined
  const beside = readdirSync(folder).filter((name) => name.startsWith(path.basename(file)))
  if (beside.length === 0) return undefined
  const hash = createHash('sha256')
  for (const name of beside.sort()) hash.update(`${name}\0`).update(readFileSync(path.join(folder, name)))
  return hash.digest('hex')
}

const NO_SUCH_DATABASE = '3D000'
const OF_A_PERSON = `NOT IN ('pg_catalog', 'pg_toast', 'information_schema')`

async function ofServer(url: string): Promise<string | undefined> {
  const client = new pg.Client(url)
  try {
    await client.connect()
  } catch (error) {
    if ((error as { code?: unknown }).code === NO_SUCH_DATABASE) return undefined
    throw error
  }
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname ${OF_A_PERSON}`,
    )
    const rows = tables.map(({ name }) => `SELECT '${name}' AS name, ctid::text, xmin::text FROM ${name}`)
    const catalogue = `SELECT relname::text AS name, c.ctid::text, c.xmin::text FROM pg_class AS c
      JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE nspname ${OF_A_PERSON}`
    const { rows: all } = await client.query(`${[...rows, catalogue].join(' UNION ALL ')} ORDER BY 1, 2, 3`)
    return sha256(JSON.stringify(all))
  } finally {
    await client.end()
  }
}
