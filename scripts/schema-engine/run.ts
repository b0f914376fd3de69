import { type Command, readCommandLine } from './command-line.ts'
import { databaseOf } from './database-of.ts'
import { EngineError } from './engine-error.ts'
import { log } from './log.ts'
import { serve } from './serve.ts'
import { engineVersion } from './wasm.ts'

/** Does what the command line says. Whatever fails is a line of the log and exit code 1, as from the native program. */
export async function run(args: readonly string[]): Promise<void> {
  // The CLI drops the first line of stderr.
  if (!args.includes('--version') && !args.includes('-V')) log('INFO', 'Starting the schema engine (WebAssembly)')
  try {
    await perform(readCommandLine(args))
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const { code, meta } = error instanceof EngineError ? error : { code: '', meta: {} }
    log('ERROR', message, { is_panic: false, error_code: code, meta: JSON.stringify(meta) })
    process.exitCode = 1
  }
}

async function perform(command: Command): Promise<void> {
  switch (command.kind) {
    case 'version':
      process.stdout.write(`schema-engine-cli ${engineVersion()} (WebAssembly)\n`)
      return
    case 'serve':
      await serve(command.schemaFiles, command.datasource)
      return
    case 'database': {
      const database = databaseOf(command.datasource, [])
      if (command.datasource.url === undefined) throw new EngineError('P1013', 'The datasource has no URL.')
      if (command.command === 'can-connect-to-database') await database.canConnect()
      else if (command.command === 'create-database') await database.create()
      else await database.drop()
      log('INFO', `${command.command}: done`)
    }
  }
}
