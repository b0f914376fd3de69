#!/usr/bin/env node
// Prisma's schema engine, WebAssembly build, behind the command line of the native program.
//
// `prisma migrate …` starts a native program and talks JSON-RPC with it over stdin and stdout. Prisma downloads that
// program from a server of its own; where that server can't be reached, switch.ts names this file instead: the same
// engine compiled to WebAssembly, as npm has it, with a Prisma driver adapter for its connection.
import { createRequire } from 'node:module'
import { register } from 'tsx/cjs/api'
import { tuneForShortRuns } from '../short-runs.mjs'

// tsx/esm/api would start a thread of its own: 120 ms more at each start, and Prisma starts this up to three times a
// command. What it costs: the modules here import each other statically, and only packages with import().
register()
tuneForShortRuns()
/** @type {typeof import('./run.ts')} */
const { run } = createRequire(import.meta.url)('./run.ts')
await run(process.argv.slice(2))
