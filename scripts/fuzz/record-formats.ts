import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { readMedline } from '../../src/import/medline/read-medline.ts'
import { splitMedline } from '../../src/import/medline/split-medline.ts'
import { readPubmedRecord } from '../../src/import/pubmed/read-pubmed-record.ts'
import { splitPubmedXml } from '../../src/import/pubmed/split-pubmed-xml.ts'
import { readRevman } from '../../src/import/revman/read-revman.ts'
import { readRis } from '../../src/import/ris/read-ris.ts'
import { splitRis } from '../../src/import/ris/split-ris.ts'
import { byKey } from '../../src/model/byte-order.ts'
import type { RecordReader, RecordSplitter } from '../../src/model/reading.ts'
import { BYTE_MUTATIONS } from './byte-mutations.ts'
import { CSV_MUTATIONS } from './csv-mutations.ts'
import { LINE_MUTATIONS } from './line-mutations.ts'
import type { Mutation, Original } from './mutation.ts'
import { packageText, splitRevmanText } from './package-text.ts'
import { TAG_MUTATIONS } from './tag-mutations.ts'
import { XML_MUTATIONS } from './xml-mutations.ts'

/** A format of records, and how its files are spoiled. */
export interface RecordFormat {
  readonly name: string
  readonly split: RecordSplitter
  readonly read: RecordReader
  readonly kinds: readonly [readonly Mutation[], ...(readonly Mutation[])[]]
}

export const RECORD_FORMATS: readonly RecordFormat[] = [
  {
    name: 'pubmed',
    split: splitPubmedXml,
    read: readPubmedRecord,
    kinds: [BYTE_MUTATIONS, LINE_MUTATIONS, XML_MUTATIONS, XML_MUTATIONS],
  },
  {
    name: 'medline',
    split: splitMedline,
    read: readMedline,
    kinds: [BYTE_MUTATIONS, LINE_MUTATIONS, TAG_MUTATIONS, TAG_MUTATIONS],
  },
  {
    name: 'ris',
    split: splitRis,
    read: readRis,
    kinds: [BYTE_MUTATIONS, LINE_MUTATIONS, TAG_MUTATIONS, TAG_MUTATIONS],
  },
  {
    name: 'revman',
    split: splitRevmanText,
    read: readRevman,
    kinds: [BYTE_MUTATIONS, LINE_MUTATIONS, XML_MUTATIONS, CSV_MUTATIONS],
  },
]

/** Larger files take their time and have no more to spoil. */
const LARGEST = 40_000

/** Files of a format to spoil: the real ones that EVIBASE_FIXTURES leads to, and the tests' own. */
export function originalsOf(format: string, root: string): readonly [Original, ...Original[]] {
  const real = path.join(process.env.EVIBASE_FIXTURES ?? '', format)
  const [first, ...others] = [
    ...filesIn(path.join(root, 'test/fixtures', format)),
    ...(process.env.EVIBASE_FIXTURES && existsSync(real) ? filesIn(real) : []),
  ]
  if (first === undefined) throw new Error(`no files of the format ${format}`)
  return [first, ...others]
}

/** The files of a folder; a folder within it is a data package. */
const filesIn = (folder: string): readonly Original[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.endsWith('.gz'))
    .sort((one, other) => byKey(one.name, other.name))
    .map((entry): Original => {
      const place = path.join(folder, entry.name)
      return entry.isDirectory() ? packageText(place) : { name: entry.name, bytes: readFileSync(place) }
    })
    .filter(({ bytes }) => bytes.length <= LARGEST)
