/** What a column's cells are; a cell of any type may be null, which is "not reported". */
export type ColumnType = 'text' | 'integer' | 'number' | 'boolean'

/** What a reader must know of a column to use it without looking at the database. */
export interface Column<Type extends ColumnType = ColumnType> {
  readonly type: Type
  /** What a number counts, or its scale; none for texts and truth values. */
  readonly unit?: string
  readonly meaning: string
  /** Where its values stand: `table.column`, or the tables that they are made of, with commas between. */
  readonly source: string
}

/** The dictionary of a table: its columns in their order, the same in every format. Types fit those of the rows. */
export type Columns<Row> = { readonly [K in keyof Row]-?: Column<TypeOf<Exclude<Row[K], null>>> }

/** The names and meanings alone, of a table that is no extraction. */
export type Meanings<Row> = { readonly [K in keyof Row]-?: string }

type TypeOf<Value> = [Value] extends [boolean]
  ? 'boolean'
  : [Value] extends [number]
    ? 'integer' | 'number'
    : [Value] extends [string]
      ? 'text'
      : ColumnType

export const text = (source: string, meaning: string): Column<'text'> => ({ type: 'text', meaning, source })
export const truth = (source: string, meaning: string): Column<'boolean'> => ({ type: 'boolean', meaning, source })
export const integer = (source: string, unit: string, meaning: string): Column<'integer'> => ({
  type: 'integer',
  unit,
  meaning,
  source,
})
export const number = (source: string, unit: string, meaning: string): Column<'number'> => ({
  type: 'number',
  unit,
  meaning,
  source,
})

/** One row of a printed dictionary. */
export interface ColumnRow {
  readonly column: string
  readonly type: ColumnType
  readonly unit: string | null
  readonly meaning: string
  readonly source: string
}

export const COLUMN_COLUMNS: Meanings<ColumnRow> = {
  column: "the column's name",
  type: 'text, integer, number or boolean',
  unit: 'what a number counts, or its scale',
  meaning: 'what its values say',
  source: 'the table and column of the database that hold them, or the tables that they are made of',
}

/** The dictionary of a table as rows. */
export const columnRows = (columns: object): ColumnRow[] =>
  Object.entries(columns as Readonly<Record<string, Column>>).map(([column, { type, unit, meaning, source }]) => ({
    column,
    type,
    unit: unit ?? null,
    meaning,
    source,
  }))
