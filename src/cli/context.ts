import type { Readable } from 'node:stream'
import { type DatabaseLocation, databaseLocation } from '../db/database-url.ts'

/** What a command may know of the process that it runs in. Only this folder reads the process itself. */
export interface Context {
  /** Evibase's own folder: its migrations and seeds lie there, and relative database files are meant from there. */
  readonly root: string
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  /** Columns that a table for people may take. */
  readonly width: number
  readonly interactive: boolean
  readonly now: () => Date
  /** Data. */
  readonly print: (text: string) => void
  /** Data, some at a time: done when the reader is ready for more. */
  readonly pass: (text: string | Uint8Array) => Promise<void>
  /** Does something before an interrupt (Ctrl-C) ends the process; the answer takes that back. */
  readonly onInterrupt: (act: () => void) => () => void
  /** Does something at the first interrupt and lets the process end by itself; a second one ends it. The answer takes that back. */
  readonly onFirstInterrupt: (act: () => void) => () => void
  /** Data from elsewhere, piped in. */
  readonly input: Readable
  /** Words for the person at the terminal. */
  readonly say: (text: string) => void
  /** The same as it is, for a line that is written over. */
  readonly show: (text: string) => void
}

/** Where the database is: `--db`, else DATABASE_URL, else the default. */
export const locationOf = (context: Context, given: string | undefined): DatabaseLocation =>
  databaseLocation(given ?? context.env.DATABASE_URL, context.root)
