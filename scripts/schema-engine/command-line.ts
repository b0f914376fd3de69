/** What `--datasource` carries; a URL is absent where a command needs no database (`migrate diff` between files). */
export interface Datasource {
  readonly url?: string
  readonly shadowDatabaseUrl?: string
}

/** What the native program can be asked to do with a database before a conversation starts. */
const DATABASE_COMMANDS = ['can-connect-to-database', 'create-database', 'drop-database'] as const
type DatabaseCommand = (typeof DATABASE_COMMANDS)[number]

export type Command =
  | { readonly kind: 'version' }
  | { readonly kind: 'database'; readonly command: DatabaseCommand; readonly datasource: Datasource }
  | { readonly kind: 'serve'; readonly schemaFiles: readonly string[]; readonly datasource: Datasource }

/**
 * Reads the native program's command line, as far as Prisma's CLI uses it.
 *
 * @throws Error naming the argument that isn't known or has no value
 */
export function readCommandLine(args: readonly string[]): Command {
  const schemaFiles: string[] = []
  let datasource: Datasource = {}
  let command: DatabaseCommand | undefined
  const rest = args[Symbol.iterator]()
  const valueAfter = (option: string): string => {
    const { value, done } = rest.next()
    if (done === true) throw new Error(`${option} needs a value`)
    return value
  }
  for (const argument of rest) {
    switch (argument) {
      case '--version':
      case '-V':
        return { kind: 'version' }
      case '--datamodels':
      case '-d':
        schemaFiles.push(valueAfter(argument))
        break
      case '--datasource':
        datasource = readDatasource(valueAfter(argument))
        break
      // Neither preview features nor extension types can be handed to the WebAssembly build.
      case '--enabled-preview-features':
      case '--extension-types':
        valueAfter(argument)
        break
      case 'cli':
        command = readDatabaseCommand(valueAfter(argument))
        break
      default:
        throw new Error(`unknown argument ${argument}`)
    }
  }
  if (command !== undefined) return { kind: 'database', command, datasource }
  return { kind: 'serve', schemaFiles, datasource }
}

function readDatabaseCommand(given: string): DatabaseCommand {
  const command = DATABASE_COMMANDS.find((known) => known === given)
  if (command === undefined) throw new Error(`unknown command cli ${given}; known are ${DATABASE_COMMANDS.join(', ')}`)
  return command
}

function readDatasource(json: string): Datasource {
  let given: unknown
  try {
    given = JSON.parse(json)
  } catch {
    // The text may hold a password, so it isn't repeated.
    throw new Error('--datasource is not JSON')
  }
  if (typeof given !== 'object' || given === null) throw new Error('--datasource is not a JSON object')
  const { url, shadowDatabaseUrl } = given as Record<string, unknown>
  return {
    ...(typeof url === 'string' && url !== '' ? { url } : {}),
    ...(typeof shadowDatabaseUrl === 'string' && shadowDatabaseUrl !== '' ? { shadowDatabaseUrl } : {}),
  }
}
