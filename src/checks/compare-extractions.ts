import { byKey } from '../model/byte-order.ts'
import { groupedBy } from '../model/grouped-by.ts'
import type { StudyRecord } from '../model/study-record.ts'
import { type Alignment, alignExtractions } from './align-extractions.ts'
import { cohensKappa } from './cohens-kappa.ts'
import { COMPARABLE_TABLES } from './comparable-tables.ts'
import {
  type ExtractedRow,
  type Extraction,
  extractionRows,
  type Given,
  missingValue,
  type Pointer,
} from './extraction-rows.ts'

/** Whether two extractors give the same: both the same value, two values, or only one of them gives any. */
export type Agreement = 'agree' | 'differ' | 'only_a' | 'only_b'

/**
 * How the consensus settles it: as the first has it, as the second has it, otherwise (`neither`), or not at all, where a
 * value was extracted and the consensus has none. What only one extractor has and the consensus doesn't is settled as the
 * other one has it.
 */
export type Settled = 'a' | 'b' | 'neither' | 'unsettled'

type Value = string | number | boolean | null

/** One value of one row, as the two extractors give it. */
export interface ComparedValue {
  readonly table: string
  readonly row: string
  readonly field: string
  readonly a: Value
  readonly b: Value
  readonly consensus: Value
  readonly agreement: Agreement
  /** Null where there is no consensus, or where it has what both have. */
  readonly settled: Settled | null
}

/** How far the two agree on one field. */
export interface FieldAgreement {
  /** `table.field`. */
  readonly field: string
  /** Values of rows that both have, of which at least one of them gives something. */
  readonly compared: number
  readonly agreed: number
  /** 0 to 100; null where nothing was compared. */
  readonly percent: number | null
  /** Cohen's kappa over the same values; null where it is not estimable. */
  readonly kappa: number | null
  readonly not_estimable: string | null
  /** Values of rows that only one of them has: in neither figure. */
  readonly only_a: number
  readonly only_b: number
}

export interface Comparison {
  readonly values: readonly ComparedValue[]
  readonly fields: readonly FieldAgreement[]
  /** Rows of the consensus that neither extractor has. */
  readonly onlyConsensus: number
}

export interface ComparisonOptions {
  readonly consensus?: StudyRecord
  /** Whether it is compared, too, which words each row was read from. */
  readonly quotes?: boolean
}

/** A row as each of the three files has it. */
interface Matched {
  readonly table: string
  readonly name: string
  readonly a: ExtractedRow | undefined
  readonly b: ExtractedRow | undefined
  readonly c: ExtractedRow | undefined
}

/**
 * Compares two extractors' files of one study, value by value. Rows are aligned by what they are about; numbers are
 * compared as numbers, texts as Unicode means them, reasons for missing values as values. A field that neither gives is
 * no agreement: it isn't there.
 *
 * @returns values in the order of tables, rows and fields; swapping the two files swaps a and b and changes nothing else
 * @checked test/checks/compare-extractions.test.ts
 */
export function compareExtractions(a: StudyRecord, b: StudyRecord, options: ComparisonOptions = {}): Comparison {
  const read = (record: StudyRecord) => extractionRows(record, options.quotes ?? false)
  const [ofA, ofB] = [read(a), read(b)]
  const ofC = options.consensus && read(options.consensus)
  const alignments = {
    ab: alignExtractions(ofA, ofB),
    ac: ofC && alignExtractions(ofA, ofC),
    bc: ofC && alignExtractions(ofB, ofC),
  }
  const rows = matchedRows(ofA, ofB, alignments)
  const compared = rows.flatMap((row) => compareRow(row, alignments, ofC !== undefined))
  const used = new Set(rows.map(({ c }) => c))
  return {
    values: compared.map(({ value }) => value),
    fields: fieldAgreements(compared),
    onlyConsensus: [...(ofC?.values() ?? [])].flat().filter((row) => !used.has(row)).length,
  }
}

interface Alignments {
  readonly ab: Alignment
  readonly ac: Alignment | undefined
  readonly bc: Alignment | undefined
}

function matchedRows(ofA: Extraction, ofB: Extraction, { ab, ac, bc }: Alignments): readonly Matched[] {
  return COMPARABLE_TABLES.flatMap(({ table }) => {
    const withA = (ofA.get(table) ?? []).map((a) => ({ a, b: ab.partnerOfA(a) }))
    const withoutA = (ofB.get(table) ?? []).filter((b) => !ab.partnerOfB(b)).map((b) => ({ a: undefined, b }))
    return [...withA, ...withoutA]
      .map(({ a, b }) => ({
        table,
        name: sharedName(a, b),
        a,
        b,
        c: (a && ac?.partnerOfA(a)) ?? (b && bc?.partnerOfA(b)),
      }))
      .map((row) => ({ row, order: [row.name, ...[contentOf(row.a), contentOf(row.b)].sort(byKey)] }))
      .sort((one, other) => byKey(one.order.join('\n'), other.order.join('\n')))
      .map(({ row }) => row)
  })
}

/** A row's name, with both spellings of a part that the two spell differently; the same whichever comes first. */
function sharedName(a: ExtractedRow | undefined, b: ExtractedRow | undefined): string {
  const names = [a?.name, b?.name].filter((name) => name !== undefined)
  return (names[0] ?? [])
    .map((_, part) => [...new Set(names.map((name) => name[part] ?? ''))].filter((own) => own !== '').sort(byKey))
    .filter((spellings) => spellings.length > 0)
    .map((spellings) => spellings.join(' = '))
    .join(' / ')
}

const contentOf = (row: ExtractedRow | undefined): string =>
  row === undefined ? '' : JSON.stringify([...row.values].map(([field, { same }]) => [field, same]))

interface Compared {
  readonly value: ComparedValue
  /** What kappa counts: the two categories of a row that both have. */
  readonly categories: readonly [string, string] | null
}

const NOTHING = 'nothing'
const SIDES = ['a', 'b', 'c'] as const
type Side = (typeof SIDES)[number]
type Field = { readonly field: string } & { readonly [S in Side]: Given | undefined }

function compareRow(row: Matched, alignments: Alignments, settle: boolean): Compared[] {
  const spec = (row.a ?? row.b)?.spec
  if (!spec) return []
  const pointed = spec.comparedPoints.map((field) => pointedField(row, field, alignments))
  return [...pointed, ...valueFields(row, spec.values)].flatMap((field) => comparedField(row, field, settle))
}

/**
 * A row's values, and why it has none. That reason is its value wherever another file gives one: 12 against "not
 * reported".
 */
function valueFields(row: Matched, names: readonly string[]): Field[] {
  const reasonOf = (side: Side) => {
    const missing = row[side]?.missing
    return missing == null ? undefined : missingValue(missing)
  }
  const reasons: Field = { field: 'missing', a: reasonOf('a'), b: reasonOf('b'), c: reasonOf('c') }
  const stoodIn = new Set<Side>()
  const values = names.map((field): Field => {
    const given = (side: Side) => row[side]?.values.get(field)
    if (!SIDES.some((side) => given(side))) return { field, a: undefined, b: undefined, c: undefined }
    const filled = (side: Side) => {
      if (given(side)) return given(side)
      if (reasons[side]) stoodIn.add(side)
      return reasons[side]
    }
    return { field, a: filled('a'), b: filled('b'), c: filled('c') }
  })
  const quotes = (side: Side) => row[side]?.quotes
  const without = (['a', 'b'] as const).filter((side) => reasons[side])
  const told = without.length < 2 && without.every((side) => stoodIn.has(side))
  return [...values, ...(told ? [] : [reasons]), { field: 'quotes', a: quotes('a'), b: quotes('b'), c: quotes('c') }]
}

/** What a row points at, told by what it means in each file. */
function pointedField(row: Matched, field: string, { ab, ac, bc }: Alignments): Field {
  const inB = (pointer: Pointer) => ab.keyInA(pointer) ?? `only b ${pointer.id}`
  const meaning: Readonly<Record<Side, (pointer: Pointer) => string>> = {
    a: ({ id }) => id,
    b: inB,
    c: (pointer) => {
      const id = bc?.keyInA(pointer)
      return ac?.keyInA(pointer) ?? (id === undefined ? `only c ${pointer.id}` : inB({ ...pointer, id }))
    },
  }
  const given = (side: Side): Given | undefined => {
    const parts = (row[side]?.points.get(field) ?? []).map((pointer) => {
      const role = pointer.role === undefined ? '' : `${pointer.role}: `
      return { shown: `${role}${pointer.id.split('/').at(-1)}`, same: `${role}${meaning[side](pointer)}` }
    })
    if (parts.length === 0) return undefined
    const [shown, same] = (['shown', 'same'] as const).map((key) =>
      parts
        .map((part) => part[key])
        .sort(byKey)
        .join('; '),
    )
    return { shown: shown ?? '', same: same ?? '', loose: same ?? '' }
  }
  return { field, a: given('a'), b: given('b'), c: given('c') }
}

function comparedField({ table, name, a, b }: Matched, { field, ...given }: Field, settle: boolean): Compared[] {
  if (!given.a && !given.b && !given.c) return []
  const same = (one: Given | undefined, other: Given | undefined) => one?.same === other?.same
  const agreement: Agreement = same(given.a, given.b)
    ? 'agree'
    : given.a === undefined
      ? 'only_b'
      : given.b === undefined
        ? 'only_a'
        : 'differ'
  const settled = !settle ? null : settledBy(given, agreement, same)
  const value: ComparedValue = {
    table,
    row: name,
    field,
    a: given.a?.shown ?? null,
    b: given.b?.shown ?? null,
    consensus: given.c?.shown ?? null,
    agreement,
    settled,
  }
  const counted = a && b && (given.a || given.b)
  return [{ value, categories: counted ? [given.a?.same ?? NOTHING, given.b?.same ?? NOTHING] : null }]
}

function settledBy(
  { a, b, c }: Omit<Field, 'field'>,
  agreement: Agreement,
  same: (one: Given | undefined, other: Given | undefined) => boolean,
): Settled | null {
  if (agreement === 'agree') return same(a, c) ? null : c === undefined ? 'unsettled' : 'neither'
  if (same(a, c)) return 'a'
  if (same(b, c)) return 'b'
  return c === undefined ? 'unsettled' : 'neither'
}

/** Percent and kappa of each field, in the order of tables and fields. */
function fieldAgreements(compared: readonly Compared[]): FieldAgreement[] {
  const byField = groupedBy(
    compared.filter(({ value }) => value.a !== null || value.b !== null),
    ({ value }) => `${value.table}.${value.field}`,
  )
  return [...byField].map(([field, values]) => {
    const pairs = values.flatMap(({ categories }) => (categories ? [categories] : []))
    const alone = values.filter(({ categories }) => categories === null)
    const kappa = cohensKappa(pairs)
    const agreed = pairs.filter(([one, other]) => one === other).length
    return {
      field,
      compared: pairs.length,
      agreed,
      percent: pairs.length === 0 ? null : (100 * agreed) / pairs.length,
      kappa: kappa.status === 'estimated' ? kappa.kappa : null,
      not_estimable: kappa.status === 'estimated' ? null : kappa.reason,
      only_a: alone.filter(({ value }) => value.agreement === 'only_a').length,
      only_b: alone.filter(({ value }) => value.agreement === 'only_b').length,
    }
  })
}
