import path from 'node:path'
import { Argument, type Command } from 'commander'
import type { Transaction } from '../../db/connect.ts'
import { EvidenceError } from '../../errors.ts'
import type { ExportListener } from '../../export/export-target.ts'
import type { StudySum, WrittenFile } from '../../export/manifest.ts'
import { listed, TARGETS, type TargetName } from '../../export/targets.ts'
import type { StudyRecord } from '../../model/study-record.ts'
import type { ExtractionChoices } from '../../queries/extraction/choices.ts'
import { type ExtractionNote, noteInWords } from '../../queries/extraction/notes.ts'
import type { Context } from '../context.ts'
import { ExportFolder } from '../export-folder.ts'
import { choicesFrom, type ExtractionOptions, withChoices } from '../extraction-options.ts'
import { beginFile, type DatabaseOption, withDatabase } from '../output.ts'
import { versionOf } from '../version.ts'
import { askDatabase } from '../with-database.ts'

/** The column in which the help tells what a target is. */
const NAME_WIDTH = 15

type Options = ExtractionOptions & DatabaseOption & { readonly out?: string }

export function exportCommand(program: Command, context: Context): void {
  const names = Object.keys(TARGETS) as TargetName[]
  const lines = names.map((name) => {
    const { about, unverified } = listed(name)
    return `  ${name.padEnd(NAME_WIDTH)}${about}${unverified === undefined ? '' : `\n${' '.repeat(NAME_WIDTH + 2)}not verified: ${unverified}`}`
  })
  const command = program
    .command('export')
    .summary('files that other programs read')
    .description(
      'Writes what other programs read, from all studies or those that are named: a folder with a manifest, or a single file.\nThe same database and choices give the same bytes.',
    )
    .addArgument(new Argument('<target>', 'for which program').choices(names))
    .argument('[study...]', 'keys of studies; all without any')
    .option(
      '-o, --out <path>',
      'the folder; or, for a target of one file, that file by its ending. Without it a single file is printed',
    )
    .addHelpText(
      'after',
      `\nTargets:\n${lines.join('\n')}\n\nExample:\n  evibase export metafor --review colditz-1994-bcg --out bcg-metafor`,
    )
  withDatabase(withChoices(command)).action(async (name: TargetName, studies: string[], options: Options) => {
    const choices = { ...(studies.length > 0 && { studies }), ...choicesFrom(options) }
    await askDatabase(context, options.db, async (db) => {
      const { inSnapshot } = await import('../../db/snapshot.ts')
      await inSnapshot(db, (tx) => write(context, tx, name, choices, options.out))
    })
  })
}

async function write(
  context: Context,
  db: Transaction,
  name: TargetName,
  choices: ExtractionChoices,
  out: string | undefined,
): Promise<void> {
  const { extension, unverified, load } = listed(name)
  const target = await load()
  refuseUnheeded(name, target.heeds, choices)
  let leftOut: readonly ExtractionNote[] = []
  const listener: ExportListener = {
    leftOut: (notes) => {
      leftOut = notes
    },
  }
  if (extension !== undefined && (out === undefined || out.endsWith(`.${extension}`))) {
    const file = out === undefined ? undefined : beginFile(path.resolve(context.cwd, out))
    const stop = context.onInterrupt(() => file?.giveUp())
    try {
      for await (const { chunks } of target.files(db, choices, listener))
        for await (const chunk of chunks) await (file === undefined ? context.pass(chunk) : file.write(chunk))
      file?.finish()
      for (const note of leftOut) context.say(noteInWords(note))
    } catch (error) {
      file?.giveUp()
      throw error
    } finally {
      stop()
    }
    return
  }
  if (out === undefined) throw new EvidenceError('USAGE', `An export for ${name} is several files: say --out FOLDER.`)
  const { manifestOf, studySum, MANIFEST } = await import('../../export/manifest.ts')
  const { textFile } = await import('../../export/text-file.ts')
  const folder = new ExportFolder(path.resolve(context.cwd, out))
  const stop = context.onInterrupt(() => folder.giveUp())
  try {
    const [files, studies] = [[] as WrittenFile[], [] as StudySum[]]
    const study = (record: StudyRecord) => void studies.push(studySum(record))
    for await (const file of target.files(db, choices, { ...listener, study })) files.push(await folder.write(file))
    const about = {
      evibase_export: name,
      evibase_version: versionOf(context.root),
      choices,
      unverified: unverified ?? null,
      left_out: leftOut,
      files,
    }
    await folder.write(textFile(MANIFEST, await manifestOf(db, about, studies)))
    folder.finish()
    for (const note of leftOut) context.say(noteInWords(note))
    context.say(
      files.length === 0
        ? `${MANIFEST} in ${out}: no study has what ${name} is about.`
        : `${files.map((file) => file.name).join(', ')} and ${MANIFEST} in ${out}.`,
    )
  } catch (error) {
    folder.giveUp()
    throw error
  } finally {
    stop()
  }
}

/** A choice that the target passes over in silence would be believed to have been made. */
function refuseUnheeded(name: TargetName, heeds: readonly string[], choices: ExtractionChoices): void {
  const unheeded = Object.keys(choices).find((choice) => !heeds.includes(choice))
  if (unheeded !== undefined)
    throw new EvidenceError(
      'USAGE',
      `The export for ${name} knows no choice "${unheeded}". It knows ${heeds.join(', ')}.`,
    )
}
