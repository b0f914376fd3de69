import path from 'node:path'
import type { Command } from 'commander'
import type { ComparedValue, Comparison, FieldAgreement } from '../../checks/compare-extractions.ts'
import { EvidenceError } from '../../errors.ts'
import type { StudyRecord } from '../../model/study-record.ts'
import type { Context } from '../context.ts'
import { readBytes, shortest } from '../load-files.ts'
import { example, type OutputOptions, putOut, withOutput } from '../output.ts'
import { vocabularies } from '../vocabularies.ts'

interface CompareOptions extends OutputOptions {
  readonly consensus?: string
  readonly summary?: boolean
  readonly all?: boolean
  readonly quotes?: boolean
}

const VALUE_COLUMNS: { readonly [K in keyof ComparedValue]: string } = {
  table: 'the table that the value belongs to',
  row: 'what the row is about; with both spellings where the files have different codes',
  field: 'which value of the row',
  a: 'what the first file gives; a reason in brackets where it says why there is none; empty for nothing',
  b: 'what the second file gives',
  consensus: 'what the consensus gives',
  agreement: 'agree, differ, only_a or only_b',
  settled: 'a, b, neither or unsettled: how the consensus has it',
}
const FIELD_COLUMNS: { readonly [K in keyof FieldAgreement]: string } = {
  field: 'table and field',
  compared: 'values of rows that both files have',
  agreed: 'of which both are the same',
  percent: '100 × agreed / compared',
  kappa: "Cohen's kappa",
  not_estimable: 'why there is no kappa',
  only_a: 'values of rows that only the first file has',
  only_b: 'values of rows that only the second file has',
}

export function compareCommand(program: Command, context: Context, fail: () => void): void {
  const command = program
    .command('compare')
    .summary('two extractors’ files of one study')
    .description(
      'Compares two study files of one study, value by value, and prints where they disagree; how far they agree, field by\nfield, is said on standard error. Numbers, reasons for missing values and texts are compared, not how they are written,\nin which order, or under which codes. Exit code 1 while something is open: a disagreement, or with --consensus what it\nleaves unsettled.',
    )
    .argument('<a>', "the first extractor's file")
    .argument('<b>', "the second extractor's file")
    .option('--consensus <file>', 'the file that settles the disagreements')
    .option('--all', 'also what both agree on')
    .option('--summary', 'percent and kappa of each field instead')
    .option('--quotes', 'also whether both read each row from the same words')
    .addHelpText('after', example('compare first.yaml second.yaml --consensus agreed.yaml --format csv'))
  withOutput(command).action(async (a: string, b: string, options: CompareOptions) => {
    const { compareExtractions } = await import('../../checks/compare-extractions.ts')
    const { tableOf } = await import('../../export/table.ts')
    const { files, consensus } = await readFiles(context, [a, b], options.consensus)
    const [first, second] = files
    const comparison = compareExtractions(first.record, second.record, {
      quotes: options.quotes ?? false,
      ...(consensus && { consensus: consensus.record }),
    })
    const shown = comparison.values.filter((value) => options.all || isOpen(value))
    const table = options.summary
      ? tableOf(FIELD_COLUMNS, comparison.fields.map(rounded))
      : tableOf(VALUE_COLUMNS, shown)
    await putOut(context, table, options)
    for (const line of summary(comparison, files, consensus, options.summary ?? false)) context.say(line)
    if (open(comparison, consensus !== undefined).length > 0) fail()
  })
}

interface Extraction {
  readonly file: string
  readonly record: StudyRecord
}

/** @throws EvidenceError USAGE  where the files hold different studies */
async function readFiles(context: Context, named: readonly [string, string], agreed: string | undefined) {
  const { readStudyFile } = await import('../../import/study-file/read-study-file.ts')
  const tools = await vocabularies(context)
  const read = (given: string): Extraction => {
    const file = path.resolve(context.cwd, given)
    const name = shortest(context, file)
    return { file: name, record: readStudyFile(readBytes(file, name), name, tools) }
  }
  const files = [read(named[0]), read(named[1])] as const
  const consensus = agreed === undefined ? undefined : read(agreed)
  for (const { file, record } of [files[1], ...(consensus ? [consensus] : [])])
    if (record.slug !== files[0].record.slug)
      throw new EvidenceError(
        'USAGE',
        `${files[0].file} is of the study "${files[0].record.slug}", and ${file} of "${record.slug}"; only files of one study can be compared. Give both the same slug, if they are.`,
      )
  return { files, consensus }
}

/** What a person has to look at: a disagreement, or what the consensus has otherwise than both. */
const isOpen = ({ agreement, settled }: ComparedValue) => agreement !== 'agree' || settled !== null

/** What is still to be settled. */
const open = ({ values }: Comparison, withConsensus: boolean): readonly ComparedValue[] =>
  values.filter(({ agreement, settled }) => (withConsensus ? settled === 'unsettled' : agreement !== 'agree'))

/** Rounded as they are read: percentages to a tenth, kappa to three decimals. */
const rounded = (field: FieldAgreement): FieldAgreement => ({
  ...field,
  percent: field.percent === null ? null : Number(field.percent.toFixed(1)),
  kappa: field.kappa === null ? null : Number(field.kappa.toFixed(3)),
})

function summary(
  comparison: Comparison,
  files: readonly [Extraction, Extraction],
  consensus: Extraction | undefined,
  inTable: boolean,
): readonly string[] {
  const [a, b] = files
  const disagreements = comparison.values.filter(({ agreement }) => agreement !== 'agree')
  const compared = comparison.fields.reduce((sum, field) => sum + field.compared, 0)
  const agreed = comparison.fields.reduce((sum, field) => sum + field.agreed, 0)
  const alone = comparison.fields.reduce((sum, field) => sum + field.only_a + field.only_b, 0)
  const unsettled = open(comparison, true).length
  const others = comparison.values.filter(
    ({ agreement, settled }) => agreement === 'agree' && settled === 'neither',
  ).length
  return [
    `a: ${described(a)}`,
    `b: ${described(b)}`,
    ...(consensus ? [`consensus: ${described(consensus)}`] : []),
    ...remarks(files, consensus),
    ...(inTable ? [] : comparison.fields.map((field) => fieldLine(rounded(field)))),
    `${agreed} of ${counted(compared, 'value')} of rows that both have agree${percentOf(agreed, compared)}; ${alone === 0 ? 'no value stands' : `${counted(alone, 'value')} ${alone === 1 ? 'stands' : 'stand'}`} in rows that only one has.`,
    ...(consensus
      ? [
          `The consensus settles ${disagreements.length - disagreements.filter(({ settled }) => settled === 'unsettled').length} of ${counted(disagreements.length, 'disagreement')}; ${unsettled === 0 ? 'nothing is' : `${counted(unsettled, 'value')} ${unsettled === 1 ? 'is' : 'are'}`} unsettled.`,
        ]
      : []),
    ...(others > 0 ? [`It has ${counted(others, 'value')} otherwise than both.`] : []),
    ...(comparison.onlyConsensus > 0 ? [`It has ${counted(comparison.onlyConsensus, 'row')} that neither has.`] : []),
  ]
}

const fieldLine = ({
  field,
  compared,
  agreed,
  percent,
  kappa,
  not_estimable,
  only_a,
  only_b,
}: FieldAgreement): string => {
  const alone = only_a + only_b === 0 ? '' : `; only in a ${only_a}, only in b ${only_b}`
  if (percent === null) return `${field}: in no row that both have${alone}`
  const chance = kappa === null ? `kappa not estimable: ${not_estimable}` : `kappa ${kappa}`
  return `${field}: ${agreed} of ${compared} agree (${percent}%), ${chance}${alone}`
}

const counted = (count: number, thing: string) => `${count} ${thing}${count === 1 ? '' : 's'}`
const percentOf = (part: number, whole: number) => (whole === 0 ? '' : ` (${((100 * part) / whole).toFixed(1)}%)`)

const described = ({ file, record }: Extraction): string =>
  `${file} (${record.rows.extraction.map(({ role, extractedBy, extractedOn }) => `${role}, ${extractedBy}, ${extractedOn}`).join('; ')})`

/** What makes two files no independent extractions, or a file no consensus. */
function remarks([a, b]: readonly [Extraction, Extraction], consensus: Extraction | undefined): readonly string[] {
  const by = ({ record }: Extraction) => record.rows.extraction.map(({ extractedBy }) => extractedBy)
  const shared = by(a).find((name) => by(b).includes(name))
  const agrees = consensus?.record.rows.extraction.some(({ role }) => role === 'consensus') ?? true
  return [
    ...(shared === undefined ? [] : [`Both are by ${shared}: this is no agreement of two people.`]),
    ...(agrees || !consensus ? [] : [`${consensus.file} names no extraction with the role "consensus".`]),
  ]
}
