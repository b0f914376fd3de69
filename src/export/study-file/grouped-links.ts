import type { StudyFile } from '../../model/study-file.ts'

export type LinkEntry = NonNullable<StudyFile['study']['quotes']>[number]
/** A link without the fields that it is for. */
export type Link = Omit<LinkEntry, 'field'>

/**
 * The links of an entry as its file lists them: equal links of several fields become one with a list of fields, and each
 * field's links stay in their order.
 *
 * @param byField  the links of each field in their order, fields in the order of the entry
 */
export function groupedLinks(byField: ReadonlyMap<string, readonly Link[]>): LinkEntry[] {
  const queues = new Map(
    [...byField].map(([field, links]) => [field, links.map((link) => ({ link, name: JSON.stringify(link) }))] as const),
  )
  const entries: LinkEntry[] = []
  const busy = new Set<string>()

  // What other fields have before the link that they share with this one comes first, so that it can be one entry. Where
  // that would go round in a circle, it can't.
  const takeNext = (field: string) => {
    const queue = queues.get(field) ?? []
    const [head] = queue
    if (!head) return
    busy.add(field)
    for (const [other, waiting] of queues)
      while (
        queue[0] === head &&
        !busy.has(other) &&
        waiting[0]?.name !== head.name &&
        waiting.some(({ name }) => name === head.name)
      )
        takeNext(other)
    busy.delete(field)
    // On the way another field may have taken it along.
    if (queue[0] !== head) return
    const fields = [...queues].filter(([, waiting]) => waiting[0]?.name === head.name).map(([name]) => name)
    for (const name of fields) queues.get(name)?.shift()
    const [only = field] = fields
    entries.push({ field: fields.length === 1 ? only : fields, ...head.link })
  }

  for (const [field, queue] of queues) while (queue.length > 0) takeNext(field)
  return entries
}
