import { createInterface } from 'node:readline'
import type { Datasource } from './command-line.ts'
import { Methods } from './methods.ts'
import { engineFailure, type Message, methodNotFound, type Request, readLine, success } from './protocol.ts'

const SIGNALS = [
  ['SIGTERM', 15],
  ['SIGINT', 2],
] as const

/** Answers requests from stdin, one after the other, until it is closed. */
export async function serve(schemaFiles: readonly string[], datasource: Datasource): Promise<void> {
  let prints = 0
  const methods = new Methods(schemaFiles, datasource, (content) => {
    prints += 1
    return send({ jsonrpc: '2.0', id: prints, method: 'print', params: { content } })
  })
  let working = false
  let stopWith: number | undefined
  const stop = async (exitCode: number) => {
    await methods.close().catch(() => undefined)
    process.exit(exitCode)
  }
  for (const [signal, number] of SIGNALS) {
    process.once(signal, () => {
      // The CLI ends the engine so when all is done. A request under way is brought to its end first, so that a migration
      // isn't left half-way with its note missing; a second signal doesn't wait.
      if (working) stopWith = 128 + number
      else stop(0)
    })
  }
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    const read = readLine(line)
    if (read.kind === 'ignored') continue
    working = true
    await send(read.kind === 'refused' ? read.reply : await answer(methods, read.request))
    working = false
    if (stopWith !== undefined) await stop(stopWith)
  }
  // A timer that the engine sets for its lock would keep the program for ten seconds.
  await stop(0)
}

async function answer(methods: Methods, request: Request): Promise<Message> {
  if (!methods.has(request.method)) return methodNotFound(request)
  try {
    return success(request, await methods.call(request.method, request.params))
  } catch (error) {
    return engineFailure(request, error instanceof Error ? error : new Error(String(error)))
  }
}

/** Resolves once the line is handed over, so that the program can't end before. */
function send(message: Message): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(`${JSON.stringify(message)}\n`, (error) => (error ? reject(error) : resolve()))
  })
}
