import { readSchema } from '../../scripts/prisma-schema.ts'
import { ROOT } from '../scratch.ts'

/** The models of both engines, as their files say. */
export const SCHEMA = readSchema(`${ROOT}prisma/schema`)
export const TABLES = SCHEMA.models.map(({ table }) => table)

export interface ForeignKey {
  readonly from: string
  readonly parent: string
  readonly to: string
}

const modelOf = (table: string) => SCHEMA.models.find((model) => model.table === table)

export const columnsOf = (table: string): readonly string[] => modelOf(table)?.fields.map(({ column }) => column) ?? []

/** The columns of a table's primary key. */
export function keyOf(table: string): readonly string[] {
  const key = modelOf(table)?.key ?? []
  if (key.length === 0) throw new Error(`${table} has no key`)
  return key
}

/** The foreign keys that the schema asks for. */
export function foreignKeysOf(table: string): readonly ForeignKey[] {
  const model = modelOf(table)
  const column = (owner: typeof model, name: string) =>
    owner?.fields.find((field) => field.name === name)?.column ?? name
  return (model?.fields ?? []).flatMap(({ type, attributes }) => {
    const [, from, to] = /fields: \[(\w+)\], references: \[(\w+)\]/.exec(attributes) ?? []
    const parent = SCHEMA.models.find((candidate) => candidate.name === type)
    return from && to && parent ? [{ from: column(model, from), parent: parent.table, to: column(parent, to) }] : []
  })
}

/** Each primary and each other unique key that the schema asks for. */
export const UNIQUE_KEYS = SCHEMA.models.flatMap(({ table, key, fields, indexes }) => [
  { table, key: [...key] },
  ...fields.filter(({ attributes }) => /@unique\b/.test(attributes)).map(({ column }) => ({ table, key: [column] })),
  ...indexes.filter(({ unique }) => unique).map((index) => ({ table, key: [...index.fields] })),
])
