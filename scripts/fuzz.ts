import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { readEvidenceFile } from '../src/import/read-evidence-file.ts'
import { readVocabulary } from '../src/import/vocabulary.ts'
import { ctgovOriginals, fuzzCtgov } from './fuzz/fuzz-ctgov.ts'
import { fuzzDatabase } from './fuzz/fuzz-database.ts'
import { type Failure, fuzzFiles } from './fuzz/fuzz-files.ts'
import { fuzzRecords } from './fuzz/fuzz-records.ts'
import { originals, studies, tools } from './fuzz/originals.ts'
import { originalsOf, RECORD_FORMATS, type RecordFormat } from './fuzz/record-formats.ts'

// `npm run fuzz`: study files and reviews that were spoiled in every way are read, and those that can still be read are
// saved. Each must be loaded whole or refused with the places of its mistakes. Files of bibliographic records, and of
// ClinicalTrials.gov, are spoiled too, and split and read. The same seed spoils the same files. `--kind` takes one sort
// alone.

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    first: { type: 'string', default: '0' },
    kind: { type: 'string' },
  },
})
const wholeNumber = (name: 'files' | 'seed' | 'first'): number => {
  if (!/^\d{1,9}$/.test(values[name])) throw new Error(`--${name} ${values[name]}: expected a whole number`)
  return Number(values[name])
}
const [files, seed, first] = [wholeNumber('files'), wholeNumber('seed'), wholeNumber('first')]
const root = path.dirname(import.meta.dirname)
const say = (line: string) => process.stdout.write(`${line}\n`)

const KINDS = ['study-files', 'ctgov', ...RECORD_FORMATS.map(({ name }) => name)]
if (values.kind !== undefined && !KINDS.includes(values.kind))
  throw new Error(`--kind ${values.kind}: expected one of ${KINDS.join(', ')}`)
const isAsked = (kind: string) => values.kind === undefined || values.kind === kind

const inWords = (figure: number) => figure.toLocaleString('en')

function tell(kind: string, { number, what, reason, bytes }: Failure): void {
  const kept = path.join(tmpdir(), `evibase-fuzz-${kind}-${seed}-${number}`)
  writeFileSync(kept, bytes)
  say(`${kind} ${number} of seed ${seed} (${what}): ${reason}`)
  say(`  it lies in ${kept}; again: npm run fuzz -- --kind ${kind} --seed ${seed} --first ${number} --files 1`)
}

const onFile = (kind: string) => (done: number, failure: Failure | undefined) => {
  if (failure) tell(kind, failure)
  if (done % 1_000 === 0 && done < files) say(`${inWords(done)} files …`)
}

/** Whether nothing failed. */
async function fuzzStudyFiles(): Promise<boolean> {
  const vocabularies = tools(root).map(({ name, bytes }) => readVocabulary(bytes, name))
  const read = (bytes: Uint8Array, file: string) => readEvidenceFile(bytes, file, vocabularies)
  const database = fuzzDatabase(root)
  for (const { name, bytes } of studies(root)) await database.save(read(bytes, name))
  const plan = { seed, first, files, originals: originals(root), read, database, onFile: onFile('study-files') }
  const { loaded, refused, failures } = await fuzzFiles(plan)
  const faults = database.faults()
  for (const fault of faults) say(`in the database afterwards: ${fault}`)
  await database.close()
  const figures = [files, loaded, refused, failures.length].map(inWords)
  say(`${figures[0]} files: ${figures[1]} loaded, ${figures[2]} refused, ${figures[3]} failed`)
  return failures.length + faults.length === 0
}

async function fuzzFormat(format: RecordFormat): Promise<boolean> {
  const plan = { seed, first, files, originals: originalsOf(format.name, root), format, onFile: onFile(format.name) }
  const { read, refused, broken, failures } = await fuzzRecords(plan)
  const figures = [files, read, refused, broken, failures.length].map(inWords)
  say(
    `${figures[0]} files of ${format.name}: ${figures[1]} records read, ${figures[2]} refused, ${figures[3]} files broken off, ${figures[4]} failed`,
  )
  return failures.length === 0
}

async function fuzzRegistry(): Promise<boolean> {
  const plan = { seed, first, files, originals: ctgovOriginals(root), onFile: onFile('ctgov') }
  const { read, refused, broken, failures } = await fuzzCtgov(plan)
  const figures = [files, read, refused, broken, failures.length].map(inWords)
  say(
    `${figures[0]} files of ctgov: ${figures[1]} records read, ${figures[2]} refused, ${figures[3]} files broken off, ${figures[4]} failed`,
  )
  return failures.length === 0
}

say(`seed ${seed}`)
let isGood = true
if (isAsked('study-files')) isGood = await fuzzStudyFiles()
for (const format of RECORD_FORMATS) if (isAsked(format.name)) isGood = (await fuzzFormat(format)) && isGood
if (isAsked('ctgov')) isGood = (await fuzzRegistry()) && isGood
if (!isGood) process.exitCode = 1
