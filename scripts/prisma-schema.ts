import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/**
 * The models as their files spell them: what Prisma's client doesn't tell at run time (doc comments, the reason of
 * an index, the file a model stands in), read line by line from the formatted schema.
 */
export interface SchemaField {
  readonly name: string
  /** The column; for a relation the field's own name. */
  readonly column: string
  readonly type: string
  readonly optional: boolean
  readonly list: boolean
  readonly attributes: string
  readonly doc: string
}

export interface SchemaIndex {
  readonly fields: readonly string[]
  readonly unique: boolean
  readonly serves: string | undefined
}

export interface SchemaModel {
  readonly name: string
  readonly table: string
  readonly domain: string
  readonly doc: string
  readonly fields: readonly SchemaField[]
  readonly indexes: readonly SchemaIndex[]
  /** The columns of the primary key. */
  readonly key: readonly string[]
}

export interface SchemaEnum {
  readonly name: string
  readonly doc: string
  readonly values: readonly { readonly name: string; readonly doc: string }[]
}

export interface Schema {
  readonly models: readonly SchemaModel[]
  readonly enums: readonly SchemaEnum[]
}

/** Reads every `*.prisma` file of a folder, files and models in the order of their names and lines. */
export function readSchema(folder: string): Schema {
  const models: SchemaModel[] = []
  const enums: SchemaEnum[] = []
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.prisma'))
    .sort()) {
    const parsed = parseSchema(readFileSync(path.join(folder, file), 'utf8'), path.basename(file, '.prisma'))
    models.push(...parsed.models)
    enums.push(...parsed.enums)
  }
  return { models, enums }
}

function parseSchema(text: string, domain: string): Schema {
  const models: SchemaModel[] = []
  const enums: SchemaEnum[] = []
  let doc: string[] = []
  let serves: string | undefined
  let block: { kind: string; name: string; doc: string; lines: BlockLine[] } | undefined
  for (const raw of text.split('\n')) {
    const line = raw.trim()
    const comment = /^\/\/\/ ?(.*)$/.exec(line)
    const note = /^\/\/ serves: (.*)$/.exec(line)
    const opening = /^(model|enum|generator|datasource) (\w+) \{$/.exec(line)
    if (comment) doc.push(comment[1] ?? '')
    else if (note) serves = note[1]
    else if (opening) {
      block = { kind: opening[1] ?? '', name: opening[2] ?? '', doc: doc.join(' '), lines: [] }
      doc = []
    } else if (line === '}' && block) {
      if (block.kind === 'enum')
        enums.push({
          name: block.name,
          doc: block.doc,
          values: block.lines
            .filter((line) => !line.text.startsWith('@@'))
            .map(({ text: name, doc: about }) => ({ name, doc: about })),
        })
      if (block.kind === 'model') models.push(modelOf(block, domain))
      block = undefined
      doc = []
    } else if (block && line !== '' && !line.startsWith('//')) {
      block.lines.push({ text: line, doc: doc.join(' '), serves })
      doc = []
      serves = undefined
    }
  }
  return { models, enums }
}

interface BlockLine {
  readonly text: string
  readonly doc: string
  readonly serves: string | undefined
}

function modelOf(block: { name: string; doc: string; lines: readonly BlockLine[] }, domain: string): SchemaModel {
  const fields = block.lines.filter((line) => !line.text.startsWith('@@')).map(fieldOf)
  const column = (name: string) => fields.find((field) => field.name === name)?.column ?? name
  const listed = (attribute: string) =>
    block.lines.flatMap((line) => {
      const found = new RegExp(`^@@${attribute}\\(\\[([^\\]]*)\\]`).exec(line.text)
      return found
        ? [{ columns: (found[1] ?? '').split(',').map((name) => column(name.trim())), serves: line.serves }]
        : []
    })
  const table = block.lines.map((line) => /^@@map\("(\w+)"\)$/.exec(line.text)?.[1]).find(Boolean)
  return {
    name: block.name,
    table: table ?? block.name,
    domain,
    doc: block.doc,
    fields,
    indexes: [
      ...listed('index').map((entry) => ({ fields: entry.columns, unique: false, serves: entry.serves })),
      ...listed('unique').map((entry) => ({ fields: entry.columns, unique: true, serves: entry.serves })),
    ],
    key:
      listed('id')[0]?.columns ?? fields.filter((field) => /@id\b/.test(field.attributes)).map((field) => field.column),
  }
}

function fieldOf(line: BlockLine): SchemaField {
  const [, name = '', type = '', suffix = '', attributes = ''] =
    /^(\w+)\s+(\w+)(\?|\[\])?\s*(.*)$/.exec(line.text) ?? []
  return {
    name,
    column: /@map\("(\w+)"\)/.exec(attributes)?.[1] ?? name,
    type,
    optional: suffix === '?',
    list: suffix === '[]',
    attributes,
    doc: line.doc,
  }
}
