import { unzipSync } from 'fflate'
import { EvidenceError, reasonOf } from '../../errors.ts'
import type { RawRecord } from '../../model/reading.ts'
import { readSheet, type Sheet } from '../effect-rows/sheet.ts'
import { brokenImport } from '../stream/invalid-import.ts'
import { packageReferences } from './package-references.ts'
import { type PackageReferences, packageTree } from './package-tree.ts'
import { gathered, LONGEST, recordsOf, splitRevman } from './split-revman.ts'

interface Part {
  readonly name: string | undefined
  readonly bytes: AsyncIterable<Uint8Array>
}

/** What a package's tables are called, after its own name. */
const TABLE = /([^/]*?)-?(data-rows|overall-estimates-and-settings|study-information|risk-of-bias)\.csv$/
const REFERENCES = /([^/]*?)-?included\.ris$/
type Table = 'data-rows' | 'overall-estimates-and-settings' | 'study-information' | 'risk-of-bias'

/**
 * The records of a file that may be packed: of a review as it is, of a zip those of the reviews (.rm5) in it, and of RevMan
 * Web's data packages, which are zips of tables and may lie in another one beside the article. Other files are passed over.
 *
 * @throws EvidenceError IMPORT_FILE_INVALID  a zip has neither; a package lacks its rows of data or settings, or one of its
 *                                            tables is no CSV file; of a single review as `splitRevman` says
 * @checked test/import/revman/split-parts.test.ts
 */
export async function* splitRevmanParts(
  parts: AsyncIterable<Part>,
  file: string,
): AsyncGenerator<readonly RawRecord[]> {
  const tables = new Map<string, Map<Table, Sheet>>()
  const references = new Map<string, PackageReferences>()
  const add = async (name: string, bytes: Uint8Array, shown: string) => {
    const [, ofReferences] = REFERENCES.exec(name) ?? []
    if (ofReferences !== undefined) references.set(ofReferences || UNNAMED, await packageReferences(bytes, shown))
    else addTable(tables, name, bytes, shown)
  }
  let number = 0
  let isZip = false
  for await (const { name, bytes } of parts) {
    if (name === undefined) {
      yield* splitRevman(bytes, file)
      return
    }
    isZip = true
    const within = `${file}/${name}`
    if (/\.rm5$/i.test(name))
      for await (const batch of refused(splitRevman(bytes, within), name))
        yield batch.map((record) => ({ ...record, number: ++number, part: name }))
    else if (/\.zip$/i.test(name))
      for (const [inner, content] of Object.entries(unpacked(await gathered(bytes, within), within)))
        await add(inner, content, `${within}/${inner}`)
    else if (isOfPackage(name)) await add(name, await gathered(bytes, within), within)
  }
  if (isZip && number === 0 && tables.size === 0)
    throw brokenImport(file, undefined, 'the zip holds no review (.rm5) and no data package (…-data-rows.csv)')
  for (const [id, named] of tables) {
    const [data, settings] = [named.get('data-rows'), named.get('overall-estimates-and-settings')]
    if (data === undefined || settings === undefined)
      throw brokenImport(
        file,
        undefined,
        `the data package ${id} has no ${data === undefined ? 'data-rows.csv' : 'overall-estimates-and-settings.csv'}`,
      )
    const further = Object.fromEntries(named)
    const all = { ...further, 'data-rows': data, 'overall-estimates-and-settings': settings }
    const root = packageTree(id, all, references.get(id) ?? new Map())
    yield recordsOf(root).map((record) => ({ ...record, number: ++number, part: data.file.slice(file.length + 1) }))
  }
}

/** What a package is called whose files have no name but the table's. */
const UNNAMED = 'package'

const isOfPackage = (name: string) => TABLE.test(name) || REFERENCES.test(name)

function addTable(tables: Map<string, Map<Table, Sheet>>, name: string, bytes: Uint8Array, shown: string): void {
  const [, id, table] = TABLE.exec(name) ?? []
  if (id === undefined || !isTable(table)) return
  const found = tables.get(id || UNNAMED) ?? new Map<Table, Sheet>()
  tables.set(id || UNNAMED, found)
  found.set(table, readSheet(bytes, shown))
}

const isTable = (name: string | undefined): name is Table =>
  name !== undefined &&
  ['data-rows', 'overall-estimates-and-settings', 'study-information', 'risk-of-bias'].includes(name)

/** The tables of a zip within the zip. */
function unpacked(bytes: Uint8Array, shown: string): Readonly<Record<string, Uint8Array>> {
  let size = 0
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!isOfPackage(name)) return false
        size += originalSize
        if (size > LONGEST) throw brokenImport(shown, undefined, `its tables are longer than ${LONGEST / 1e6} MB`)
        return true
      },
    })
  } catch (cause) {
    if (cause instanceof EvidenceError) throw cause
    throw brokenImport(shown, undefined, `it can't be unpacked: ${reasonOf(cause)}`)
  }
}

/** A bad review among the files of a zip leaves the others as good as they are. */
async function* refused(
  batches: AsyncGenerator<readonly RawRecord[]>,
  part: string,
): AsyncGenerator<readonly RawRecord[]> {
  try {
    yield* batches
  } catch (error) {
    if (!(error instanceof EvidenceError) || error.code !== 'IMPORT_FILE_INVALID') throw error
    yield [{ number: 1, line: 1, part, fault: error.message.replace(/\.$/, ''), bytes: new Uint8Array() }]
  }
}
