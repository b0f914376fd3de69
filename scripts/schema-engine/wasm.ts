import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** The part that is used here; Node's types know WebAssembly by its modules only. */
declare const WebAssembly: {
  instantiate(program: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }>
}

type Engine = typeof import('@prisma/schema-engine-wasm/schema_engine_bg')

const require = createRequire(import.meta.url)
const glueFile = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg')

/** Where the engine leaves the message of a panic before it breaks off. */
const panic = {
  message: '',
  set_message(message: string) {
    panic.message = message
  },
}

/** The message of a panic, when the error is the one that WebAssembly throws then. */
export function panicMessage(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.name !== 'RuntimeError') return undefined
  return panic.message === '' ? error.message : panic.message
}

/** Loads the engine by hand: the package's own entry imports a .wasm file, which Node can't do without a flag. */
export async function loadEngine(): Promise<Engine> {
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: panic })
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const program = readFileSync(glueFile.replace(/\.js$/, '.wasm'))
  const { instance } = await WebAssembly.instantiate(program, { './schema_engine_bg.js': { ...glue } })
  glue.__wbg_set_wasm(instance.exports)
  const { __wbindgen_start: start } = instance.exports
  if (typeof start === 'function') start()
  return glue
}

/** `8.1.0-2.59be…`, from the package's manifest: the program itself need not be loaded to know it. */
export function engineVersion(): string {
  const manifest: { version: string } = JSON.parse(
    readFileSync(path.join(path.dirname(glueFile), 'package.json'), 'utf8'),
  )
  return manifest.version
}
