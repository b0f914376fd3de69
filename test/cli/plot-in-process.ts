import { Command, CommanderError } from 'commander'
import { plotCommand } from '../../src/cli/commands/plot.ts'
import { EvidenceError } from '../../src/errors.ts'
import { contextIn } from './context-in.ts'

/** The command `evibase plot` in a process that says and prints nothing by itself. */
function programIn(cwd: string, said: string[], printed: string[]): Command {
  const program = new Command('evibase')
  plotCommand(program, contextIn(cwd, said, printed))
  quiet(program, said)
  return program
}

/** Each kind of picture with the names of its options, without the dashes. */
export const plotKinds = (): readonly { readonly kind: string; readonly options: readonly string[] }[] =>
  (programIn('', [], []).commands[0]?.commands ?? []).map((command) => ({
    kind: command.name(),
    options: command.options.map(({ long }) => (long ?? '').slice(2)),
  }))

/** Runs `evibase plot` without a process of its own; the code is that of the error, where there is one. */
export async function plotIn(cwd: string, args: readonly string[]) {
  const said: string[] = []
  const printed: string[] = []
  const program = programIn(cwd, said, printed)
  const answer = (code: string) => ({ code, printed: printed.join(''), said: said.join('\n') })
  try {
    await program.parseAsync(['plot', ...args], { from: 'user' })
    return answer('done')
  } catch (error) {
    if (error instanceof CommanderError) return answer('USAGE')
    if (!(error instanceof EvidenceError)) throw error
    said.push(error.message)
    return answer(error.code)
  }
}

function quiet(command: Command, said: string[]): void {
  command.exitOverride().configureOutput({ writeErr: (text) => void said.push(text) })
  for (const inner of command.commands) quiet(inner, said)
}
