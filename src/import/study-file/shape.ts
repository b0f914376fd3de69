import { z } from 'zod'
import type { DocumentPath, Issue } from './yaml-document.ts'

/** A value with holes: what is left of a file when everything of a wrong shape is taken out. A hole's key stays. */
export type Draft<T> = T extends readonly (infer U)[]
  ? readonly (Draft<U> | undefined)[]
  : T extends object
    ? { readonly [K in keyof T]?: Draft<T[K]> | undefined }
    : T

/**
 * Holds a file against its schema.
 *
 * @returns the whole file when it fits; else the issues, and a draft in which what is left has the right types, so
 *   that the checks that follow can still report what they find in the same go
 */
export function readShape<File>(
  schema: z.ZodType<File>,
  value: unknown,
):
  | { readonly file: File; readonly issues: readonly [] }
  | { readonly draft: Draft<File>; readonly issues: readonly Issue[] } {
  const result = schema.safeParse(value)
  if (result.success) return { file: result.data, issues: [] }
  // Of a number that is far too large the limit of all numbers is told before that of the field.
  const issues = result.error.issues.filter(
    (issue) => !('maximum' in issue && issue.maximum === Number.MAX_SAFE_INTEGER && isRepeated(issue, result.error)),
  )
  return {
    draft: withHoles(value, issues) as Draft<File>,
    issues: issues.flatMap((issue) => explain(schema, issue, value)),
  }
}

const isRepeated = (issue: z.core.$ZodIssue, { issues }: z.ZodError) =>
  issues.some((other) => other !== issue && other.path.join('/') === issue.path.join('/'))

function explain(schema: z.ZodType, issue: z.core.$ZodIssue, root: unknown): Issue[] {
  const path = issue.path as DocumentPath
  if (issue.code === 'unrecognized_keys') {
    const known = keysOf(schemaAt(schema, path))
    return issue.keys.map((key) => ({
      path: [...path, key],
      onKey: true,
      message: `unknown key ${JSON.stringify(key)}; expected one of: ${known.join(', ')}`,
    }))
  }
  if (issue.code === 'invalid_key')
    return [
      { path, onKey: true, message: `the name ${show(path.at(-1))} is none; expected ${issue.issues[0]?.message}` },
    ]
  const given = valueAt(root, path)
  const expected = expectation(schemaAt(schema, path))
  const last = path.at(-1)
  if (given === undefined)
    return [
      {
        path,
        message: `${last === undefined ? 'the file is empty' : `${describeStep(path)} is missing`}; expected ${expected}`,
      },
    ]
  // A union's own issue says only that no option fits: name the options, or go into the one that was meant.
  if (issue.code === 'invalid_union') {
    const meant = issue.errors.find(
      (errors) => errors.every(({ path: inner }) => inner.length > 0) && typeof given === 'object',
    )
    if (meant)
      return meant.flatMap((inner) =>
        explain(schema, { ...inner, path: [...issue.path, ...inner.path] } as z.core.$ZodIssue, root),
      )
  }
  if (
    issue.code === 'invalid_format' ||
    issue.code === 'custom' ||
    issue.code === 'too_small' ||
    issue.code === 'too_big'
  ) {
    return [{ path, message: `${describeStep(path)} is ${show(given)}; expected ${wanted(issue)}` }]
  }
  const meaning = given === null && last !== undefined ? meaningOf(declaredAt(schema, path)) : ''
  return [
    {
      path,
      message: `${describeStep(path)} is ${show(given)}${meaning}; expected ${expected}${quoteHint(given, expected)}`,
    },
  ]
}

function wanted(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_small' && issue.origin === 'array') return 'at least one entry'
  if (issue.code === 'too_small' && issue.origin !== 'string') return `at least ${issue.minimum}`
  if (issue.code === 'too_big')
    return issue.origin === 'string' ? `at most ${issue.maximum} characters` : `at most ${issue.maximum}`
  return issue.message
}

const quoteHint = (given: unknown, expected: string) =>
  typeof given === 'number' && /text|date|PMID/.test(expected) ? ' (put it in quotes)' : ''

const describeStep = (path: DocumentPath) => {
  const last = path.at(-1)
  return typeof last === 'number' ? `entry ${last + 1} of ${String(path.at(-2))}` : String(last ?? 'the file')
}

function show(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (value === null) return 'empty'
  if (typeof value === 'object') {
    const keys = Object.keys(value)
    return keys.length === 0
      ? 'an empty map'
      : `a map with ${keys.slice(0, 6).join(', ')}${keys.length > 6 ? ' …' : ''}`
  }
  if (typeof value === 'number' && !Number.isFinite(value)) return 'no finite number'
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text
}

function valueAt(root: unknown, path: DocumentPath): unknown {
  return path.reduce<unknown>(
    (node, step) =>
      typeof node === 'object' && node !== null && Object.hasOwn(node, step)
        ? (node as Record<string | number, unknown>)[step]
        : undefined,
    root,
  )
}

// ---------------------------------------------------------------- the schema's own description of itself
function unwrap(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional ? unwrap(schema.unwrap() as z.ZodType) : schema
}

function schemaAt(root: z.ZodType, path: DocumentPath): z.ZodType | undefined {
  const declared = declaredAt(root, path)
  return declared && unwrap(declared)
}

/** What stands at a place of the schema, with what is said of the key itself. */
function declaredAt(root: z.ZodType, path: DocumentPath): z.ZodType | undefined {
  let schema: z.ZodType | undefined = root
  for (const step of path) {
    const inner: z.ZodType | undefined = schema && unwrap(schema)
    const options: z.ZodType[] = inner instanceof z.ZodUnion ? (inner.options as z.ZodType[]) : inner ? [inner] : []
    schema = options.map((option) => childOf(unwrap(option), step)).find((child) => child !== undefined)
  }
  return schema
}

/** What a key that was left empty is for: ` (what a review calls it: Rosenberg 1993)`. */
function meaningOf(schema: z.ZodType | undefined): string {
  const words = (schema?.description ?? (schema && unwrap(schema).description) ?? '').replace(/\.$/, '')
  // A first word without other capitals begins no longer a sentence.
  const within = words.replace(/^[A-Z](?=[a-z']*[ ,:.])/, (letter) => letter.toLowerCase())
  return within === '' ? '' : ` (${within})`
}

function childOf(schema: z.ZodType, step: string | number): z.ZodType | undefined {
  if (schema instanceof z.ZodObject) return (schema.shape as Record<string, z.ZodType>)[String(step)]
  if (schema instanceof z.ZodArray) return schema.element as z.ZodType
  if (schema instanceof z.ZodRecord) return schema.valueType as z.ZodType
  return undefined
}

function keysOf(schema: z.ZodType | undefined): string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape)
  if (schema instanceof z.ZodUnion) return (schema.options as z.ZodType[]).flatMap((option) => keysOf(unwrap(option)))
  return []
}

function expectation(schema: z.ZodType | undefined): string {
  if (schema instanceof z.ZodUnion)
    return (schema.options as z.ZodType[]).map((option) => expectation(unwrap(option))).join(', or ')
  if (schema instanceof z.ZodEnum) return `one of: ${schema.options.join(', ')}`
  if (schema instanceof z.ZodLiteral) return [...schema.values].map((value) => JSON.stringify(value)).join(' or ')
  if (schema instanceof z.ZodObject) {
    const keys = Object.keys(schema.shape)
    return keys.length === 1
      ? `{ ${keys[0]}: … }`
      : `a map with the keys ${keys.slice(0, 6).join(', ')}${keys.length > 6 ? ' …' : ''}`
  }
  if (schema instanceof z.ZodArray) return 'a list'
  if (schema instanceof z.ZodRecord) return 'a map of names'
  if (schema instanceof z.ZodBoolean) return 'true or false'
  if (schema instanceof z.ZodNumberFormat) return 'a whole number'
  if (schema instanceof z.ZodNumber) return 'a number'
  return 'text'
}

// ---------------------------------------------------------------- drafts
function withHoles(value: unknown, issues: readonly z.core.$ZodIssue[]): unknown {
  const draft = structuredClone(value)
  const cut = (path: DocumentPath) => {
    const parent = valueAt(draft, path.slice(0, -1))
    const last = path.at(-1)
    if (typeof parent === 'object' && parent !== null && last !== undefined)
      (parent as Record<string | number, unknown>)[last] = undefined
  }
  for (const issue of issues) {
    const path = issue.path as DocumentPath
    if (path.length === 0 && issue.code !== 'unrecognized_keys') return {}
    if (issue.code === 'unrecognized_keys') for (const key of issue.keys) cut([...path, key])
    else cut(path)
  }
  return draft
}
