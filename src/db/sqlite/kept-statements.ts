import type Driver from 'better-sqlite3'
import { textOf } from '../parked-texts.ts'

/** Statements that a connection keeps: an import asks some hundred over and over. */
const MOST = 300

/**
 * Has a connection keep its statements. SQLite else compiles each whenever it is asked, which for a long one takes longer
 * than to answer it where few rows are looked at. A statement whose tables changed meanwhile compiles itself again.
 *
 * Serves what Prisma's adapter does with a statement, and no more of the driver: it binds anew whenever it is asked,
 * where the driver's own would stay bound. Parked texts are put in their places here, behind the adapter, since that
 * remembers the last hundred questions whole.
 */
export function keepStatements(connection: Driver.Database): void {
  const prepare = connection.prepare.bind(connection)
  const kept = new Map<string, Driver.Statement>()
  const statementOf = (sql: string): Driver.Statement => {
    const statement = kept.get(sql) ?? prepare(sql)
    // What was asked last is last in the map, and what is first goes first.
    kept.delete(sql)
    kept.set(sql, statement)
    if (kept.size > MOST) kept.delete(kept.keys().next().value ?? sql)
    return statement
  }
  Object.assign(connection, { prepare: (sql: string) => boundTo(statementOf(sql), []) })
}

interface Bound extends Pick<Driver.Statement, 'reader' | 'columns' | 'run'> {
  readonly bind: (values: readonly unknown[]) => Bound
  readonly raw: () => { readonly all: () => readonly unknown[] }
}

function boundTo(statement: Driver.Statement, values: readonly unknown[]): Bound {
  let rows: unknown[] | undefined
  const ask = () => {
    rows ??= statement.raw(true).all(...values)
    return rows
  }
  return {
    reader: statement.reader,
    bind: (others) => boundTo(statement, others.map(textOf)),
    // Only when it is asked does a statement see that its tables have other columns by now.
    columns: () => {
      ask()
      return statement.columns()
    },
    run: () => statement.run(...values),
    raw: () => ({ all: ask }),
  }
}
