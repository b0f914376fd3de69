/** So many rows are looked through sooner than they are put into a map. */
const FEW = 8

/** Looks rows up by their keys; nothing for no key. */
export function byId<Row extends { readonly id: string }>(
  rows: readonly Row[],
): (id: string | null | undefined) => Row | undefined {
  if (rows.length <= FEW) return (id) => rows.find((row) => row.id === id)
  const all = new Map(rows.map((row) => [row.id, row]))
  return (id) => (id == null ? undefined : all.get(id))
}
