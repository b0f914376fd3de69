import type Database from 'better-sqlite3'
import type { Constraint } from '../../../scripts/constraints.ts'

/** The CHECKs that stand in a database, read from the SQL that it keeps of its tables. A CHECK without a name has ''. */
export function standingChecks(db: Database.Database): readonly Constraint[] {
  const tables = db
    .prepare(`SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' ORDER BY name`)
    .all() as { name: string; sql: string }[]
  return tables
    .filter(({ name }) => name !== '_prisma_migrations')
    .flatMap(({ name: table, sql }) => checksOf(sql).map((check) => ({ table, ...check })))
}

/** One spelling for expressions that differ only in spaces. */
export const normalised = (check: string): string =>
  check.replace(/\s+/g, ' ').replace(/\( /g, '(').replace(/ \)/g, ')').trim()

function checksOf(sql: string): { name: string; check: string }[] {
  const checks: { name: string; check: string }[] = []
  const bare = masked(sql)
  for (const match of bare.matchAll(/\bCHECK\s*\(/gi)) {
    const start = match.index + match[0].length
    const named = /\bCONSTRAINT\s+"(\w+)"\s*$/i.exec(sql.slice(0, match.index))
    checks.push({ name: named?.[1] ?? '', check: normalised(sql.slice(start, closing(bare, start))) })
  }
  return checks
}

/** The SQL with its quoted text and names blanked out, character for character: parentheses in them close nothing. */
const masked = (sql: string): string =>
  sql.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*/g, (text) => ' '.repeat(text.length))

function closing(bare: string, start: number): number {
  let depth = 1
  for (let at = start; at < bare.length; at++) {
    if (bare[at] === '(') depth++
    if (bare[at] === ')') depth--
    if (depth === 0) return at
  }
  throw new Error('a CHECK without its closing parenthesis')
}
