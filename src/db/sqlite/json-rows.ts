/** The rows of a parameter, a JSON list of lists, as a SELECT. */
export const jsonRows = (columns: readonly string[]): string =>
  // jsonb_each, younger than json_each, hands each row over parsed, where every value's extraction parsed it anew.
  // An INSERT … SELECT with an ON CONFLICT needs the WHERE, or "ON" is read as that of a join.
  `SELECT ${columns.map((_, index) => `json_extract(value, '$[${index}]')`).join(', ')} FROM jsonb_each(?) WHERE true`
