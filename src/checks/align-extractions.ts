import { alignRows, type Pass } from './align-rows.ts'
import { COMPARABLE_TABLES } from './comparable-tables.ts'
import type { ExtractedRow, Extraction, Given, Pointer } from './extraction-rows.ts'

/** Which rows of two extractors' files are about the same thing. */
export interface Alignment {
  readonly partnerOfA: (row: ExtractedRow) => ExtractedRow | undefined
  readonly partnerOfB: (row: ExtractedRow) => ExtractedRow | undefined
  /** The key in A of what a pointer in B points at; nothing where only B has it. */
  readonly keyInA: (pointer: Pointer) => string | undefined
}

/**
 * Aligns two extractions by what their rows are about: arms, outcomes and the like by code and label, numbers by outcome,
 * group, analysis set and timepoint. Where a code says one thing and the label another, the label decides: it is what the
 * report says, and the code what the extractor chose. Neither the order of entries nor the spelling of codes counts.
 */
export function alignExtractions(a: Extraction, b: Extraction): Alignment {
  const [ofA, ofB] = [new Map<ExtractedRow, ExtractedRow>(), new Map<ExtractedRow, ExtractedRow>()]
  // The partner's key in A, for each row of B that has one.
  const inA = new Map<string, string>()
  const keyInA = ({ table, id }: Pointer) => inA.get(`${table} ${id}`)
  const token = (side: 'a' | 'b', pointer: Pointer) => {
    const key = side === 'a' ? pointer.id : (keyInA(pointer) ?? `only b ${pointer.id}`)
    return `${pointer.role ?? ''} ${key}`
  }
  for (const { table, identity } of COMPARABLE_TABLES) {
    const passes = identity.map((parts, index): Pass<ExtractedRow> => {
      const keys = (row: ExtractedRow, side: 'a' | 'b') => keysOf(row, parts, (pointer) => token(side, pointer))
      return { keys, several: index === 0 }
    })
    for (const [one, other] of alignRows(a.get(table) ?? [], b.get(table) ?? [], passes, likeness, content)) {
      ofA.set(one, other)
      ofB.set(other, one)
      inA.set(`${table} ${other.id}`, one.id)
    }
  }
  return { partnerOfA: (row) => ofA.get(row), partnerOfB: (row) => ofB.get(row), keyInA }
}

function keysOf(row: ExtractedRow, parts: readonly string[], token: (pointer: Pointer) => string): readonly string[] {
  if (parts.includes('names')) return [...new Set(row.names.map(({ loose }) => loose))]
  const key = parts.map((part) => {
    const pointers = row.points.get(part)
    if (pointers !== undefined) return pointers.map(token).sort()
    return row.identity.get(part)?.loose ?? null
  })
  return [JSON.stringify(key)]
}

const likeness = (a: ExtractedRow, b: ExtractedRow): number =>
  [...a.values].filter(([name, { same }]) => b.values.get(name)?.same === same).length

const content = ({ values, missing }: ExtractedRow): string =>
  JSON.stringify([[...values].map(([name, { same }]: readonly [string, Given]) => [name, same]), missing])
