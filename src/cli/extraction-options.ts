import { type Command, InvalidArgumentError, Option } from 'commander'
import {
  type Duration,
  type ExtractionChoices,
  PREFERENCES,
  type Preference,
  SHARED_CONTROLS,
  type TimeWindow,
} from '../queries/extraction/choices.ts'

type TimeUnit = Duration['unit']
type AnalysisSets = NonNullable<ExtractionChoices['analysisSets']>

/** The choices of an extraction as the command line gives them. */
export interface ExtractionOptions {
  readonly analysisSet?: readonly string[]
  readonly at?: Duration
  readonly nearest?: Duration
  readonly latest?: boolean
  readonly window?: TimeWindow
  readonly arms?: ExtractionChoices['arms']
  readonly merge?: boolean
  readonly sharedControl?: (typeof SHARED_CONTROLS)[number]
  readonly derived?: boolean
  readonly asPrinted?: boolean
  readonly prefer?: Preference
  readonly outcome?: readonly string[]
  readonly review?: string
}

/** The options of every verb that extracts tables. */
export const withChoices = (command: Command): Command =>
  command
    .option('--review <key>', 'the studies that a review includes, and of their results those that it chose')
    .option('--outcome <text>', 'outcomes by key, code or a part of the label; may be repeated', collected)
    .option('--analysis-set <kinds>', 'of each outcome the first of these that there is: treated,randomised', listed)
    .option('--at <time>', 'results at exactly this time: "36 months"', duration)
    .option('--window <times>', 'results within these times: "6-12 months"', timeWindow)
    .addOption(
      new Option('--nearest <time>', 'of several times the nearest to this one')
        .argParser(duration)
        .conflicts('latest'),
    )
    .option('--latest', 'of several times the latest')
    .option(
      '--arms <arms>',
      'compare "all pairs", or arms by role, code or label: "experimental:placebo_comparator"; default: as the study does',
      armChoice,
    )
    .option('--merge', 'make arms on the same side one group, by the formulas of the Cochrane Handbook')
    .addOption(
      new Option('--shared-control <how>', 'a control that several rows share')
        .choices(SHARED_CONTROLS)
        .default('flag'),
    )
    .option('--derived', 'with what formulas made out of reported numbers')
    .option('--as-printed', 'the values before their publication corrected them, where they are known')
    .addOption(new Option('--prefer <which>', 'arms’ numbers or the study’s own analysis').choices(PREFERENCES))

/** The same as the library takes them; only what was given. */
export function choicesFrom(options: ExtractionOptions): ExtractionChoices {
  const { at, window: within, nearest, latest } = options
  const pick = latest ? ('latest' as const) : nearest && { nearest }
  const time = { ...(at && { at }), ...(within && { within }), ...(pick && { pick }) }
  return {
    ...(options.review !== undefined && { review: options.review }),
    ...(options.outcome && { outcomes: options.outcome }),
    ...(options.analysisSet && { analysisSets: options.analysisSet as AnalysisSets }),
    ...(Object.keys(time).length > 0 && { time }),
    ...(options.arms && { arms: options.arms }),
    ...(options.merge && { merge: true }),
    ...(options.sharedControl === 'split' && { sharedControl: 'split' as const }),
    ...(options.derived && { derived: true }),
    ...(options.asPrinted && { asPrinted: true }),
    ...(options.prefer && { prefer: options.prefer }),
  }
}

const collected = (value: string, before: readonly string[] = []): readonly string[] => [...before, value]
const listed = (value: string): readonly string[] => value.split(',').map((name) => name.trim())

const UNITS: Readonly<Record<string, TimeUnit>> = {
  ...{ d: 'days', day: 'days', days: 'days', w: 'weeks', week: 'weeks', weeks: 'weeks' },
  ...{ m: 'months', month: 'months', months: 'months', y: 'years', year: 'years', years: 'years' },
}

function unitOf(name: string | undefined): TimeUnit {
  const unit = Object.hasOwn(UNITS, name ?? '') ? UNITS[name ?? ''] : undefined
  if (unit === undefined) throw new InvalidArgumentError('Expected days, weeks, months or years, such as "36 months".')
  return unit
}

function duration(text: string): Duration {
  const [, value, unit] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*$/i.exec(text) ?? []
  return { unit: unitOf(unit?.toLowerCase()), value: Number(value) }
}

function timeWindow(text: string): TimeWindow {
  const [, from, to, unit] = /^\s*(\d+(?:\.\d+)?)\s*(?:-|–|to)\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*$/i.exec(text) ?? []
  return { unit: unitOf(unit?.toLowerCase()), from: Number(from), to: Number(to) }
}

function armChoice(text: string): NonNullable<ExtractionChoices['arms']> {
  if (text === 'all pairs' || text === 'comparisons') return text
  const sides = text.split(':').map(listed)
  const [experimental, control] = sides
  if (sides.length !== 2 || !experimental || !control || [...experimental, ...control].includes(''))
    throw new InvalidArgumentError('Expected "all pairs", "comparisons", or two sides with a colon between: "a,b:c".')
  return { experimental, control }
}
