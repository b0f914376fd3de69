/** What a fact's key says. */
export interface FactKey {
  readonly study: string
  readonly table: string
  /** The key of the row that the fact is about, within its study. */
  readonly row: string
  /** The whole key of that row. */
  readonly rowId: string
  readonly field: string
}

/** Takes the key of a fact apart: `<study>/<table>/<row>/<field>`. The study's own row has the study's key. */
export function factKeyOf(id: string): FactKey {
  const [study = '', table = '', ...rest] = id.split('/')
  const field = rest.pop() ?? ''
  const row = rest.join('/')
  return { study, table, row, rowId: table === 'study' ? study : `${study}/${row}`, field }
}
