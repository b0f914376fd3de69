import path from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import type { MeshHeading } from '../../../db/mesh/headings-in-use.ts'
import type { MeshResult } from '../../../db/save-mesh.ts'
import { shortened } from '../../../model/shortened.ts'
import type { Context } from '../../context.ts'
import { shortest } from '../../load-files.ts'
import { type DatabaseOption, example, withDatabase } from '../../output.ts'
import { onlyFile, openPacked } from '../../packed-files.ts'
import { progressOf } from '../../progress.ts'
import { useDatabase } from '../../with-database.ts'

interface MeshCommandOptions extends DatabaseOption {
  readonly year?: number
  readonly older?: boolean
  readonly part?: boolean
}

export function importMeshCommand(imports: Command, context: Context): void {
  const command = imports
    .command('mesh')
    .summary('MeSH: headings, qualifiers, synonyms and the tree')
    .description(
      'Reads MeSH as the US National Library of Medicine publishes it: descriptors (desc2024.xml or d2024.bin), qualifiers\n(qual2024.xml or q2024.bin) and the tree (mtrees2024.bin), also packed by gzip or zip. A newer year changes names, places and\nsynonyms; identifiers stay. Headings that are gone lose their places in the tree, and nothing is removed. The tree file\nhas no identifiers: it can only place descriptors that are there, and desc and d files have the places themselves.',
    )
    .argument('<file...>', 'files, in the order in which they are read')
    .option('--year <year>', 'the year, where the file doesn’t say it', yearOf)
    .option('--older', 'take an older year than the one that is there')
    .option('--part', 'the file is a part of MeSH: leave what it doesn’t have as it is')
    .addHelpText('after', example('import mesh desc2024.xml.gz qual2024.xml'))
  withDatabase(command).action(async (files: string[], options: MeshCommandOptions) => {
    const { readMesh } = await import('../../../import/mesh/read-mesh.ts')
    const { saveMesh } = await import('../../../db/save-mesh.ts')
    await useDatabase(context, options.db, async (db) => {
      for (const given of files) {
        const file = path.resolve(context.cwd, given)
        const fileName = shortest(context, file)
        const progress = progressOf(context)
        let close: () => void = () => undefined
        const open = async () => {
          close()
          const packed = openPacked(file, fileName)
          close = packed.close
          const mesh = await readMesh(onlyFile(packed, fileName), fileName, options.year)
          return { ...mesh, sha256: packed.sha256 }
        }
        const result = await saveMesh(db, { fileName, now: context.now }, open, {
          older: options.older ?? false,
          part: options.part ?? false,
          onRecords: (records) => progress.reach(records, 'records'),
        }).finally(() => {
          progress.end()
          close()
        })
        context.say(inWords(fileName, result))
      }
    })
  })
}

const WHAT: Readonly<Record<MeshResult['content'], string>> = {
  descriptors: 'descriptors',
  qualifiers: 'qualifiers',
  trees: 'places in the tree',
}

function inWords(file: string, result: MeshResult): string {
  const { content, year, read, saved, unchanged, failed, removed, gone, unknownInUse, unplaced } = result
  const count = (number: number) => number.toLocaleString('en')
  const outcome =
    saved === 0 && failed === 0 && removed === 0 && gone.length === 0
      ? 'nothing changed'
      : `${count(saved)} saved, ${count(unchanged)} unchanged${failed === 0 ? '' : `, ${count(failed)} left out`}${removed === 0 ? '' : `; ${count(removed)} other places taken away`}`
  const named = (terms: readonly MeshHeading[]) =>
    shortened(
      terms.map(({ ui, name }) => `${name} (${ui})`),
      '; ',
    )
  return [
    `${file}: MeSH ${year}, ${count(read)} ${WHAT[content]}: ${outcome}.`,
    ...(gone.length === 0 ? [] : [`  No longer in MeSH, and kept without a place in the tree: ${named(gone)}.`]),
    ...(unknownInUse.length === 0 ? [] : [`  In use, but not in MeSH ${year}: ${named(unknownInUse)}.`]),
    ...(unplaced.length === 0 ? [] : [`  No descriptor has the name of: ${shortened(unplaced, '; ')}.`]),
  ].join('\n')
}

function yearOf(given: string): number {
  if (!/^(19[6-9]|20\d)\d$/.test(given)) throw new InvalidArgumentError('Expected a year such as 2024.')
  return Number(given)
}
