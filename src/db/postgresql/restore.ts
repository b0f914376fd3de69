import { pipeline } from 'node:stream/promises'
import { EvidenceError } from '../../errors.ts'
import type { PostgresqlLocation } from '../database-url.ts'
import type { OnProgress } from '../on-progress.ts'
import { postgresqlError } from './error.ts'
import { clientPrograms, ProgramFailed, startProgram } from './programs.ts'

/** Milliseconds to wait for others who use the tables. */
const LOCK_TIMEOUT = 20_000

/**
 * Lets a database become what a backup holds, in one transaction: pg_restore writes the statements, and psql runs them
 * after one that empties the schema.
 */
export async function restorePostgresql(
  location: PostgresqlLocation,
  backup: string,
  onProgress: OnProgress,
): Promise<void> {
  const folder = clientPrograms(['pg_restore', 'psql'])
  await requireWhole(folder, location, backup)
  const script = startProgram(folder, 'pg_restore', [
    ...['--file=-', `--schema=${location.schema}`, '--no-owner', '--no-privileges', '--exit-on-error'],
    backup,
  ])
  script.input.end()
  const settings = ['--no-psqlrc', '--quiet', '--single-transaction', '--set=ON_ERROR_STOP=1', '--no-password']
  const run = startProgram(folder, 'psql', [...settings, '--output=/dev/null', '--file=-'], location)
  run.output.resume()
  run.input.write(emptySchema(location.schema))
  let bytes = 0
  script.output.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    onProgress(bytes, 'bytes')
  })
  const [sending, running] = await Promise.allSettled([
    pipeline(script.output, run.input, { end: false })
      .then(() => script.ended)
      // At the end of its input psql commits: it is told of the end only where all of the script has come.
      .then(
        () => void run.input.end(),
        (error: unknown) => {
          run.kill()
          throw error
        },
      ),
    run.ended,
  ])
  // A psql that stopped broke the pipe as well; one that was killed says nothing.
  if (running.status === 'rejected' && (running.reason as ProgramFailed).said !== '')
    throw restoreError(running.reason, location, backup)
  if (sending.status === 'rejected') throw restoreError(sending.reason, location, backup)
}

/** The schema's own rights stay; everything in it goes. */
const emptySchema = (schema: string) => `
SET lock_timeout = ${LOCK_TIMEOUT};
DO $$
DECLARE thing record;
BEGIN
  FOR thing IN SELECT format('DROP VIEW IF EXISTS %s CASCADE', oid::regclass) AS statement FROM pg_class
    WHERE relnamespace = '${schema}'::regnamespace AND relkind IN ('v', 'm')
  LOOP EXECUTE thing.statement; END LOOP;
  FOR thing IN SELECT format('DROP TABLE IF EXISTS %s CASCADE', oid::regclass) AS statement FROM pg_class
    WHERE relnamespace = '${schema}'::regnamespace AND relkind IN ('r', 'p')
  LOOP EXECUTE thing.statement; END LOOP;
  FOR thing IN SELECT format('DROP TYPE IF EXISTS %s CASCADE', oid::regtype) AS statement FROM pg_type
    WHERE typnamespace = '${schema}'::regnamespace AND typtype = 'e'
  LOOP EXECUTE thing.statement; END LOOP;
END $$;
`

/** A dump that was cut off is seen before anything is touched, and one of another schema as well. */
async function requireWhole(folder: string, { schema }: PostgresqlLocation, backup: string): Promise<void> {
  const list = startProgram(folder, 'pg_restore', ['--list', backup])
  list.input.end()
  let said = ''
  list.output.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  await list.ended.catch((error: unknown) => {
    throw new EvidenceError(
      'NOT_A_BACKUP',
      `${backup} can't be read as a backup, and nothing was changed: ${firstLine(error)}.`,
      {},
      { cause: error },
    )
  })
  const schemas = new Set([...said.matchAll(/ TABLE DATA (\S+) _prisma_migrations /g)].map(([, name]) => name))
  if (schemas.has(schema)) return
  throw new EvidenceError(
    'NOT_A_BACKUP',
    schemas.size === 0
      ? `${backup} is a backup of something else than an evidence base.`
      : `${backup} is a backup of the schema ${[...schemas].join(', ')}. Name it in the database's address: ?schema=….`,
  )
}

const firstLine = (error: unknown) =>
  (error instanceof ProgramFailed ? error.said : String(error)).split('\n')[0]?.replace(/^\w+: (error: )?/, '') ?? ''

function restoreError(error: unknown, location: PostgresqlLocation, backup: string): unknown {
  if (!(error instanceof ProgramFailed)) return error
  const known = /permission denied|must be owner/.test(error.said)
    ? postgresqlError({ code: '42501', message: firstLine(error) }, 'the restore', location)
    : /lock timeout/.test(error.said)
      ? postgresqlError({ code: '55P03', message: '' }, 'the restore', location)
      : undefined
  return (
    known ??
    new EvidenceError(
      'NOT_A_BACKUP',
      `${backup} was not restored into ${location.shown}, which is as it was: ${firstLine(error)}.`,
      {},
      { cause: error },
    )
  )
}
