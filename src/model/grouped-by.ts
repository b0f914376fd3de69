/** Items by what a function says of them, each list in the items' order. */
export function groupedBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>()
  // Most lists are grouped already: the last group is looked at first.
  let last: { readonly key: K; readonly group: T[] } | undefined
  for (const item of items) {
    const key = keyOf(item)
    if (last?.key !== key || last === undefined) {
      const group = groups.get(key) ?? []
      if (group.length === 0) groups.set(key, group)
      last = { key, group }
    }
    last.group.push(item)
  }
  return groups
}
