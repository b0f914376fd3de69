import { type Command, InvalidArgumentError, Option } from 'commander'
import { tableOf } from '../../export/table.ts'
import { DECISIONS, type Field, filterInvalid, questionOf, type StudyFilter } from '../../model/study-filter.ts'
import { whereFilter } from '../../model/where-filter.ts'
import type { Context } from '../context.ts'
import { type DatabaseOption, example, type OutputOptions, putOut, withDatabase, withOutput } from '../output.ts'
import { askDatabase } from '../with-database.ts'

/** A page that a terminal can take; the rest is told of. */
const ROWS_OF_A_PAGE = 1_000

/** The options that ask one question each; given several times, all must hold. */
const QUESTIONS: readonly (readonly [field: Field, value: string, about: string])[] = [
  ['condition', 'words', 'words in a condition, or the MeSH heading that goes by them with all below it'],
  ['intervention', 'words', 'the same of an intervention'],
  ['outcome', 'words', 'words in an outcome'],
  ['has-results-for', 'words', 'the same, with a result'],
  ['mesh', 'heading', 'a publication’s MeSH heading with all below it, or heading/qualifier; synonyms count'],
  ['text', 'words', 'words, "words in a row" and begin* in title and stored text'],
  ['type', 'type', 'interventional, observational …'],
  ['allocation', 'how', 'randomised, non_randomised …'],
  ['model', 'model', 'parallel, crossover …'],
  ['masking', 'masking', 'none, single, double …'],
  ['phase', 'phase', 'phase_2, phase_3 …'],
  ['purpose', 'purpose', 'treatment, prevention …'],
  ['year', 'years', 'of the first primary publication: 1993, 1990-1999, >=1990'],
  ['enrolment', 'numbers', 'participants of all arms together: 100-500, >=100'],
  ['registry-id', 'id', 'a registry’s number'],
  ['pmid', 'id', 'of a publication'],
  ['doi', 'id', 'of a publication'],
  ['review', 'slug', 'a review that includes the study'],
]

interface FindCommandOptions extends DatabaseOption, OutputOptions {
  readonly where: string[]
  readonly explode: boolean
  readonly major?: boolean
  readonly decision: string[]
  readonly sort: 'key' | 'relevance'
  readonly limit: number
  readonly after?: string
}

export function findCommand(program: Command, context: Context): void {
  const command = program
    .command('find')
    .summary('studies by condition, intervention, outcome, MeSH, text, design …')
    .description(
      'Finds the studies that fit all that is asked; repeat an option to ask several times, or write a filter with --where.',
    )
  const several = (value: string, before: string[]) => [...before, value]
  for (const [field, value, about] of QUESTIONS)
    command.addOption(new Option(`--${field} <${value}>`, about).argParser(several).default([], 'none'))
  command
    .addOption(
      new Option('--where <filter>', 'AND, OR, NOT and parentheses around field:value')
        .argParser(several)
        .default([], 'none'),
    )
    .option('--no-explode', 'of MeSH the heading alone, without those below it')
    .option('--major', 'of MeSH only major topics')
    .addOption(
      new Option('--decision <decision>', 'what the review decided')
        .choices(DECISIONS)
        .argParser((value: string, before: string[]) => {
          if (!DECISIONS.includes(value)) throw new InvalidArgumentError(`Allowed choices are ${DECISIONS.join(', ')}.`)
          return [...before, value]
        })
        .default([], 'included'),
    )
    .addOption(new Option('--sort <order>', 'the order').choices(['key', 'relevance']).default('key'))
    .option('--limit <number>', 'studies of a page', limitOf, ROWS_OF_A_PAGE)
    .option('--after <study>', 'the page after this study')
    .addHelpText('after', example('find --condition "kidney cancer" --allocation randomised --year ">=1990"'))
  withOutput(withDatabase(command)).action(async (options: FindCommandOptions & Record<string, unknown>) => {
    const filter = filterOf(options)
    const { findStudies, FIND_COLUMNS, FIND_TEXT_COLUMNS } = await import('../../queries/find-studies.ts')
    const { sort, limit, after } = options
    const found = await askDatabase(context, options.db, (db) =>
      findStudies(db, filter, { sort, limit, ...(after === undefined ? {} : { after }) }),
    )
    for (const note of found.notes) context.say(note)
    const { highlight, score } = FIND_TEXT_COLUMNS
    const columns = {
      ...FIND_COLUMNS,
      ...(found.searchedText ? { highlight } : {}),
      ...(sort === 'relevance' ? { score } : {}),
    }
    await putOut(context, tableOf<object>(columns, found.rows), options)
    const { rows, total, next } = found
    const count = (number: number) => `${number.toLocaleString('en')} ${number === 1 ? 'study' : 'studies'}`
    if (next !== null)
      context.say(`${count(rows.length)} of ${total.toLocaleString('en')}; the next page: --after ${next}`)
    else if (total === 0) context.say(`Nothing fits ${JSON.stringify(filter)}.`)
    else
      context.say(
        rows.length === total
          ? `${count(total)}.`
          : `${count(rows.length)} of ${total.toLocaleString('en')}; no more after these.`,
      )
  })
}

function filterOf(options: FindCommandOptions & Readonly<Record<string, unknown>>): StudyFilter {
  const mesh = { ...(options.explode ? {} : { explode: false }), ...(options.major ? { major: true } : {}) }
  const decided = options.decision.length === 0 ? {} : { decisions: options.decision }
  if (options.decision.length > 0 && (options.review as string[]).length === 0)
    throw filterInvalid('--decision needs a --review that decided')
  const asked = QUESTIONS.flatMap(([field]) => {
    const key = field.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
    return (options[key] as string[]).map((value) =>
      field === 'review'
        ? { ...decided, ...(questionOf(field, value) as { review: string }) }
        : questionOf(field, value, mesh),
    )
  })
  return { and: [...asked, ...options.where.map((text) => whereFilter(text, mesh))] }
}

function limitOf(given: string): number {
  if (!/^[1-9]\d{0,8}$/.test(given)) throw new InvalidArgumentError('Expected a whole number from 1.')
  return Number(given)
}
