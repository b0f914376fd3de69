import path from 'node:path'
import { defineConfig } from 'prisma/config'
import { switchSchemaEngine } from './scripts/schema-engine/switch.ts'
import { tuneForShortRuns } from './scripts/short-runs.mjs'
import { databaseLocation } from './src/db/database-url.ts'

const root = import.meta.dirname
const { engine, url } = databaseLocation(process.env.DATABASE_URL, root)
const folder = path.join(root, engine === 'sqlite' ? 'prisma' : 'prisma/postgresql')
const shadow = process.env.SHADOW_DATABASE_URL

switchSchemaEngine()
tuneForShortRuns()

export default defineConfig({
  schema: path.join(folder, 'schema'),
  migrations: {
    path: path.join(folder, 'migrations'),
    seed: 'tsx scripts/seed.ts',
  },
  // SQLite's full-text index, which no model can describe.
  experimental: { externalTables: true },
  tables: {
    external:
      engine === 'sqlite'
        ? ['text_part', ...['', '_data', '_idx', '_docsize', '_config'].map((part) => `text_index${part}`)]
        : [],
  },
  datasource: {
    // For SQLite absolute with file://, as Studio knows it by what stands before "://".
    url,
    // Where the user may not create databases, `migrate dev` and `migrate diff` need an empty one.
    ...(engine === 'sqlite' || !shadow ? {} : { shadowDatabaseUrl: databaseLocation(shadow, root).url }),
  },
})
