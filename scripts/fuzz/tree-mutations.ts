import { parse, stringify } from 'yaml'
import { type Mutation, ofText } from './mutation.ts'
import type { Random } from './random.ts'

type Holder = Record<string | number, unknown>

/** A value and what holds it. */
interface Place {
  readonly holder: Holder
  readonly key: string | number
}

const VALUES: readonly [unknown, ...unknown[]] = [
  null,
  true,
  false,
  0,
  -1,
  1,
  36,
  0.5,
  1.5,
  -0,
  1e21,
  1e-7,
  Number.MAX_SAFE_INTEGER,
  Number.MAX_VALUE,
  Number.MIN_VALUE,
  '',
  ' ',
  'x',
  '36',
  'not_reported',
  'é\u0301中文🧬',
  'line\nline\r\n\ttab',
  `"'\`\\ -- ; DROP TABLE study`,
  '1993-04-21',
  '1993-13-45',
  '__proto__',
  'x'.repeat(5_000),
  [],
  [null],
  [[]],
  {},
  { missing: 'not_reported' },
  { missing: 'not_applicable' },
  { constructor: 'x' },
  JSON.parse('{"__proto__": {"polluted": true}}'),
]

const isHolder = (value: unknown): value is Holder => typeof value === 'object' && value !== null

function placesIn(value: unknown): Place[] {
  if (!isHolder(value)) return []
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value)
  return keys.flatMap((key) => [{ holder: value, key }, ...placesIn(value[key])])
}

/** As a file that loads would have it: another number near by, another text. */
function neighbour(value: unknown, random: Random): unknown {
  if (typeof value === 'number') return random.pick([value + 1, value - 1, value * 10, value / 10, -value, value + 0.5])
  if (typeof value === 'string')
    return random.pick([`${value} `, `${value}🧬`, value.slice(1), value.toUpperCase(), 'x'])
  return value
}

/** Spoils a file's values where they stand in the parsed file; the result is YAML or JSON without a fault of its own. */
function ofTree(name: string, change: (place: Place, random: Random, places: readonly Place[]) => void): Mutation {
  return ofText(name, (text, random) => {
    const root: unknown = parse(text)
    const places = placesIn(root)
    const times = random.pick([1, 1, 1, 2, 4])
    for (let time = 0; time < times; time++) {
      const place = places[random.below(places.length)]
      if (place) change(place, random, places)
    }
    return random.below(2) === 0
      ? JSON.stringify(root, null, random.pick([0, 1]))
      : stringify(root, { aliasDuplicateObjects: false })
  })
}

/** What a program that writes study files may get wrong. They begin with a file that parses. */
export const TREE_MUTATIONS: readonly Mutation[] = [
  ofTree('a value of another kind', ({ holder, key }, random) => {
    holder[key] = random.pick(VALUES)
  }),
  ofTree('a value near by', ({ holder, key }, random) => {
    holder[key] = neighbour(holder[key], random)
  }),
  ofTree('a number near by', (place, random, places) => {
    const numbers = places.filter(({ holder, key }) => typeof holder[key] === 'number')
    const { holder, key } = numbers[random.below(numbers.length)] ?? place
    holder[key] = neighbour(holder[key], random)
  }),
  ofTree('the value of another place', ({ holder, key }, random, places) => {
    const other = places[random.below(places.length)]
    if (other) holder[key] = structuredClone(other.holder[other.key])
  }),
  ofTree('the value of another place with the same key', ({ holder, key }, random, places) => {
    const alike = places.filter((place) => place.key === key)
    const other = alike[random.below(alike.length)]
    if (other) holder[key] = structuredClone(other.holder[other.key])
  }),
  ofTree('a value in a list', ({ holder, key }) => {
    holder[key] = [holder[key]]
  }),
  ofTree('a number as text, or a text as a number', ({ holder, key }) => {
    const value = holder[key]
    if (typeof value === 'number') holder[key] = String(value)
    else if (typeof value === 'string' && Number.isFinite(Number(value))) holder[key] = Number(value)
  }),
  ofTree('a key or an entry deleted', ({ holder, key }) => {
    if (Array.isArray(holder)) holder.splice(Number(key), 1)
    else delete holder[key]
  }),
  ofTree('an entry doubled', ({ holder, key }) => {
    if (Array.isArray(holder)) holder.splice(Number(key), 0, structuredClone(holder[Number(key)]))
  }),
  ofTree('a list backwards', (_, random, places) => {
    const lists = places.map(({ holder, key }) => holder[key]).filter((value) => Array.isArray(value))
    lists[random.below(lists.length)]?.reverse()
  }),
]
