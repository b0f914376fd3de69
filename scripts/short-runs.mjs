import { setFlagsFromString } from 'node:v8'

/** Newest Node that was seen to know the setting; one that doesn't would say so on every start. */
const NEWEST_KNOWN = 24

/**
 * Settings of V8 for programs that soon end: quickly made code of WebAssembly is kept until a function has run long.
 * Prisma's compilers are megabytes of it, and by default V8 makes better code for thousands of their functions from
 * the first queries on. Most commands end before that pays, and Node waits for it at their end: without it, a command
 * that reads one study takes half the time of the processor (`npm run bench -- startup`).
 */
export const SHORT_RUN_FLAGS =
  Number.parseInt(process.versions.node, 10) <= NEWEST_KNOWN ? ['--wasm-tiering-budget=100000000'] : []

/** Makes this process one of a short run, if it has loaded no WebAssembly yet. */
export function tuneForShortRuns() {
  for (const flag of SHORT_RUN_FLAGS) setFlagsFromString(flag)
}
