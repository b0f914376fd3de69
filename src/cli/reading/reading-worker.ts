import { parentPort } from 'node:worker_threads'
import { readRecords } from '../../import/read-records.ts'
import { formatOfRecords } from '../../import/record-formats.ts'
import { answered, type Sent, unpacked } from './sent-records.ts'

// A second thread, which reads records while the first one writes those before them.

parentPort?.on('message', ({ format, packed }: Sent) =>
  parentPort?.postMessage(answered(readRecords(formatOfRecords(format).read, unpacked(packed)))),
)
