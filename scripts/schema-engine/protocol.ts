import { EngineError } from './engine-error.ts'

/** JSON-RPC 2.0, one message a line, as Prisma's CLI and its schema engine speak it. */
export interface Request {
  readonly id: number | string | null
  readonly method: string
  readonly params: unknown
}

interface RpcError {
  readonly code: number
  readonly message: string
  readonly data?: unknown
}

export type Message =
  | { readonly jsonrpc: '2.0'; readonly id: Request['id']; readonly result: unknown }
  | { readonly jsonrpc: '2.0'; readonly id: Request['id']; readonly error: RpcError }
  | { readonly jsonrpc: '2.0'; readonly id: number; readonly method: 'print'; readonly params: { content: string } }

export type Line =
  | { readonly kind: 'request'; readonly request: Request }
  /** The CLI's answer to a `print`, or an empty line: nothing to do. */
  | { readonly kind: 'ignored' }
  | { readonly kind: 'refused'; readonly reply: Message }

const PARSE_ERROR = -32700
const INVALID_REQUEST = -32600
const METHOD_NOT_FOUND = -32601
/** The native engine's own code for whatever went wrong while it worked. */
const ENGINE_FAILED = 4466

export function readLine(line: string): Line {
  if (line.trim() === '') return { kind: 'ignored' }
  let given: unknown
  try {
    given = JSON.parse(line)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { kind: 'refused', reply: failure(null, PARSE_ERROR, `The line is not JSON: ${reason}`) }
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return { kind: 'refused', reply: failure(null, INVALID_REQUEST, 'A request is a JSON object with a method.') }
  }
  const { id, method, params } = given as Record<string, unknown>
  const answerTo = typeof id === 'number' || typeof id === 'string' ? id : null
  if (typeof method === 'string') return { kind: 'request', request: { id: answerTo, method, params } }
  if ('result' in given || 'error' in given) return { kind: 'ignored' }
  return { kind: 'refused', reply: failure(answerTo, INVALID_REQUEST, 'A request names a method.') }
}

export function success({ id }: Request, result: unknown): Message {
  return { jsonrpc: '2.0', id, result: result ?? null }
}

export function methodNotFound({ id, method }: Request): Message {
  return failure(id, METHOD_NOT_FOUND, `Method not found: ${method}`)
}

export function engineFailure({ id }: Request, error: EngineError | EnginePanic | Error): Message {
  return failure(id, ENGINE_FAILED, 'An error happened. Check the data field for details.', {
    is_panic: error instanceof EnginePanic,
    message: error.message,
    ...(error instanceof EngineError ? { error_code: error.code, meta: error.meta } : {}),
  })
}

function failure(id: Request['id'], code: number, message: string, data?: unknown): Message {
  return { jsonrpc: '2.0', id, error: { code, message, ...(data === undefined ? {} : { data }) } }
}

/** The engine broke off: a defect of its own, which the CLI offers to report to Prisma. */
export class EnginePanic extends Error {
  override readonly name = 'EnginePanic'
}
