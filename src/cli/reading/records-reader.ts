import { Worker } from 'node:worker_threads'
import { readRecords } from '../../import/read-records.ts'
import { formatOfRecords } from '../../import/record-formats.ts'
import type { RawRecord, ReadOrRefused, RecordFormat, RecordsReader } from '../../model/reading.ts'
import { type Answered, asRead, packed, type Sent } from './sent-records.ts'

/** Reads the records of a file, in a thread of its own where there are many. */
export interface ClosableReader {
  readonly read: RecordsReader
  /** Ends the thread. */
  readonly close: () => void
}

/**
 * Reads the first batch at once, and what follows in a second thread: a file of a few records is done before one has
 * begun.
 */
export function recordsReader(format: RecordFormat): ClosableReader {
  const { read } = formatOfRecords(format)
  let isFirst = true
  let thread: ReadingThread | undefined
  return {
    read: async (records) => {
      if (isFirst) {
        isFirst = false
        return readRecords(read, records)
      }
      thread ??= new ReadingThread(format)
      return thread.read(records)
    },
    close: () => thread?.close(),
  }
}

type Answer = { readonly resolve: (read: readonly ReadOrRefused[]) => void; readonly reject: (error: Error) => void }

class ReadingThread {
  readonly #worker = newWorker()
  readonly #waiting: Answer[] = []

  constructor(private readonly format: RecordFormat) {
    this.#worker.on('message', (answer: Answered) => this.#waiting.shift()?.resolve(asRead(answer)))
    this.#worker.on('error', (error) => {
      for (const { reject } of this.#waiting.splice(0)) reject(error)
    })
  }

  read(records: readonly RawRecord[]): Promise<readonly ReadOrRefused[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject })
      const sent: Sent = { format: this.format, packed: packed(records) }
      this.#worker.postMessage(sent, [sent.packed.bytes])
    })
  }

  close(): void {
    void this.#worker.terminate()
  }
}

/** What was read is soon gone: with room for it the thread rarely looks what is free, a sixth less of all time for 30 MB. */
const LIMITS = { maxYoungGenerationSizeMb: 64 }

/** The program is one bundle, in which the thread's part is a file beside this one's; that of the sources needs tsx first. */
function newWorker(): Worker {
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL('./reading-worker.mjs', import.meta.url), { resourceLimits: LIMITS })
  const [tsx, source] = [import.meta.resolve('tsx/esm/api'), new URL('./reading-worker.ts', import.meta.url).href]
  return new Worker(
    `import(${JSON.stringify(tsx)}).then(({ register }) => { register(); return import(${JSON.stringify(source)}) })`,
    { eval: true, resourceLimits: LIMITS },
  )
}
