import path from 'node:path'
import { defineConfig } from 'prisma/config'
import { switchSchemaEngine } from './scripts/schema-engine/switch.ts'
import { databaseLocation } from './src/db/database-url.ts'

const root = import.meta.dirname

switchSchemaEngine()

export default defineConfig({
  schema: path.join(root, 'prisma/schema'),
  migrations: {
    path: path.join(root, 'prisma/migrations'),
    seed: 'tsx scripts/seed.ts',
  },
  // Absolute with file://, as Studio knows SQLite by what stands before "://".
  datasource: { url: databaseLocation(process.env.DATABASE_URL, root).url },
})
