import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import { databaseLocation } from '../../../src/db/database-url.ts'
import { schemaState } from '../../../src/db/schema-state.ts'
import { ROOT, scratchDatabase } from '../../scratch.ts'
import { open, thrownBy } from '../saving.ts'

export const MIGRATIONS = readdirSync(path.join(ROOT, 'prisma/postgresql/migrations')).filter((name) =>
  /^\d/.test(name),
)
/** Stands in every URL: no message may tell it. */
export const PASSWORD = 'hush-hush'

export interface Case {
  readonly database: string
  /** Its URL. */
  readonly make: () => Promise<string>
  /** The state, or the error. */
  readonly found: object
  /** What opening it says, where that is another thing. */
  readonly opened?: object
}

export const state = (database: string, applied: readonly string[]) => ({
  database,
  applied,
  pending: MIGRATIONS.filter((name) => !applied.includes(name)),
})
export const refusal = (code: string, ...says: readonly string[]) => ({
  code,
  message: expect.stringMatching(new RegExp(says.map((part) => `(?=.*${part})`).join(''))),
})
/** A migrated database of its own, after statements by hand. */
export const migrated = async (...statements: readonly string[]): Promise<string> => {
  const scratch = await scratchDatabase()
  await scratch.exec(statements.join(';'))
  return scratch.url
}
export const nameOf = (url: string) => new URL(url).pathname.slice(1)
export const having = (url: string, change: (parts: URL) => void): string => {
  const parts = new URL(url)
  change(parts)
  return parts.href
}

export const locationOf = (url: string) =>
  databaseLocation(
    having(url, (parts) => {
      if (parts.username !== '') parts.password ||= PASSWORD
    }),
    ROOT,
  )

/** One clear sentence or two, and nothing of the password, of SQL or of a program's insides. */
function expectClear(error: unknown): void {
  const { message } = error as Error
  // Some begin with the place.
  expect(message).toMatch(/^([A-Z]|postgresql:\/\/).*[^.]\.$/)
  expect(message.split(/\. (?=[A-Z])/).length, message).toBeLessThanOrEqual(2)
  expect(message).not.toMatch(/SELECT|\n|\bat \S+:\d+:\d+/)
  expect(message).not.toContain(PASSWORD)
}

export async function expectFound({ found, opened = found }: Omit<Case, 'make'>, url: string): Promise<void> {
  const location = locationOf(url)
  const asked = await thrownBy(() => schemaState(location, ROOT))
  expect(asked).toMatchObject(found)
  if (asked instanceof Error) expectClear(asked)
  const client = await thrownBy(() => open({ location }))
  if ('pending' in opened) await (client as Awaited<ReturnType<typeof open>>).$disconnect()
  else {
    expect(client).toMatchObject(opened)
    expectClear(client)
  }
}
