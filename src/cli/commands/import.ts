import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { example } from '../output.ts'
import { importMeshCommand } from './import/mesh.ts'

export function importCommand(program: Command, context: Context): void {
  const command = program
    .command('import')
    .summary('files from elsewhere')
    .description('Reads files that others publish, as a stream, each whole or not at all.')
    .addHelpText('after', example('import mesh desc2024.xml.gz qual2024.xml'))
    .helpCommand(false)
  importMeshCommand(command, context)
}
