import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { checkStudy } from '../src/checks/check-study.ts'
import { EvidenceError } from '../src/errors.ts'
import { factRows } from '../src/import/study-file/fact-rows.ts'
import { fieldsOf } from '../src/import/study-file/quotes.ts'
import { readStudyFile } from '../src/import/study-file/read-study-file.ts'
import { NUMBER_FIELDS } from '../src/model/facts.ts'
import { findWords } from '../src/model/find-words.ts'
import { printedNumbers } from '../src/model/printed-number.ts'
import { misreading } from '../src/model/printed-value.ts'
import { givesNumber } from '../src/model/printing-link.ts'
import type { StudyFile } from '../src/model/study-file.ts'

// `npm run mutation`: what would happen if an extractor made a slip? Each number of each study that comes with Evibase is
// put wrong in turn, in every way that people put numbers wrong, with all else as it is. Either the loader refuses the
// file, or the checks find something in it that they don't find in the right one, or the slip gets through.

/** Where a number was read: in a text that the file holds, in a source that it doesn't, or it was made by a formula. */
type Origin = 'held' | 'not held' | 'derived'
type Values = Record<string, unknown>

interface Entry {
  readonly name: string
  readonly values: Values
  readonly fields: readonly string[]
  /** The same for entries that differ by their group only. */
  readonly sameButGroup: string
}

interface Slip {
  readonly kind: string
  readonly origin: Origin
  readonly what: string
  /** Makes it in a copy of the file, whose entries are in the same order. */
  readonly make: (entries: readonly Entry[]) => void
}

interface Tally {
  caught: number
  total: number
}

const folder = path.join(path.dirname(import.meta.dirname), 'seeds', 'studies')

/** The entries of a file that hold numbers; times among them. */
function entriesOf(file: StudyFile): readonly Entry[] {
  const facts = factRows(file).map(({ table, key, path: at, values }): Entry => {
    const all = values as Values
    return {
      name: `${table} ${key}`,
      values: all,
      fields: (NUMBER_FIELDS[table] ?? []).filter((field) => typeof all[field] === 'number'),
      sameButGroup: JSON.stringify([
        table,
        at.slice(0, -1),
        all.analysis_set,
        all.timepoint,
        all.characteristic,
        all.category,
      ]),
    }
  })
  const times = (file.timepoints ?? []).map((timepoint): Entry => {
    const values: Values = timepoint
    const fields = ['from', 'to'].filter((field) => typeof values[field] === 'number')
    return { name: `timepoint ${timepoint.code}`, values, fields, sameButGroup: timepoint.code }
  })
  return [...facts, ...times].filter(({ fields }) => fields.length > 0)
}

interface Link {
  readonly field: string | string[]
  readonly role: string
  readonly quote: string
  span?: string
  occurrence?: number
}

const numberLink = (values: Values, field: string): Link | undefined =>
  ((values.quotes ?? []) as Link[]).find(
    ({ role, field: fields }) => givesNumber(role) && fieldsOf(fields).includes(field),
  )

/** The number and its words read together from the wrong place of the same quote: what nobody can tell from the words. */
function misreadings(file: StudyFile, entry: Entry, index: number, field: string): Slip[] {
  const link = numberLink(entry.values, field)
  const words = file.quotes?.find(({ code }) => code === link?.quote)?.words
  if (words === undefined || link?.span === undefined || originOf(file, entry, field) !== 'held') return []
  return printedNumbers(words).flatMap(({ value, percent, start, end }): Slip[] => {
    const span = words.slice(start, end)
    const wrong = percent && field !== 'percent' ? Number(`${value}e-2`) : value
    const readable = misreading(field, wrong, words, { start, end }) === undefined
    if (!readable || wrong === entry.values[field] || 'problem' in findWords(words, span)) return []
    return [
      {
        kind: MISREAD,
        origin: 'held',
        what: `${entry.name} ${field} ${entry.values[field]} → ${wrong}, and its words`,
        make: (copy) => {
          set(copy[index], field, wrong)
          const copied = copy[index] && numberLink(copy[index].values, field)
          if (copied) Object.assign(copied, { span, occurrence: undefined })
        },
      },
    ]
  })
}

/** A slip of another order, told beside the others and not among them. */
const MISREAD = 'another number of the quote read, with its words'

function originOf(file: StudyFile, { values }: Entry, field: string): Origin {
  if ('kind' in values && 'from' in values) {
    const quoted = factRows(file).some(
      (row) =>
        (row.values as Values).timepoint === values.code && row.values.quotes?.some((link) => link?.role === 'time'),
    )
    return quoted ? 'held' : 'not held'
  }
  const { derived = [] } = values as { derived?: { field: string }[] }
  if (derived.some((derivation) => derivation.field === field)) return 'derived'
  const link = numberLink(values, field)
  return file.quotes?.find(({ code }) => code === link?.quote)?.section === undefined ? 'not held' : 'held'
}

function slipsOf(file: StudyFile): readonly Slip[] {
  const entries = entriesOf(file)
  return entries.flatMap((entry, index) =>
    entry.fields.flatMap((field, place) => {
      const value = entry.values[field] as number
      const origin = originOf(file, entry, field)
      const to = (kind: string, wrong: number): Slip[] =>
        wrong === value || !Number.isFinite(wrong)
          ? []
          : [
              {
                kind,
                origin,
                what: `${entry.name} ${field} ${value} → ${wrong}`,
                make: (copy) => set(copy[index], field, wrong),
              },
            ]
      const next = entry.fields[place + 1]
      const other = entries.findIndex(
        (each, at) =>
          at > index &&
          each.sameButGroup === entry.sameButGroup &&
          each.values.group !== entry.values.group &&
          typeof each.values[field] === 'number',
      )
      return [
        ...misreadings(file, entry, index, field),
        ...digitsChanged(value).flatMap((wrong) => to('a digit changed', wrong)),
        ...to('a decimal place shifted', Number(`${value}e1`)),
        ...(Number.isInteger(value) && value % 10 !== 0 ? [] : to('a decimal place shifted', Number(`${value}e-1`))),
        ...percentFor(entry.values, field).flatMap((wrong) => to('a percentage for a count, or the reverse', wrong)),
        ...(value < 0 ? to('a sign dropped', -value) : []),
        ...(next === undefined || entry.values[next] === value
          ? []
          : [
              {
                kind: 'neighbours swapped',
                origin,
                what: `${entry.name} ${field} ${value} ↔ ${next} ${entry.values[next]}`,
                make: (copy: readonly Entry[]) => {
                  set(copy[index], field, entry.values[next])
                  set(copy[index], next, value)
                },
              },
            ]),
        ...(other < 0 || entries[other]?.values[field] === value
          ? []
          : [
              {
                kind: 'numbers of two groups swapped',
                origin,
                what: `${entry.name} ${field} ${value} ↔ ${entries[other]?.name} ${entries[other]?.values[field]}`,
                make: (copy: readonly Entry[]) => {
                  set(copy[index], field, entries[other]?.values[field])
                  set(copy[other], field, value)
                },
              },
            ]),
        ...(other < 0 || place > 0 || entry.values.group === undefined
          ? []
          : [
              {
                kind: 'groups swapped, quotes and all',
                origin,
                what: `${entry.name} ${entry.values.group} ↔ ${entries[other]?.values.group}`,
                make: (copy: readonly Entry[]) => {
                  set(copy[index], 'group', entries[other]?.values.group)
                  set(copy[other], 'group', entry.values.group)
                },
              },
            ]),
      ]
    }),
  )
}

function set(entry: Entry | undefined, field: string, value: unknown): void {
  if (entry === undefined) throw new Error('the copy has other entries')
  entry.values[field] = value
}

/** Each digit in turn as the next one. */
function digitsChanged(value: number): number[] {
  const printed = String(value)
  return [...printed].flatMap((digit, at) =>
    /\d/.test(digit) ? [Number(`${printed.slice(0, at)}${(Number(digit) + 1) % 10}${printed.slice(at + 1)}`)] : [],
  )
}

function percentFor(values: Values, field: string): number[] {
  const value = values[field] as number
  const total = values.total ?? values.at_risk
  if ((field === 'events' || field === 'affected' || field === 'count') && typeof total === 'number' && total > 0)
    return [Math.round((100 * value) / total)]
  if (field === 'proportion' || field === 'ci_level') return [Number(`${value}e2`)]
  if (field === 'percent' && typeof values.affected === 'number') return [values.affected]
  return []
}

const findingsOf = (file: StudyFile): readonly string[] | 'refused' => {
  try {
    const record = readStudyFile(Buffer.from(JSON.stringify(file)), 'slip.json')
    return checkStudy(record)
      .filter(({ status, severity }) => status === 'inconsistent' && severity !== 'note')
      .map(({ rule, table, row, message }) => `${rule} ${table} ${row} ${message}`)
  } catch (error) {
    if (error instanceof EvidenceError && error.code === 'STUDY_FILE_INVALID') return 'refused'
    throw error
  }
}

const results = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .sort()
  .flatMap((name) => {
    const text = readFileSync(path.join(folder, name), 'utf8')
    const right = parse(text) as StudyFile
    const known = findingsOf(right)
    if (known === 'refused') throw new Error(`${name} does not load`)
    return slipsOf(right).map((slip) => {
      const wrong = structuredClone(right)
      slip.make(entriesOf(wrong))
      const found = findingsOf(wrong)
      const by = found === 'refused' ? 'load' : found.some((finding) => !known.includes(finding)) ? 'check' : undefined
      return { ...slip, study: right.study.slug, by }
    })
  })

const tallies = (origin: Origin): Readonly<Record<string, Tally>> => {
  const kinds: Record<string, Tally> = {}
  for (const { kind, by } of results.filter((each) => each.origin === origin && each.kind !== MISREAD)) {
    kinds[kind] ??= { caught: 0, total: 0 }
    kinds[kind].total++
    if (by !== undefined) kinds[kind].caught++
  }
  return kinds
}
const sum = (kinds: Readonly<Record<string, Tally>>): Tally =>
  Object.values(kinds).reduce((all, { caught, total }) => ({ caught: all.caught + caught, total: all.total + total }), {
    caught: 0,
    total: 0,
  })
const misread = results.filter(({ kind }) => kind === MISREAD)
const misreadTally = { caught: misread.filter(({ by }) => by !== undefined).length, total: misread.length }
const escaped = results.filter(({ by }) => by === undefined)

if (process.argv.includes('--json')) {
  const of = (origin: Origin) => ({ ...sum(tallies(origin)), by_kind: tallies(origin) })
  const rows = escaped.map(({ study, kind, origin, what }) => ({ study, kind, origin, what }))
  process.stdout.write(
    `${JSON.stringify({ ...of('held'), derived: of('derived'), not_held: of('not held'), misread: misreadTally, escaped: rows }, null, 2)}\n`,
  )
} else {
  for (const origin of ['held', 'derived', 'not held'] as const) {
    const kinds = tallies(origin)
    process.stdout.write(`Numbers whose source is ${origin}: ${share(sum(kinds))}\n`)
    for (const [kind, tally] of Object.entries(kinds)) process.stdout.write(`  ${kind}: ${share(tally)}\n`)
  }
  process.stdout.write(`${MISREAD[0]?.toUpperCase()}${MISREAD.slice(1)}: ${share(misreadTally)}\n`)
  for (const { study, kind, origin, what } of escaped.filter(({ origin }) => origin !== 'not held'))
    process.stdout.write(`got through: ${study}, ${what} (${kind}; ${origin})\n`)
}

function share({ caught, total }: Tally): string {
  return `${caught} of ${total} caught (${total === 0 ? 'none to catch' : `${((100 * caught) / total).toFixed(1)} %`})`
}
