import { type Mutation, ofText } from './mutation.ts'
import type { Random } from './random.ts'

/** Tokens that YAML, JavaScript or a database may take for something else than text. */
const HOSTILE: readonly [string, ...string[]] = [
  '*x',
  '&x',
  '&x y',
  '!foo bar',
  '!!binary aGk=',
  '!!set {a, b}',
  '!!timestamp 2001-01-01',
  '!!str',
  '!!str 36',
  '!!float 1',
  '!!int "x"',
  '!!js/function "x"',
  '1e400',
  '-1e400',
  '1e-400',
  '.nan',
  '.inf',
  '-.inf',
  '-0',
  '0x1F',
  '0o17',
  '017',
  '1_000',
  '1e3',
  '9007199254740993',
  '123456789012345678901234567890',
  '0.1000000000000000055511151231257827',
  '"36"',
  "'0.5'",
  'yes',
  'no',
  'true',
  '~',
  'null',
  '',
  '2001-02-30',
  '2001-01-01T00:00:00Z',
  '2001',
  '"\\uD800"',
  '"\\uDC00\\uD800"',
  '"\\0"',
  '"\\u2028"',
  '"\\x07"',
  '\u2028',
  '\uFEFF',
  '🧬',
  'e\u0301',
  '[]',
  '{}',
  '[[], {}]',
  '[36]',
  '{ missing: not_reported }',
  '{ missing: never_heard_of }',
  '{ __proto__: { polluted: true } }',
  '{ constructor: { prototype: { polluted: true } } }',
  '{ value: 36 }',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '>-',
  '|9',
  '@x',
  '`x`',
  '%x',
  '? x',
  '- x',
  'x: y',
  '"unclosed',
  "'",
  '{',
  ']',
  '#',
  "'; DROP TABLE study; --",
  'x'.repeat(100_000),
  '"'.concat('word '.repeat(20_000), '"'),
  '['.repeat(90).concat(']'.repeat(90)),
  '['.repeat(5_000),
  '{a: '.repeat(5_000),
]

const LINES: readonly [string, ...string[]] = [
  '__proto__: { polluted: true }',
  '"__proto__": [polluted]',
  'constructor: { prototype: { polluted: true } }',
  'prototype: { polluted: true }',
  'toString: polluted',
  'hasOwnProperty: true',
  'valueOf: 1',
  'length: 1000000000',
  '<<: *x',
  '<<: { label: merged }',
  '<<: [{ label: merged }]',
  '? [a, b]',
  '? { a: b }\n: c',
  '1: one',
  'null: nothing',
  '"": empty',
  '- x',
  '---',
  '...',
  '%YAML 1.1',
  '%TAG ! tag:example.org,2000:',
  '&x',
  '*x : y',
  '# ---',
  'review: x',
  'review: { slug: x }',
  'format: 2',
  'format: evibase-study/1',
  'format: evibase-study/99',
]

/** The places of `key: value` on a line, from the value on to the end of the line or of the value in a flow. */
const VALUE = /(?<=: )(?:"(?:[^"\\\n]|\\.)*"|[^\n,{}[\]]+)/g

/** Puts something for one value, which may come back in it. */
function replaceValue(text: string, random: Random, put: (value: string) => string): string {
  const places = [...text.matchAll(VALUE)]
  const place = places[random.below(places.length)]
  if (place === undefined) return `${text}${put('')}`
  return `${text.slice(0, place.index)}${put(place[0])}${text.slice(place.index + place[0].length)}`
}

function insertLine(text: string, random: Random, inserted: string): string {
  const lines = text.split('\n')
  const at = random.below(lines.length)
  const indent = /^ */.exec(lines[at] ?? '')?.[0] ?? ''
  lines.splice(at, 0, ...inserted.split('\n').map((line) => `${indent}${line}`))
  return lines.join('\n')
}

const bomb = (levels: number): string =>
  Array.from({ length: levels }, (_, level) => {
    const inner = level === 0 ? 'x' : `*b${level - 1}`
    return `b${level}: &b${level} [${Array(9).fill(inner).join(', ')}]\n`
  }).join('')

/** What YAML can be made to mean by somebody who doesn't know it, or knows it too well. */
export const YAML_MUTATIONS: readonly Mutation[] = [
  ofText('a hostile value', (text, random) => replaceValue(text, random, () => random.pick(HOSTILE))),
  ofText('hostile values', (text, random) =>
    Array.from({ length: 5 }).reduce<string>(
      (changed) => replaceValue(changed, random, () => random.pick(HOSTILE)),
      text,
    ),
  ),
  ofText('a hostile line', (text, random) => insertLine(text, random, random.pick(LINES))),
  ofText('an anchor and its alias', (text, random) =>
    replaceValue(
      replaceValue(text, random, (value) => `&x ${value}`),
      random,
      () => '*x',
    ),
  ),
  ofText('an anchored map that is merged', (text, random) =>
    insertLine(
      replaceValue(text, random, () => '&x { label: merged }'),
      random,
      '<<: *x',
    ),
  ),
  ofText('a quotation mark removed', (text, random) => {
    const places = [...text.matchAll(/["']/g)]
    const at = places[random.below(places.length)]?.index ?? 0
    return `${text.slice(0, at)}${text.slice(at + 1)}`
  }),
  ofText('quotation marks removed', (text, random) => replaceValue(text, random, (value) => value.replaceAll('"', ''))),
  ofText('a value in quotation marks', (text, random) => replaceValue(text, random, (value) => JSON.stringify(value))),
  ofText('a key given twice', (text, random) =>
    replaceValue(text, random, (value) => `${value}\n${random.pick(['', '  ', '    '])}label: twice`),
  ),
  ofText('a key renamed', (text, random) => {
    const places = [...text.matchAll(/[a-z_]+(?=:)/g)]
    const place = places[random.below(places.length)]
    const name = random.pick(['__proto__', 'constructor', 'toString', 'valueOf', 'label', 'x', '"\\0"', '"\\uD800"'])
    return place === undefined
      ? text
      : `${text.slice(0, place.index)}${name}${text.slice(place.index + place[0].length)}`
  }),
  ofText('aliases of aliases', (text, random) => `${text}${bomb(2 + random.below(8))}`),
  ofText('deep block nesting', (text, random) => {
    const depth = 1 + random.below(200)
    return `${text}deep:\n${Array.from({ length: depth }, (_, level) => `${' '.repeat(level + 1)}a:\n`).join('')}`
  }),
  ofText('deep list nesting', (text, random) => `${text}deep: ${'- '.repeat(random.below(3_000))}x\n`),
  ofText('everything a level deeper', (text) => `all:\n${text.replaceAll(/^/gm, '  ')}`),
  ofText('a second document', (text, random) => `${text}${random.pick(['---\n', '...\n---\n', '...\n'])}${text}`),
  ofText('many keys', (text, random) => {
    const names = Array.from({ length: 1 + random.below(2_000) }, (_, index) => `k${index}: v\n`)
    return `${text}${names.join('')}`
  }),
]
