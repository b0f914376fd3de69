import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Engine } from '../engines.ts'
import { ENGINE, environment } from './prisma-project.ts'

export function replies(stdout: string): unknown[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/** Params of a request that applies one migration. */
export function migrations(script: string, provider: Engine = 'sqlite') {
  return {
    migrationsList: {
      baseDir: '/migrations',
      lockfile: { path: 'migration_lock.toml', content: `provider = "${provider}"\n` },
      shadowDbInitScript: '',
      migrationDirectories: [
        {
          path: '20260101000000_only',
          migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: script } },
        },
      ],
    },
    filters: { externalTables: [], externalEnums: [] },
  }
}

export interface Reply {
  readonly id: number
  readonly result?: unknown
  readonly error?: {
    readonly code: number
    readonly data?: { readonly message: string; readonly [field: string]: unknown }
  }
}

/** An engine that is asked one thing after the other. */
export class Conversation {
  readonly #child
  readonly #lines
  #asked = 0

  constructor(url: string, shadowDatabaseUrl?: string) {
    this.#child = spawn(ENGINE, ['--datasource', JSON.stringify({ url, shadowDatabaseUrl })], {
      env: environment(),
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]()
  }

  async ask(method: string, params: object = {}): Promise<Reply> {
    this.#asked += 1
    this.#child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: this.#asked, method, params })}\n`)
    const { value, done } = await this.#lines.next()
    if (done === true) throw new Error(`the engine ended instead of answering ${method}`)
    return JSON.parse(value)
  }

  /** Closes its stdin, or sends a signal instead, and waits for its end. */
  end(signal?: NodeJS.Signals): Promise<{ status: number | null; signal: NodeJS.Signals | null }> {
    return new Promise((resolve) => {
      const { exitCode: status, signalCode } = this.#child
      if (status !== null || signalCode !== null) return resolve({ status, signal: signalCode })
      this.#child.on('exit', (status, received) => resolve({ status, signal: received }))
      if (signal === undefined) this.#child.stdin.end()
      else this.#child.kill(signal)
    })
  }
}
