import type { Command } from 'commander'
import { type Context, locationOf } from '../../context.ts'
import { type DatabaseOption, example, withDatabase } from '../../output.ts'
import { showPrisma } from '../../prisma.ts'

export function studioCommand(db: Command, context: Context, fail: () => void): void {
  const command = db
    .command('studio')
    .description('Opens Prisma Studio over the database in the browser.')
    .option('-p, --port <number>', 'the port to serve it on')
    .option('-b, --browser <name>', 'the browser to open it in; none for none')
    .addHelpText('after', example('db studio --port 5555 --browser none'))
  withDatabase(command).action(async (options: DatabaseOption & { port?: string; browser?: string }) => {
    const location = locationOf(context, options.db)
    const { requireCurrentSchema } = await import('../../../db/schema-state.ts')
    await requireCurrentSchema(location, context.root)
    const port = options.port === undefined ? [] : ['--port', options.port]
    const browser = options.browser === undefined ? [] : ['--browser', options.browser]
    if ((await showPrisma(context, location, ['studio', ...port, ...browser])) !== 0) fail()
  })
}
