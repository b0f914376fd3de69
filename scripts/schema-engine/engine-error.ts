/** An error with one of Prisma's codes (https://www.prisma.io/docs/orm/reference/error-reference). */
export class EngineError extends Error {
  override readonly name = 'EngineError'

  constructor(
    readonly code: string,
    message: string,
    readonly meta: Readonly<Record<string, unknown>> = {},
  ) {
    super(message)
  }
}
