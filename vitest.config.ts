import path from 'node:path'
import { defineConfig } from 'vitest/config'
import { ClosingLineReporter } from './scripts/closing-line-reporter.ts'
import { LongFilesFirst } from './scripts/long-files-first.ts'
import { SHORT_RUN_FLAGS } from './scripts/short-runs.mjs'
import { whyNoPostgres } from './test/postgres-server.ts'

const settings = {
  pool: 'forks',
  execArgv: SHORT_RUN_FLAGS,
  testTimeout: 90_000,
  hookTimeout: 120_000,
} as const

/** What asks a database, and so runs once more on PostgreSQL. */
const ON_BOTH_ENGINES = ['test/{cli,db,queries,studio}/**/*.test.ts', 'test/readme.test.ts']

/**
 * Of these, what shows the same on each: words, files and URLs without a database; and what the command line makes of
 * questions whose answers test/db/postgresql/same-bytes.test.ts holds to be the same.
 */
const ON_ONE_ENGINE = [
  'test/cli/{compare,help,hostile-files,new,output,plot,pool,progress,usage}.test.ts',
  'test/cli/{check,dump,effects,export,extract,import-mesh,import-records,packed-files,plot-kinds,records-reader,trace}.test.ts',
  'test/db/database-url.test.ts',
]

export default defineConfig({
  test: {
    // Absolute, since the tests of the reporter use this configuration in another folder.
    globalSetup: [path.join(import.meta.dirname, 'test/postgres-server.ts')],
    // One more than cores where there are two: many tests wait, for a program, a server or a lock.
    maxWorkers: 3,
    sequence: { sequencer: LongFilesFirst },
    reporters: ['default', new ClosingLineReporter()],
    projects: [
      {
        test: {
          ...settings,
          name: 'sqlite',
          include: ['test/**/*.test.ts'],
          exclude: ['test/db/postgresql/**', 'test/postgresql-missing.test.ts'],
          provide: { engine: 'sqlite' },
        },
      },
      {
        test: {
          ...settings,
          name: 'postgresql',
          include: whyNoPostgres() === undefined ? ON_BOTH_ENGINES : ['test/postgresql-missing.test.ts'],
          exclude: ['test/db/sqlite/**', ...ON_ONE_ENGINE],
          provide: { engine: 'postgresql' },
        },
      },
    ],
  },
})
