/**
 * The rows of a parameter, a JSON list of lists, as a SELECT.
 *
 * @param types  of each column, as the database names them
 */
export const jsonRows = (columns: readonly string[], types: ReadonlyMap<string, string>): string =>
  `SELECT ${columns
    .map((column, index) => `(value->>${index})::${types.get(column) ?? 'text'}`)
    .join(', ')} FROM jsonb_array_elements($1::jsonb) AS value`
