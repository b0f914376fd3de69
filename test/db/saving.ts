import { afterEach, beforeEach } from 'vitest'
import { type Database, openDatabase } from '../../src/db/connect.ts'
import { type SaveResult, saveStudy } from '../../src/db/save-study.ts'
import type { StudyRecord } from '../../src/model/study-record.ts'
import { ROOT, type ScratchDatabase, scratchDatabase, seededDatabase } from '../scratch.ts'
import { contents, type Dump } from './dump.ts'
import { ORIGIN } from './study-variants.ts'

export const open = ({ location }: Pick<ScratchDatabase, 'location'>): Promise<Database> => openDatabase(location, ROOT)

export interface Seeded {
  readonly scratch: ScratchDatabase
  readonly db: Database
  readonly save: (record: StudyRecord) => Promise<SaveResult>
  /** What a save throws; what it returned where it didn't. */
  readonly refused: (record: StudyRecord) => Promise<unknown>
  /** Statements by hand, all or none. */
  readonly edit: (...statements: readonly string[]) => Promise<void>
  /** The one value of a query. */
  readonly one: (query: string) => Promise<unknown>
}

/** The first study's database, anew for each test of a file. */
export function seededForEach(): Seeded {
  let now: { scratch: ScratchDatabase; db: Database } | undefined
  beforeEach(async () => {
    const scratch = await seededDatabase()
    now = { scratch, db: await open(scratch) }
  })
  afterEach(() => now?.db.$disconnect())
  const current = () => {
    if (now === undefined) throw new Error('there is a database only within a test')
    return now
  }
  const save = (record: StudyRecord) => saveStudy(current().db, record, ORIGIN)
  return {
    get scratch() {
      return current().scratch
    },
    get db() {
      return current().db
    },
    save,
    refused: (record) => thrownBy(() => save(record)),
    edit: (...statements) => current().scratch.exec(['BEGIN', ...statements, 'COMMIT'].join(';\n')),
    one: async (query) => Object.values((await current().scratch.rows(query))[0] ?? {})[0],
  }
}

/** What is thrown; what was returned where nothing was. */
export async function thrownBy(use: () => Promise<unknown>): Promise<unknown> {
  try {
    return await use()
  } catch (error) {
    return error
  }
}

/** What records make in a database that has never seen another. */
export async function loadedAnew(...records: readonly StudyRecord[]): Promise<Dump> {
  const fresh = await scratchDatabase()
  const db = await open(fresh)
  for (const record of records) await saveStudy(db, record, ORIGIN)
  await db.$disconnect()
  return contents(fresh)
}
