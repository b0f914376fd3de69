import { blockText, inlineText, WIDTH } from './yaml-text.ts'

type Fields = Readonly<Record<string, unknown>>

/** Keys of texts that are long as a rule: a map that has one is opened out, so that a list of them looks even. */
const LONG_TEXTS = ['words', 'body']

/**
 * Plain values as YAML in one canonical form, whatever version of a YAML package is installed: maps in the order of
 * their keys, what fits on a line on one line (a map of short values in braces), longer texts folded where that is
 * lossless, every text in quotes that could be read as something else, lines that end in a line feed. Reading it gives
 * the same values.
 *
 * @param value  maps, lists of texts, numbers or maps, texts, finite numbers, true and false
 * @throws TypeError  for anything else: null, a list in a list, NaN
 */
export const writeYaml = (value: Fields): string =>
  Object.entries(value)
    .map(([key, part], index) => {
      const opened = isMap(part) || (Array.isArray(part) && part.some(isMap))
      const lines = opened ? [`${key}:`, ...linesBelow(part, 2)] : entryLines(key, part, 0)
      return `${opened && index > 0 ? '\n' : ''}${lines.join('\n')}\n`
    })
    .join('')

const isMap = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A key and its value, from the margin on. */
function entryLines(key: string, value: unknown, indent: number): readonly string[] {
  const start = `${' '.repeat(indent)}${inlineText(key)}:`
  const [beside, ...below] = besideAndBelow(value, start.length + 1, indent + 2)
  return [beside === '' ? start : `${start} ${beside}`, ...below]
}

/** An item of a list, with a dash in the last two columns of its indentation. */
function itemLines(item: unknown, indent: number): readonly string[] {
  if (Array.isArray(item)) throw new TypeError('a study file has no list in a list')
  const [beside = '', ...below] = besideAndBelow(item, indent + 2, indent + 2)
  // A map that is opened out begins beside its dash.
  const [first = '', ...others] = beside === '' ? below : [`${' '.repeat(indent + 2)}${beside}`, ...below]
  return [`${' '.repeat(indent)}- ${first.slice(indent + 2)}`, ...others]
}

/** What stands beside a key or dash, which may be nothing, and the lines below it. */
function besideAndBelow(value: unknown, column: number, indent: number): readonly string[] {
  const inline = isShort(value) ? inlineValue(value, 'block') : undefined
  if (inline !== undefined && column + inline.length <= WIDTH) return [inline]
  if (typeof value === 'string') return blockText(value, indent) ?? [inlineText(value)]
  return ['', ...linesBelow(value, indent)]
}

const linesBelow = (value: unknown, indent: number): readonly string[] =>
  Array.isArray(value)
    ? value.flatMap((item) => itemLines(item, indent))
    : Object.entries(value as Fields).flatMap(([key, part]) => entryLines(key, part, indent))

/** Whether a value may stand on one line: no list of maps within it, and no text of several lines or usually long. */
function isShort(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('\n')
  if (Array.isArray(value)) return value.every((item) => !isMap(item) && isShort(item))
  if (!isMap(value)) return true
  return Object.entries(value).every(([key, part]) => !LONG_TEXTS.includes(key) && isShort(part))
}

function inlineValue(value: unknown, within: 'block' | 'flow'): string {
  if (typeof value === 'string') return inlineText(value, within)
  if (typeof value === 'boolean') return String(value)
  // A zero has no sign, here as in the database.
  if (typeof value === 'number' && Number.isFinite(value)) return String(value === 0 ? 0 : value)
  if (Array.isArray(value)) return `[${value.map((item) => inlineValue(item, 'flow')).join(', ')}]`
  if (!isMap(value)) throw new TypeError(`a study file has no value such as ${String(value)}`)
  const entries = Object.entries(value).map(([key, part]) => `${inlineText(key, 'flow')}: ${inlineValue(part, 'flow')}`)
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}
