import { writeSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { EvidenceError, reasonOf } from '../errors.ts'
import { checkCommand } from './commands/check.ts'
import { compareCommand } from './commands/compare.ts'
import { dbCommand } from './commands/db.ts'
import { dumpCommand } from './commands/dump.ts'
import { duplicatesCommand } from './commands/duplicates.ts'
import { effectsCommand } from './commands/effects.ts'
import { exportCommand } from './commands/export.ts'
import { extractCommand } from './commands/extract.ts'
import { findCommand } from './commands/find.ts'
import { importCommand } from './commands/import.ts'
import { loadCommand } from './commands/load.ts'
import { newCommand } from './commands/new.ts'
import { plotCommand } from './commands/plot.ts'
import { poolCommand } from './commands/pool.ts'
import { publicationsCommand } from './commands/publications.ts'
import { traceCommand } from './commands/trace.ts'
import type { Context } from './context.ts'
import { INTERRUPTED } from './interrupted.ts'
import { versionOf } from './version.ts'

/** Columns of a table in a pipe or a log, where nobody can scroll sideways. */
const WIDTH_WITHOUT_TERMINAL = 120

/**
 * The `evibase` command: reads the command line, runs one verb, and says in words what went wrong.
 *
 * @returns the exit code: 0 done, 1 a problem was found or input refused, 2 the command line was not understood
 */
export async function main(argv: readonly string[], { root }: { readonly root: string }): Promise<number> {
  const context = contextOf(root)
  let code = 0
  const fail = (as = 1) => {
    code = as
  }
  // A reader that has seen enough, such as `head`, closes the pipe: that is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(code)
    context.say(`The output can't be written: ${reasonOf(error)}.`)
    process.exit(1)
  })
  const program = new Command('evibase')
    .description('An evidence base: clinical studies in a database, every number beside the words it was read from.')
    .version(versionOf(root), '-V, --version', 'print the version')
    .helpCommand(false)
    .showHelpAfterError('(see --help)')
    .configureHelp({ commandDescription: flowing })
    .addHelpText(
      'after',
      '\nExample:\n  evibase extract dichotomous --format csv\n\nThe database is named by --db or DATABASE_URL; it is file:./data/evidence.db by default.',
    )
  dbCommand(program, context, fail)
  newCommand(program, context)
  loadCommand(program, context, fail)
  importCommand(program, context, fail)
  duplicatesCommand(program, context)
  publicationsCommand(program, context)
  dumpCommand(program, context)
  findCommand(program, context)
  extractCommand(program, context)
  effectsCommand(program, context)
  exportCommand(program, context)
  poolCommand(program, context)
  plotCommand(program, context)
  compareCommand(program, context, fail)
  traceCommand(program, context, fail)
  checkCommand(program, context, fail)
  returnErrors(program)
  try {
    await program.parseAsync(argv, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (error instanceof EvidenceError) {
      context.say(error.message)
      return error.code === 'USAGE' ? 2 : 1
    }
    context.say(
      `Evibase stopped at something that it does not understand; please report it.\n${error instanceof Error ? error.stack : String(error)}`,
    )
    return 1
  }
}

/** Commander ends the process by itself, on every level, unless each command is told not to. */
function returnErrors(command: Command): void {
  command.exitOverride()
  for (const inner of command.commands) returnErrors(inner)
}

function contextOf(root: string): Context {
  return {
    root,
    cwd: process.cwd(),
    env: process.env,
    width: process.stdout.isTTY ? process.stdout.columns : WIDTH_WITHOUT_TERMINAL,
    interactive: Boolean(process.stdin.isTTY && process.stderr.isTTY),
    now: () => new Date(),
    print: (text) => void process.stdout.write(text),
    pass: (text) =>
      new Promise((resolve) => {
        if (text.length === 0 || process.stdout.write(text)) resolve()
        else process.stdout.once('drain', resolve)
      }),
    onInterrupt: (act) => {
      const ended = () => {
        act()
        process.exit(INTERRUPTED)
      }
      process.once('SIGINT', ended)
      return () => process.off('SIGINT', ended)
    },
    onFirstInterrupt: (act) => {
      let heard = false
      const interrupted = () => {
        if (heard) process.exit(INTERRUPTED)
        heard = true
        act()
      }
      process.on('SIGINT', interrupted)
      return () => process.off('SIGINT', interrupted)
    },
    input: process.stdin,
    say: (text) => void writeSync(2, `${text}\n`),
    show: (text) => void writeSync(2, text),
  }
}

/** A command's words as paragraphs, for the terminal to say how wide they are: the sources break their lines as well. */
const flowing = (command: Command): string => command.description().replace(/(?<!\n)\n(?!\n)/g, ' ')
