import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { fixture, INVENTED } from '../import/study-file/invented-study.ts'
import { ROOT } from '../scratch.ts'

type Schema = { readonly [key: string]: unknown }

const schemaIn = (file: string): Schema => JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')) as Schema
const filesBelow = (folder: string): string[] =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => path.join(folder, name))
const STUDIES = filesBelow('seeds/studies')
const REVIEWS = filesBelow('seeds/reviews')
const validator = (file: string) => new Ajv({ allErrors: true, strict: false }).compile(schemaIn(file))
const valid = {
  'seeds/study.schema.json': validator('seeds/study.schema.json'),
  'seeds/review.schema.json': validator('seeds/review.schema.json'),
}

describe('the JSON Schema accepts', () => {
  test.each([
    ...STUDIES.map((file) => ({ file, schema: 'seeds/study.schema.json' as const })),
    ...REVIEWS.map((file) => ({ file, schema: 'seeds/review.schema.json' as const })),
  ])('$file, whose first line names it', ({ file, schema }) => {
    const text = readFileSync(path.join(ROOT, file), 'utf8')
    const named = /^# yaml-language-server: \$schema=(.*)\n/.exec(text)?.[1]
    expect(path.join(path.dirname(file), named ?? '')).toBe(schema)
    valid[schema](parse(text))
    expect(valid[schema].errors).toBeNull()
  })

  test('the invented study', () => {
    valid['seeds/study.schema.json'](parse(INVENTED))
    expect(valid['seeds/study.schema.json'].errors).toBeNull()
  })
})

test('it refuses what has a wrong shape, at its place', () => {
  const check = valid['seeds/study.schema.json']
  expect(check(parse(readFileSync(fixture('many-mistakes.yaml'), 'utf8')))).toBe(false)
  const places = check.errors?.map(({ instancePath, keyword }) => `${instancePath} ${keyword}`)
  for (const place of [
    '/study additionalProperties',
    '/study/title type',
    '/study/allocation anyOf',
    '/outcomes/0/measurements/1/events minimum',
  ])
    expect(places).toContain(place)
})

test.each(Object.keys(valid))('%s explains every key', (file) => {
  const schema = schemaIn(file)
  const unexplained: string[] = []
  const look = (part: unknown, place: string): void => {
    if (typeof part !== 'object' || part === null) return
    for (const [name, child] of Object.entries(part)) {
      if (name === 'properties')
        for (const [key, value] of Object.entries(child as Schema))
          if (!explained(schema, value as Schema)) unexplained.push(`${place}.${key}`)
      look(child, ['properties', 'items', 'anyOf'].includes(name) || Array.isArray(part) ? place : `${place}.${name}`)
    }
  }
  look(schema, '')
  expect(unexplained).toEqual([])
  expect(JSON.stringify(schema).split('"description"').length).toBeGreaterThan(20)
})

/** Whether a key has a sentence of its own, or that of what it holds. */
function explained(schema: Schema, value: Schema): boolean {
  const [only] = (value.allOf ?? []) as Schema[]
  const name =
    String(only?.$ref ?? value.$ref ?? '')
      .split('/')
      .at(-1) ?? ''
  const target = (schema.definitions as Readonly<Record<string, Schema>> | undefined)?.[name]
  return Boolean(value.description ?? target?.description)
}
