/** What an error says of itself, wherever the drivers and Prisma hide it. */
export interface DriverMessages {
  /** SQLSTATEs, Prisma's codes, the system's, kinds of errors. */
  readonly codes: readonly string[]
  readonly text: string
}

export function driverMessages(error: unknown): DriverMessages {
  const found = collected(error)
  return { codes: found.flatMap(({ codes }) => codes), text: found.flatMap(({ texts }) => texts).join('\n') }
}

interface Collected {
  readonly codes: readonly string[]
  readonly texts: readonly string[]
}

function collected(error: unknown, depth = 0): Collected[] {
  if (typeof error !== 'object' || error === null || depth > 5) return []
  const { code, message, cause, meta, errors, originalMessage, originalCode, kind, driverAdapterError } =
    error as Record<string, unknown>
  const strings = (...parts: unknown[]) => parts.filter((part) => typeof part === 'string')
  return [
    { codes: strings(code, originalCode, kind), texts: strings(message, originalMessage) },
    // Where a host has several addresses, one error each is wrapped in one without words.
    ...[cause, meta, driverAdapterError, ...(Array.isArray(errors) ? errors : [])].flatMap((inner) =>
      collected(inner, depth + 1),
    ),
  ]
}
