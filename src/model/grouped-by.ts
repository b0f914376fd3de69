/** Items by what a function says of them, each list in the items' order. */
export function groupedBy<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>()
  // Most lists are grouped already: neighbours are taken together, and their list has no room to spare.
  for (let from = 0, to = 0; from < items.length; from = to) {
    const key = keyOf(items[from] as T)
    for (to = from + 1; to < items.length && keyOf(items[to] as T) === key; to++);
    const group = groups.get(key)
    if (group === undefined) groups.set(key, items.slice(from, to))
    else for (const item of items.slice(from, to)) group.push(item)
  }
  return groups
}
