import type { Mutation } from './mutation.ts'
import type { Random } from './random.ts'

type Json = unknown
type Branch = Record<string, Json> | Json[]

const isBranch = (value: Json): value is Branch => typeof value === 'object' && value !== null

/** What a value of a record should never be, and what it hardly ever is. */
const ODD: readonly [Json, ...Json[]] = [
  ...([null, true, 0, -1, 1.5, 2_147_483_648, 1e300] as const),
  ...([
    '',
    ' ',
    'NA',
    '-',
    '1,024',
    '<0.001',
    '.5',
    '1e999',
    '-0',
    '99999999999',
    '4.0',
    'OG009',
    'NCT00000001',
  ] as const),
  ...(['\0', 'a\0b', '\ud800', '__proto__', '../x', 'Total', 'Week 12', '2020-13', 'MEAN', 'POST_HOC'] as const),
  [],
  {},
  [null],
  [[]],
  JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
  'x'.repeat(100_000),
  Array.from({ length: 2_000 }).reduce<Json>((inner) => [inner], 1),
]

/** A place within a value, found by going down at random; deep ones are as likely as those near the top. */
function place(root: Branch, random: Random): { readonly branch: Branch; readonly key: string } | undefined {
  let branch = root
  for (let depth = 0; depth < 40; depth++) {
    const keys = Object.keys(branch)
    const key = keys[random.below(keys.length)]
    if (key === undefined) return undefined
    const inner = (branch as Record<string, Json>)[key]
    if (!isBranch(inner) || Object.keys(inner).length === 0 || random.below(6) === 0) return { branch, key }
    branch = inner
  }
  return undefined
}

const get = (branch: Branch, key: string): Json => (branch as Record<string, Json>)[key]
const set = (branch: Branch, key: string, value: Json): void => {
  Object.defineProperty(branch, key, { value, enumerable: true, configurable: true, writable: true })
}

const onTree = (name: string, change: (root: Branch, random: Random) => void): Mutation => ({
  name,
  apply: (bytes, random) => {
    let root: Json
    try {
      root = JSON.parse(bytes.toString('utf8'))
    } catch {
      // A mutation before this one has spoiled it.
      return bytes
    }
    if (!isBranch(root)) return bytes
    change(root, random)
    return Buffer.from(JSON.stringify(root))
  },
})

/** What is done to the values of a JSON file; it stays JSON. */
export const JSON_MUTATIONS: readonly Mutation[] = [
  onTree('another value', (root, random) => {
    const at = place(root, random)
    if (at) set(at.branch, at.key, random.pick(ODD))
  }),
  onTree('a value gone', (root, random) => {
    const at = place(root, random)
    if (!at) return
    if (Array.isArray(at.branch)) at.branch.splice(Number(at.key), 1)
    else Reflect.deleteProperty(at.branch, at.key)
  }),
  onTree('an item twice', (root, random) => {
    for (let tries = 0; tries < 20; tries++) {
      const at = place(root, random)
      if (at && Array.isArray(at.branch)) return void at.branch.push(structuredClone(get(at.branch, at.key)))
    }
  }),
  onTree('a value of another place', (root, random) => {
    const [at, from] = [place(root, random), place(root, random)]
    if (at && from) set(at.branch, at.key, structuredClone(get(from.branch, from.key)))
  }),
  onTree('a name that nobody knows', (root, random) => {
    const at = place(root, random)
    if (at && !Array.isArray(at.branch)) set(at.branch, random.pick(['unknown', '__proto__', 'x'.repeat(500), '']), 1)
  }),
  onTree('in an array', () => undefined),
]
