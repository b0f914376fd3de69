import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { readEvidenceFile } from '../src/import/read-evidence-file.ts'
import { readVocabulary } from '../src/import/vocabulary.ts'
import { fuzzDatabase } from './fuzz/fuzz-database.ts'
import { type Failure, fuzzFiles } from './fuzz/fuzz-files.ts'
import { originals, studies, tools } from './fuzz/originals.ts'

// `npm run fuzz`: study files and reviews that were spoiled in every way are read, and those that can still be read are
// saved. Each must be loaded whole or refused with the places of its mistakes. The same seed spoils the same files.

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    first: { type: 'string', default: '0' },
  },
})
const wholeNumber = (name: 'files' | 'seed' | 'first'): number => {
  if (!/^\d{1,9}$/.test(values[name])) throw new Error(`--${name} ${values[name]}: expected a whole number`)
  return Number(values[name])
}
const [files, seed, first] = [wholeNumber('files'), wholeNumber('seed'), wholeNumber('first')]
const root = path.dirname(import.meta.dirname)
const say = (line: string) => process.stdout.write(`${line}\n`)

function tell({ number, what, reason, bytes }: Failure): void {
  const kept = path.join(tmpdir(), `evibase-fuzz-${seed}-${number}.yaml`)
  writeFileSync(kept, bytes)
  say(`file ${number} of seed ${seed} (${what}): ${reason}`)
  say(`  it lies in ${kept}; again: npm run fuzz -- --seed ${seed} --first ${number} --files 1`)
}

const vocabularies = tools(root).map(({ name, bytes }) => readVocabulary(bytes, name))
const read = (bytes: Uint8Array, file: string) => readEvidenceFile(bytes, file, vocabularies)
const database = fuzzDatabase(root)
for (const { name, bytes } of studies(root)) await database.save(read(bytes, name))

say(`seed ${seed}`)
const { loaded, refused, failures } = await fuzzFiles({
  seed,
  first,
  files,
  originals: originals(root),
  read,
  database,
  onFile: (done, failure) => {
    if (failure) tell(failure)
    if (done % 1_000 === 0 && done < files) say(`${done.toLocaleString('en')} files …`)
  },
})
const faults = database.faults()
for (const fault of faults) say(`in the database afterwards: ${fault}`)
await database.close()
const figures = [files, loaded, refused, failures.length].map((figure) => figure.toLocaleString('en'))
say(`${figures[0]} files: ${figures[1]} loaded, ${figures[2]} refused, ${figures[3]} failed`)
if (failures.length > 0 || faults.length > 0) process.exitCode = 1
