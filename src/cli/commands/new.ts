import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Command } from 'commander'
import { EvidenceError } from '../../errors.ts'
import type { PublicationRecord } from '../../model/publication-record.ts'
import type { Context } from '../context.ts'
import { writeWhole } from '../output.ts'
import { notReadable, requireFile } from '../require-file.ts'

interface NewOptions {
  readonly fromPmidRecord?: string
  readonly arms?: string
  readonly out?: string
}

export function newCommand(program: Command, context: Context): void {
  program
    .command('new')
    .summary('start a study file')
    .description(
      'Writes a study file to be filled in, with a comment for each part. `evibase load` refuses every place that is still\nempty, at its line. A file that is there already is left as it is.',
    )
    .argument('<slug>', "the study's key: first author, year and a word or two, joined by hyphens")
    .option(
      '--from-pmid-record <file>',
      'fill in a record that PubMed saved: in MEDLINE format (.nbib or .txt) or as XML',
    )
    .option('--arms <labels>', 'the arms, the experimental one first: "IL-2 plus LAK,IL-2 alone"')
    .option('-o, --out <file>', 'another file than SLUG.yaml in the current folder')
    .addHelpText('after', '\nExample:\n  evibase new doe-2020-milk --arms "Warm milk,Water"')
    .action((slug: string, options: NewOptions) => startStudy(context, slug, options))
}

async function startStudy(context: Context, slug: string, options: NewOptions): Promise<void> {
  const { code } = await import('../../model/study-file/values.ts')
  if (!code.safeParse(slug).success)
    throw new EvidenceError(
      'USAGE',
      `"${slug}" can't be a study's key; expected lower-case letters and digits in words joined by hyphens, at most 60 in all, such as doe-2020-milk.`,
    )
  const file = path.resolve(context.cwd, options.out ?? `${slug}.yaml`)
  if (existsSync(file))
    throw new EvidenceError(
      'FILE_EXISTS',
      `${file} is there already, and was left as it is. Name another file with --out.`,
    )
  const { studySkeleton } = await import('../../export/study-file/study-skeleton.ts')
  const record = await recordIn(context, options.fromPmidRecord)
  const arms = (options.arms ?? '')
    .split(',')
    .map((label) => label.trim())
    .filter((label) => label !== '')
  const today = context.now().toISOString().slice(0, 10)
  writeWhole(file, studySkeleton({ slug, arms, today, record }))
  context.say(`${path.relative(context.cwd, file)}: fill in what is marked, then load it.`)
}

async function recordIn(context: Context, given: string | undefined): Promise<PublicationRecord | undefined> {
  if (given === undefined) return undefined
  const { readOneRecord } = await import('../../import/one-record.ts')
  const { LARGEST_FILE } = await import('../../import/study-file/invalid-file.ts')
  const file = path.resolve(context.cwd, given)
  const { size } = requireFile(file, given)
  if (size > LARGEST_FILE)
    throw new EvidenceError(
      'RECORD_INVALID',
      `${given} has ${size} bytes; expected one record, of at most ${LARGEST_FILE}.`,
    )
  try {
    return await readOneRecord(readFileSync(file), given)
  } catch (cause) {
    throw cause instanceof EvidenceError ? cause : notReadable(given, cause)
  }
}
