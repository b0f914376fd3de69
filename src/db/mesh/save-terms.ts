import { EvidenceError } from '../../errors.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import type { MeshDescriptorRecord, MeshQualifierRecord } from '../../model/mesh-record.ts'
import type { Transaction } from '../database.ts'
import { TERM_TABLES, VOCABULARY_TABLES } from '../tables.ts'
import { deleteRows, writeRows } from '../write-rows.ts'

interface Term {
  readonly ui: string
  readonly name: string
  readonly year: number | null
}

/** Terms that were read so far, by their identifiers. */
export type Seen = Set<string>

/**
 * Writes a batch of descriptors with their places and synonyms, where they differ from what stands there.
 *
 * @returns how many were new or had another content than their year
 * @throws EvidenceError IMPORT_FILE_INVALID  an identifier, a name or a tree number is there twice
 */
export async function saveDescriptors(
  tx: Transaction,
  records: readonly MeshDescriptorRecord[],
  year: number,
  seen: Seen,
): Promise<number> {
  noteSeen(records, seen)
  const uis = records.map(({ ui }) => ui)
  const standing = await tx.meshDescriptor.findMany({
    where: { OR: [{ ui: { in: uis } }, { name: { in: records.map(({ name }) => name) } }] },
  })
  const held = new Map(standing.map((term) => [term.ui, term]))
  const known = { descriptorUi: { in: uis.filter((ui) => held.has(ui)) } }
  const places = groupedBy(await tx.meshTreeNumber.findMany({ where: known }), ({ descriptorUi }) => descriptorUi)
  const terms = groupedBy(await tx.meshEntryTerm.findMany({ where: known }), ({ descriptorUi }) => descriptorUi)
  const changed = records.filter((record) => {
    const before = held.get(record.ui)
    if (before?.name !== record.name || before.scopeNote !== record.scopeNote) return true
    const synonyms = (terms.get(record.ui) ?? []).filter(({ former }) => !former).map(({ term }) => term)
    const numbers = (places.get(record.ui) ?? []).map(({ treeNumber }) => treeNumber)
    return !sameSet(synonyms, record.entryTerms) || !sameSet(numbers, record.treeNumbers)
  })
  await freeNames(tx, 'meshDescriptor', records, standing, seen)
  await writeRows(
    tx,
    'meshDescriptor',
    VOCABULARY_TABLES.meshDescriptor,
    records
      .filter((record) => changed.includes(record) || held.get(record.ui)?.year !== year)
      .map(({ ui, name, scopeNote }) => ({ ui, name, scopeNote, year })),
  )
  await placeDescriptors(tx, changed, (ui) => (places.get(ui) ?? []).map(({ treeNumber }) => treeNumber), seen)
  const gone = changed.flatMap(({ ui, entryTerms }) =>
    (terms.get(ui) ?? []).filter(({ term, former }) => !former && !entryTerms.includes(term)),
  )
  await deleteRows(tx, 'meshEntryTerm', TERM_TABLES.meshEntryTerm, gone)
  const wanted = changed.flatMap(({ ui, name, entryTerms }) => {
    const before = held.get(ui)
    const old = before === undefined ? name : nameOf(before)
    return [
      ...entryTerms.map((term) => ({ descriptorUi: ui, term, former: false })),
      ...(old === name || entryTerms.includes(old) ? [] : [{ descriptorUi: ui, term: old, former: true }]),
    ]
  })
  await writeRows(tx, 'meshEntryTerm', TERM_TABLES.meshEntryTerm, wanted)
  return changed.length
}

/** Writes a batch of qualifiers, where they differ from what stands there; as `saveDescriptors` does. */
export async function saveQualifiers(
  tx: Transaction,
  records: readonly MeshQualifierRecord[],
  year: number,
  seen: Seen,
): Promise<number> {
  noteSeen(records, seen)
  const standing = await tx.meshQualifier.findMany({
    where: { OR: [{ ui: { in: records.map(({ ui }) => ui) } }, { name: { in: records.map(({ name }) => name) } }] },
  })
  const held = new Map(standing.map((term) => [term.ui, term]))
  await freeNames(tx, 'meshQualifier', records, standing, seen)
  const changed = records.filter(({ ui, name }) => held.get(ui)?.name !== name)
  await writeRows(
    tx,
    'meshQualifier',
    VOCABULARY_TABLES.meshQualifier,
    records
      .filter((record) => changed.includes(record) || held.get(record.ui)?.year !== year)
      .map(({ ui, name }) => ({ ui, name, year })),
  )
  return changed.length
}

/**
 * Gives descriptors their places in the tree, and takes away those that they have no more.
 *
 * @param placesOf  the places that a descriptor has now
 * @throws EvidenceError IMPORT_FILE_INVALID  a place belongs to two of the file's descriptors
 */
export async function placeDescriptors(
  tx: Transaction,
  records: readonly { readonly ui: string; readonly treeNumbers: readonly string[] }[],
  placesOf: (ui: string) => readonly string[],
  seen: Seen,
): Promise<void> {
  const wanted = records.flatMap(({ ui, treeNumbers }) => {
    const there = new Set(placesOf(ui))
    return treeNumbers.filter((number) => !there.has(number)).map((treeNumber) => ({ treeNumber, descriptorUi: ui }))
  })
  const gone = records.flatMap(({ ui, treeNumbers }) =>
    placesOf(ui)
      .filter((number) => !treeNumbers.includes(number))
      .map((treeNumber) => ({ treeNumber, descriptorUi: ui })),
  )
  await deleteRows(tx, 'meshTreeNumber', TERM_TABLES.meshTreeNumber, gone)
  const owners = new Map<string, string>()
  const takenFrom = await tx.meshTreeNumber.findMany({
    where: { treeNumber: { in: wanted.map(({ treeNumber }) => treeNumber) } },
  })
  const ofThese = new Set(records.map(({ ui }) => ui))
  // A descriptor of an older year may still have a place that is another's now; one that was read before this may not.
  for (const { treeNumber, descriptorUi } of takenFrom)
    if (seen.has(descriptorUi) && !ofThese.has(descriptorUi)) owners.set(treeNumber, descriptorUi)
  for (const { ui, treeNumbers } of records)
    for (const number of treeNumbers) {
      const other = owners.get(number)
      if (other !== undefined) throw twice(`the tree number ${number} belongs to ${other} and to ${ui}`)
      owners.set(number, ui)
    }
  await writeRows(tx, 'meshTreeNumber', TERM_TABLES.meshTreeNumber, wanted)
}

function noteSeen(records: readonly { readonly ui: string }[], seen: Seen): void {
  for (const { ui } of records) {
    if (seen.has(ui)) throw twice(`${ui} is there twice`)
    seen.add(ui)
  }
}

/**
 * Names are unique. One that another term still has is taken from it: that term comes later in the file with a new name,
 * or is no longer in it and keeps the name with its identifier behind.
 */
async function freeNames(
  tx: Transaction,
  table: 'meshDescriptor' | 'meshQualifier',
  records: readonly { readonly ui: string; readonly name: string }[],
  standing: readonly Term[],
  seen: Seen,
): Promise<void> {
  const owners = new Map<string, string>()
  for (const { ui, name } of records) {
    const other = owners.get(name)
    if (other !== undefined) throw twice(`"${name}" is the name of ${other} and of ${ui}`)
    owners.set(name, ui)
  }
  const ofThese = new Set(records.map(({ ui }) => ui))
  const aside = standing.filter((term) => (owners.get(term.name) ?? term.ui) !== term.ui)
  for (const { ui, name } of aside)
    if (seen.has(ui) && !ofThese.has(ui)) throw twice(`"${name}" is the name of ${ui} and of ${owners.get(name)}`)
  await writeRows(
    tx,
    table,
    VOCABULARY_TABLES[table],
    aside.map((term) => ({ ...term, name: `${term.name} (${term.ui})` })),
  )
  if (table === 'meshQualifier') return
  await writeRows(
    tx,
    'meshEntryTerm',
    TERM_TABLES.meshEntryTerm,
    aside.map(({ ui, name }) => ({ descriptorUi: ui, term: name, former: true })),
  )
}

/** The name that a term had before another one took it. */
const nameOf = ({ ui, name }: Term): string => (name.endsWith(` (${ui})`) ? name.slice(0, -` (${ui})`.length) : name)

const sameSet = (one: readonly string[], other: readonly string[]): boolean => {
  const values = new Set(one)
  return values.size === other.length && other.every((value) => values.has(value))
}

const twice = (what: string) => new EvidenceError('IMPORT_FILE_INVALID', `${what}; expected it only once`)
