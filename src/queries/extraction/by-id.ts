/** Looks rows up by their keys; nothing for no key. */
export function byId<Row extends { readonly id: string }>(
  rows: readonly Row[],
): (id: string | null | undefined) => Row | undefined {
  const all = new Map(rows.map((row) => [row.id, row]))
  return (id) => (id == null ? undefined : all.get(id))
}
