import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import path from 'node:path'
import { setFlagsFromString } from 'node:v8'
import type { Database } from '../db/connect.ts'
import type { ImportResult, RecordIssue } from '../db/imports/import-records.ts'
import type { RecordFormat, RecordMatch } from '../model/reading.ts'
import type { Context } from './context.ts'
import { type FilesTogether, inputsOf } from './files-together.ts'
import { notWritable } from './output.ts'
import { peeked } from './packed-files.ts'
import { progressOf } from './progress.ts'
import type { ClosableReader } from './reading/records-reader.ts'
import { vocabularies } from './vocabularies.ts'

export interface ImportFilesOptions {
  /** A file for what is wrong with records, a JSON object a line. */
  readonly report?: string
}

/** Of one file so many issues are told on the terminal; the rest is counted. */
const MOST_TOLD = 20
const MOST_PATHS = 3

export type ImportOutcome = 'done' | 'failed' | 'stopped'

/**
 * Imports files one after the other and says what became of each. `-` is standard input. Ctrl-C ends it between two
 * batches; what was saved stays.
 *
 * @param formatOf  the format of a file, by the first characters that it holds
 * @param together  which files are read as one
 */
export async function importFiles(
  context: Context,
  db: Database,
  files: readonly string[],
  formatOf: (beginning: string) => RecordFormat,
  options: ImportFilesOptions,
  together?: FilesTogether,
): Promise<ImportOutcome> {
  tuneForStreams()
  const { importRecords } = await import('../db/imports/import-records.ts')
  const { formatOfRecords, readAgain, recordsOfParts } = await import('../import/record-formats.ts')
  const { recordsReader } = await import('./reading/records-reader.ts')
  const report = options.report === undefined ? undefined : openReport(path.resolve(context.cwd, options.report))
  let interrupted = false
  const listening = context.onFirstInterrupt(() => {
    interrupted = true
    context.say('\nStopping after the records in hand; again Ctrl-C to stop at once.')
  })
  let outcome: ImportOutcome = 'done'
  const results: ImportResult[] = []
  try {
    for (const { shown: fileName, open } of inputsOf(context, files, together)) {
      const file = open()
      const progress = progressOf(context)
      const issues = new IssuesOfFile(context, fileName, report)
      let reader: ClosableReader | undefined
      try {
        const { beginning, parts } = await peeked(file.parts)
        const format = formatOf(Buffer.from(beginning.subarray(0, 100)).toString('latin1'))
        const how = formatOfRecords(format)
        const { family, readBy } = how
        reader = recordsReader(format)
        const tools = format === 'revman' ? await vocabularies(context) : []
        const batches = recordsOfParts(parts, how, fileName)
        const result = await importRecords(
          db,
          { fileName, format, family, readBy, read: reader.read, tools, batches, sha256: file.sha256 },
          {
            now: context.now,
            readAgain,
            onRecords: (records) => progress.reachShare(records, 'records', file.share()),
            onIssue: (issue) => {
              progress.end()
              issues.tell(issue)
            },
            stopped: () => interrupted,
          },
        )
        progress.end()
        issues.sayRest()
        context.say(inWords(fileName, result))
        results.push(result)
        if (result.status === 'failed' || result.failed > 0) outcome = 'failed'
      } finally {
        progress.end()
        reader?.close()
        file.close()
      }
      if (interrupted) return 'stopped'
    }
    return outcome
  } finally {
    for (const words of ofAll(results)) context.say(words)
    listening()
    report?.end()
    if (report !== undefined) await once(report, 'close')
  }
}

/**
 * By default V8 lets the heap double before it looks for what is free: half a gigabyte for a file of 200 MB, nearly all of it
 * free. So it looks sooner, which costs a tenth of the time.
 */
export const tuneForStreams = () => setFlagsFromString('--heap-growing-percent=50')

function openReport(file: string): WriteStream {
  const report = createWriteStream(file)
  report.on('error', (cause) => {
    throw notWritable(file, 'file', cause)
  })
  return report
}

/** Tells the first issues of a file, and reports all. */
class IssuesOfFile {
  private told = 0

  constructor(
    private readonly context: Context,
    private readonly fileName: string,
    private readonly report: WriteStream | undefined,
  ) {}

  tell(issue: RecordIssue): void {
    this.report?.write(`${JSON.stringify({ file: this.fileName, ...issue })}\n`)
    this.told++
    if (this.told > MOST_TOLD) return
    const key = issue.key === undefined ? '' : ` (${issue.key})`
    const part = issue.part === undefined ? '' : `/${issue.part}`
    this.context.say(
      `${this.fileName}${part}:${issue.line}: record ${issue.record.toLocaleString('en')}${key}: ${issue.message}.`,
    )
  }

  sayRest(): void {
    const more = this.told - MOST_TOLD
    if (more > 0)
      this.context.say(
        `and ${more.toLocaleString('en')} more${this.report === undefined ? '; --report FILE writes them all' : ', in the report'}.`,
      )
  }
}

const count = (number: number) => number.toLocaleString('en')

function inWords(file: string, result: ImportResult): string {
  const { status, read, saved, unchanged, failed, matches, error } = result
  const outcome = [
    ...(saved === 0 ? [] : [`${count(saved)} saved`]),
    ...(unchanged === 0 ? [] : [`${count(unchanged)} unchanged`]),
    ...(failed === 0 ? [] : [`${count(failed)} left out`]),
  ]
  const records = `${count(read)} ${read === 1 ? 'record' : 'records'}`
  return [
    ...(error === undefined ? [] : [`${error.message.replace(/\.$/, '')}.`]),
    `${file}: ${records}: ${saved + failed === 0 ? 'nothing changed' : outcome.join(', ')}.`,
    ...(matches.size === 0 || saved === (matches.get('none') ?? 0) ? [] : [`  ${matchesInWords(matches)}`]),
    ...(status === 'stopped' ? [`  Stopped. What was saved stays, and the same command goes on from there.`] : []),
    ...(status === 'failed' ? [`  The rest of it can't be read; what was saved stays.`] : []),
  ].join('\n')
}

const MATCH_WORDS: readonly (readonly [RecordMatch, string])[] = [
  ['pmid', 'PMID'],
  ['doi', 'DOI'],
  ['pmcid', 'PMCID'],
  ['title_year_pages', 'title, year and pages together'],
]

function matchesInWords(matches: ReadonlyMap<RecordMatch, number>): string {
  const known = MATCH_WORDS.flatMap(([match, words]) => {
    const number = matches.get(match)
    return number === undefined ? [] : [{ number, words: `${count(number)} by ${words}` }]
  })
  const all = known.reduce((sum, { number }) => sum + number, 0)
  return `${count(all)} of publications that were here already: ${known.map(({ words }) => words).join(', ')}.`
}

/** What is said once of several files. */
function ofAll(results: readonly ImportResult[]): readonly string[] {
  const sum = (name: 'read' | 'saved' | 'unchanged' | 'failed') =>
    count(results.reduce((all, result) => all + result[name], 0))
  const unmapped = new Map<string, number>()
  for (const result of results)
    for (const [path, number] of result.unmapped) unmapped.set(path, (unmapped.get(path) ?? 0) + number)
  return [
    ...(results.length < 2
      ? []
      : [
          `${count(results.length)} files: ${sum('read')} records: ${sum('saved')} saved, ${sum('unchanged')} unchanged, ${sum('failed')} left out.`,
        ]),
    ...(unmapped.size === 0 ? [] : [unmappedInWords(unmapped)]),
  ]
}

function unmappedInWords(unmapped: ReadonlyMap<string, number>): string {
  const paths = [...unmapped].sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
  const named = paths.slice(0, MOST_PATHS).map(([name, number]) => `${name} (${count(number)})`)
  const more = paths.length - named.length
  return `Kept within the records, without columns of their own: ${named.join(', ')}${more === 0 ? '' : ` and ${count(more)} other kinds of details; import_run lists them`}.`
}
