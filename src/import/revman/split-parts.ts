import { unzipSync } from 'fflate'
import { EvidenceError, reasonOf } from '../../errors.ts'
import type { RawRecord } from '../../model/reading.ts'
import { brokenImport } from '../stream/invalid-import.ts'
import { mayBeOfPackage, packageFiles } from './package-files.ts'
import { packageRecords } from './read-package.ts'
import { gathered, LONGEST, splitRevman } from './split-revman.ts'

interface Part {
  readonly name: string | undefined
  readonly bytes: AsyncIterable<Uint8Array>
}

/**
 * The records of a file that may be packed: of a review as it is; of a zip, a folder or files that were given together those
 * of the reviews (.rm5) among them, and of RevMan Web's data packages, whose tables may also lie in a zip of their own beside
 * the article. A bad review or package leaves the others as good as they are. Other files are passed over.
 *
 * @throws EvidenceError IMPORT_FILE_INVALID  there is neither; of a single review or package as `splitRevman` and
 *                                            `packageRecords` say
 * @checked test/import/revman/split-parts.test.ts
 */
export async function* splitRevmanParts(
  parts: AsyncIterable<Part>,
  file: string,
): AsyncGenerator<readonly RawRecord[]> {
  const tables = new Map<string, Uint8Array>()
  let number = 0
  for await (const { name, bytes } of parts) {
    if (name === undefined) {
      yield* splitRevman(bytes, file)
      return
    }
    const within = `${file}/${name}`
    if (/\.rm5$/i.test(name))
      for await (const batch of refused(splitRevman(bytes, within), name))
        yield batch.map((record) => ({ ...record, number: ++number, part: name }))
    else if (/\.zip$/i.test(name))
      for (const [inner, content] of Object.entries(unpacked(await gathered(bytes, within), within)))
        tables.set(`${name}/${inner}`, content)
    else if (mayBeOfPackage(name)) tables.set(name, await gathered(bytes, within))
  }
  const packages = packageFiles([...tables.keys()])
  if (number === 0 && packages.size === 0)
    throw brokenImport(file, undefined, 'it holds no review (.rm5) and no data package (…-data-rows.csv)')
  const isAlone = number === 0 && packages.size === 1
  for (const [id, files] of packages) {
    const records = ofPackage(id, { shown: file, bytes: tables, packages })
    for await (const batch of isAlone ? records : refused(records, files[0]?.name ?? ''))
      yield batch.map((record) => ({ ...record, number: ++number }))
  }
}

async function* ofPackage(...[id, given]: Parameters<typeof packageRecords>) {
  yield await packageRecords(id, given)
}

/** The tables of a zip within the zip. */
function unpacked(bytes: Uint8Array, shown: string): Readonly<Record<string, Uint8Array>> {
  let size = 0
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!mayBeOfPackage(name)) return false
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

/** Makes what is wrong with one of several files a record that can't be read. */
async function* refused<Batch extends readonly Omit<RawRecord, 'number'>[]>(
  batches: AsyncGenerator<Batch>,
  part: string,
): AsyncGenerator<readonly Omit<RawRecord, 'number'>[]> {
  try {
    yield* batches
  } catch (error) {
    if (!(error instanceof EvidenceError) || error.code !== 'IMPORT_FILE_INVALID') throw error
    yield [{ line: 1, part, fault: error.message.replace(/\.$/, ''), bytes: new Uint8Array() }]
  }
}
