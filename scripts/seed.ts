import path from 'node:path'
import { main } from '../src/cli/main.ts'

// What `prisma db seed` runs: the same as `evibase db seed`.
process.exitCode = await main(['db', 'seed'], { root: path.dirname(import.meta.dirname) })
