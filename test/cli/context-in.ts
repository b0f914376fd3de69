import { Readable } from 'node:stream'
import type { Context } from '../../src/cli/context.ts'
import { ROOT } from '../scratch.ts'

/** What commands know of a process that nobody interrupts, and that says and prints nothing by itself. */
export const contextIn = (cwd: string, said: string[], printed: string[] = []): Context => ({
  root: ROOT,
  cwd,
  env: {},
  width: 120,
  interactive: false,
  now: () => new Date(0),
  print: (text) => void printed.push(text),
  pass: async (text) => void printed.push(String(text)),
  onInterrupt: () => () => undefined,
  onFirstInterrupt: () => () => undefined,
  input: Readable.from([]),
  say: (text) => void said.push(text),
  show: (text) => void said.push(text),
})
