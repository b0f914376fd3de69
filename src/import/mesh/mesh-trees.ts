import type { MeshTreePlace } from '../../model/mesh-record.ts'
import { invalidImport } from '../stream/invalid-import.ts'
import type { Line } from '../stream/lines.ts'
import { meshName, treeNumber } from './mesh-values.ts'

/** MeSH has some 60,000; a file with this many is something else. */
const MOST_PLACES = 1_000_000

/**
 * The lines of a tree file, such as `Neoplasms;C04`.
 *
 * @throws EvidenceError IMPORT_FILE_INVALID  a line is not so, or a tree number stands there twice
 */
export async function* treePlaces(
  batches: AsyncIterable<readonly Line[]>,
  file: string,
): AsyncGenerator<readonly MeshTreePlace[]> {
  const seen = new Set<string>()
  for await (const lines of batches) {
    const places: MeshTreePlace[] = []
    for (const { number, text } of lines) {
      if (text.trim() === '') continue
      const source = { file, place: { line: number } }
      const bar = text.lastIndexOf(';')
      if (bar < 0)
        throw invalidImport(file, source.place, 'expected a heading, a semicolon and a tree number: Neoplasms;C04')
      const place = {
        name: meshName(text.slice(0, bar).trim(), 'heading', source),
        treeNumber: treeNumber(text.slice(bar + 1).trim(), source),
      }
      if (seen.has(place.treeNumber))
        throw invalidImport(file, source.place, `the tree number ${place.treeNumber} is there twice`)
      if (seen.size === MOST_PLACES) throw invalidImport(file, source.place, 'no MeSH has so many tree numbers')
      seen.add(place.treeNumber)
      places.push(place)
    }
    if (places.length > 0) yield places
  }
}
