import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { readSchema, type Schema, type SchemaField, type SchemaModel } from './prisma-schema.ts'

/**
 * Writes prisma/DICTIONARY.md from the schema's doc comments; with --check only says whether it is up to date.
 */
const DOMAINS: Readonly<Record<string, string>> = {
  bibliography: 'Publications',
  mesh: 'MeSH',
  study: 'Studies',
  groups: 'Who a number can be about',
  results: 'What was counted and measured',
  provenance: 'Where each fact was read',
  appraisal: 'How far results can be trusted',
  review: 'Reviews',
  imports: 'Records from elsewhere',
  process: 'What was done to the database',
}

/** The whole dictionary as Markdown. */
export function dictionary(schema: Schema): string {
  const known = Object.keys(DOMAINS)
  const strange = schema.models.find(({ domain }) => !known.includes(domain))
  if (strange) throw new Error(`the dictionary has no title for ${strange.domain}.prisma`)
  const domains = known.flatMap((domain) => [
    `## ${DOMAINS[domain]}`,
    '',
    ...schema.models.filter((model) => model.domain === domain).flatMap((model) => tableText(schema, model)),
  ])
  const enums = [...schema.enums]
    .sort((one, other) => one.name.localeCompare(other.name, 'en'))
    .flatMap((entry) => [
      `### ${entry.name}`,
      '',
      ...(entry.doc === '' ? [] : [entry.doc, '']),
      ...entry.values.map(({ name, doc }) => (doc === '' ? `- \`${name}\`` : `- \`${name}\`: ${doc}`)),
      '',
    ])
  return [
    '# The data dictionary',
    '',
    'Made from the doc comments in `prisma/schema` by `npm run dictionary`; edit those, not this.',
    '',
    ...domains,
    '## Closed lists',
    '',
    ...enums,
  ].join('\n')
}

function tableText(schema: Schema, model: SchemaModel): string[] {
  const columns = model.fields.filter((field) => isColumn(schema, field))
  return [
    `### ${model.table}`,
    '',
    model.doc,
    '',
    '| column | type | meaning |',
    '|---|---|---|',
    ...columns.map(
      (field) =>
        `| ${field.column}${model.key.includes(field.column) ? ' 🔑' : ''} | ${typeText(schema, field)} | ${meaning(schema, model, field)} |`,
    ),
    '',
  ]
}

const isColumn = (schema: Schema, field: SchemaField) => !schema.models.some(({ name }) => name === field.type)

function typeText(schema: Schema, field: SchemaField): string {
  const listed = schema.enums.some(({ name }) => name === field.type)
  const name = listed ? `[${field.type}](#${field.type.toLowerCase()})` : (TYPES[field.type] ?? field.type)
  return field.optional ? `${name}, or null` : name
}

const TYPES: Readonly<Record<string, string>> = {
  String: 'text',
  Int: 'whole number',
  Float: 'number',
  Boolean: 'true or false',
  DateTime: 'time',
}

function meaning(schema: Schema, model: SchemaModel, field: SchemaField): string {
  const relation = model.fields.find(({ attributes }) => new RegExp(`fields: \\[${field.name}\\]`).test(attributes))
  const target = relation && schema.models.find(({ name }) => name === relation.type)
  const points = target ? `→ ${target.table}` : ''
  return [points, field.doc]
    .filter((part) => part !== '')
    .join('. ')
    .replaceAll('|', '\\|')
}

const root = path.dirname(import.meta.dirname)
const file = path.join(root, 'prisma', 'DICTIONARY.md')
const text = dictionary(readSchema(path.join(root, 'prisma', 'schema')))
if (!process.argv.includes('--check')) writeFileSync(file, text)
else if (readFileSync(file, 'utf8') !== text) {
  console.error('prisma/DICTIONARY.md is not what the schema says. Make it anew with `npm run dictionary`.')
  process.exitCode = 1
}
