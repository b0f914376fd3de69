/** One line of the native program's log, which Prisma's CLI reads from stderr: error code and message stand in it. */
export function log(level: 'INFO' | 'ERROR', message: string, fields: Readonly<Record<string, unknown>> = {}): void {
  const line = {
    timestamp: new Date().toISOString(),
    level,
    fields: { message, ...fields },
    target: 'schema_engine::logger',
  }
  process.stderr.write(`${JSON.stringify(line)}\n`)
}
