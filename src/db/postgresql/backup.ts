import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { EvidenceError } from '../../errors.ts'
import type { PostgresqlLocation } from '../database-url.ts'
import type { OnProgress } from '../on-progress.ts'
import { clientPrograms, ProgramFailed, startProgram } from './programs.ts'

/** Dumps a database as of one moment, with what makes its tables, in pg_dump's custom format. */
export async function backupPostgresql(
  location: PostgresqlLocation,
  target: string,
  onProgress: OnProgress,
): Promise<void> {
  const folder = clientPrograms(['pg_dump'])
  const args = ['--format=custom', `--schema=${location.schema}`, '--no-owner', '--no-privileges', '--no-password']
  const dump = startProgram(folder, 'pg_dump', args, location)
  dump.input.end()
  let bytes = 0
  dump.output.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    onProgress(bytes, 'bytes')
  })
  const [ended, written] = await Promise.allSettled([dump.ended, pipeline(dump.output, createWriteStream(target))])
  if (written.status === 'rejected' && ended.status === 'fulfilled') throw written.reason
  if (ended.status === 'rejected') throw dumpError(ended.reason, location, written)
}

function dumpError(error: unknown, { shown }: PostgresqlLocation, written: PromiseSettledResult<void>): unknown {
  // A full disk stops the program as well, which then only says that nobody listens.
  if (written.status === 'rejected') return written.reason
  if (!(error instanceof ProgramFailed)) return error
  const reason = error.said.split('\n').find((line) => /error:/.test(line)) ?? error.said
  return new EvidenceError(
    /version mismatch/.test(error.said) ? 'PROGRAM_MISSING' : 'DATABASE_NOT_REACHABLE',
    `${shown} was not backed up, and no file was left: ${reason.replace(/^pg_dump: (error: )?/, '')}.`,
    {},
    { cause: error },
  )
}
