import { closeSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Command, Option } from 'commander'
import { EvidenceError, reasonOf } from '../errors.ts'
import { FORMATS, type Format, type Table } from '../export/table.ts'
import type { Context } from './context.ts'

export interface OutputOptions {
  readonly format: Format
  readonly json?: boolean
  readonly out?: string
}

/** The options of every verb that prints rows. */
export const withOutput = (command: Command): Command =>
  command
    .addOption(new Option('-f, --format <format>', 'how to write the rows').choices(FORMATS).default('table'))
    .addOption(new Option('--json', 'the same as --format json').conflicts('format'))
    .option('-o, --out <file>', 'write to a file instead, whole or not at all')

export interface DatabaseOption {
  readonly db?: string
}

/** The option of every verb that needs a database. */
export const withDatabase = (command: Command): Command =>
  command.option('--db <url>', 'the database; default: DATABASE_URL, else file:./data/evidence.db')

/** What a verb's help ends with. */
export const example = (line: string): string => `\nExample:\n  evibase ${line}`

/** Prints a table, or writes it to a file that is never half-written. */
export async function putOut(
  context: Context,
  table: Table,
  options: OutputOptions,
  { silent = false }: { readonly silent?: boolean } = {},
): Promise<void> {
  const { writeTable } = await import('../export/write-table.ts')
  const format = options.json ? 'json' : options.format
  const text = writeTable(table, format, options.out === undefined ? context.width : undefined)
  if (options.out === undefined) context.print(text)
  else writeWhole(path.resolve(context.cwd, options.out), text)
  if (table.rows.length === 0 && !silent) context.say('No rows.')
}

/** Writes a file that is never half-written. */
export function writeWhole(file: string, content: string | Uint8Array): void {
  const unfinished = beginFile(file)
  unfinished.write(content)
  unfinished.finish()
}

/** The error for a place of `--out` that the system refuses to write. */
export const notWritable = (place: string, kind: 'file' | 'folder', cause: unknown): EvidenceError =>
  new EvidenceError(
    'FILE_NOT_READABLE',
    `${place} can't be written: ${reasonOf(cause)}. Name another ${kind} with --out.`,
    {},
    { cause },
  )

/** A file that is written some at a time, and takes its place when it is whole. */
export interface UnfinishedFile {
  readonly write: (data: string | Uint8Array) => void
  readonly finish: () => void
  readonly giveUp: () => void
}

export function beginFile(file: string): UnfinishedFile {
  const unfinished = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.unfinished`)
  let descriptor: number | undefined
  const giveUp = () => {
    if (descriptor !== undefined) closeSync(descriptor)
    descriptor = undefined
    rmSync(unfinished, { force: true })
  }
  const careful = (act: () => void) => {
    try {
      act()
    } catch (cause) {
      giveUp()
      throw notWritable(file, 'file', cause)
    }
  }
  careful(() => {
    descriptor = openSync(unfinished, 'w')
  })
  return {
    write: (data) => careful(() => void writeFileSync(descriptor ?? unfinished, data)),
    finish: () =>
      careful(() => {
        if (descriptor !== undefined) closeSync(descriptor)
        descriptor = undefined
        renameSync(unfinished, file)
      }),
    giveUp,
  }
}
