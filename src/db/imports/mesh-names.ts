import type { MeshOf } from '../../model/publication-of-records.ts'
import type { PublicationRecord } from '../../model/publication-record.ts'
import type { PublicationDetails } from '../../model/publication-rows.ts'
import type { Transaction } from '../database.ts'

/** MeSH's identifiers of headings that records have by their names alone. */
export async function meshNames(tx: Transaction, records: readonly PublicationRecord[]): Promise<MeshOf> {
  const headings = records.flatMap((record) => record.headings)
  if (headings.length === 0) return () => undefined
  const named = { name: true, ui: true } as const
  const descriptors = await tx.meshDescriptor.findMany({
    where: { name: { in: distinct(headings.map(({ descriptor }) => descriptor)) } },
    select: named,
  })
  const qualifiers = await tx.meshQualifier.findMany({
    where: { name: { in: distinct(headings.flatMap((heading) => heading.qualifiers.map(({ name }) => name))) } },
    select: named,
  })
  const descriptorUi = new Map(descriptors.map(({ name, ui }) => [name, ui]))
  const qualifierUi = new Map(qualifiers.map(({ name, ui }) => [name, ui]))
  return (heading) => {
    const ui = descriptorUi.get(heading.descriptor)
    if (ui === undefined) return undefined
    const line = { descriptor: heading.descriptor, ui, ...(heading.major ? { major: true } : {}) }
    const lines: NonNullable<PublicationDetails['mesh']> = []
    for (const { name, major } of heading.qualifiers) {
      const known = qualifierUi.get(name)
      if (known === undefined) return undefined
      lines.push({ ...line, qualifier: { name, ui: known, ...(major ? { major: true } : {}) } })
    }
    return lines.length === 0 ? [line] : lines
  }
}

const distinct = (names: readonly string[]): string[] => [...new Set(names)]
