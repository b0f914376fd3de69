import fc, { type GeneratorValue } from 'fast-check'

/** Makes values of a study file, one decision after the other. */
export type Gen = GeneratorValue

/** Texts that a file's reader or writer may take for something else, or lose a part of. */
const AWKWARD = [
  ...[
    'null',
    '~',
    'true',
    'False',
    'yes',
    'No',
    'on',
    'y',
    '12',
    '-3',
    '+4',
    '.5',
    '1e3',
    '0x1F',
    '0o17',
    '.inf',
    '.NaN',
  ],
  ...['1993-04-21', '12:30', '1_000', '2001-12-14t21:59:43.10-05:00', '=', '<<', '---', '...', '- item', '? key', '--'],
  ...[
    '#',
    'a #b',
    'a# b',
    '# c',
    ': ',
    'a: b',
    'a:b',
    'a:',
    '::',
    '&anchor',
    '*alias',
    '!tag',
    '%TAG',
    '@at',
    '`tick`',
  ],
  ...[
    '{',
    '}',
    '{ a: b }',
    '[',
    ']',
    '[a, b]',
    ',',
    'a, b',
    '|',
    '>',
    '>-',
    '|+',
    "'",
    "it's",
    "''",
    '"',
    '"a"',
    '\\',
    '\\n',
  ],
  ...[
    'a  b',
    'a\tb',
    '\ta',
    'a\nb',
    'a\n',
    '\na',
    'a\n\n',
    'a\n\n\nb',
    'a \n b',
    '  a\n b',
    'a\n \nb',
    '\n',
    'a\r\nb',
    '\r',
    'a\r',
  ],
  ...[
    'a\u0085b',
    'a\u2028b',
    'a\u2029b',
    '\u00a0',
    'a\u00a0b',
    '\u2009',
    '\ufeff',
    '\ufeffa',
    '\u200b',
    '\u202e',
    '\u0001',
    '\u007f',
  ],
  ...[
    '🧬',
    '👩‍🔬',
    'é',
    'e\u0301',
    '中文',
    'עברית',
    '−3',
    '½',
    'P < .001',
    '3.3%',
    '±',
    '\ufffe',
    '\uffff',
    '\u{10ffff}',
  ],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', '{{x}}', '<b>', '$&', '%s', `"quoted" 'twice'`],
]

/** Any text that a database can hold: no zero byte, no half of a pair. */
export function anyText(g: Gen): string {
  const kind = g(fc.integer, { min: 0, max: 9 })
  if (kind < 4) return g(simpleText)
  if (kind < 7) return g(awkwardText)
  if (kind === 7) return g(longText)
  return g(binaryText).replaceAll('\0', '') || 'a'
}

/** A text that says something when the spaces at its ends are gone. */
export function text(g: Gen): string {
  const any = anyText(g)
  return any.trim() === '' ? `x${any}` : any
}

const simpleText = () => fc.stringMatching(/^[A-Za-z][a-z]{0,8}( [a-z(]{1,9}){0,3}[).]?$/)
const awkwardText = () =>
  fc
    .array(fc.constantFrom(...AWKWARD), { minLength: 1, maxLength: 3 })
    .chain((parts) => fc.constantFrom('', ' ', '  ').map((between) => parts.join(between)))
const longText = () =>
  fc
    .array(fc.oneof({ weight: 9, arbitrary: simpleText() }, { weight: 1, arbitrary: fc.constantFrom(...AWKWARD) }), {
      minLength: 12,
      maxLength: 30,
    })
    .map((parts) => parts.join(' '))
const binaryText = () => fc.string({ unit: 'binary', minLength: 1, maxLength: 12 })

export const maybe = <T>(g: Gen, make: () => T): T | undefined => (g(fc.boolean) ? make() : undefined)
export const oneOf = <T>(g: Gen, list: readonly [T, ...T[]] | readonly T[]): T => {
  const item = list[g(fc.integer, { min: 0, max: list.length - 1 })]
  if (item === undefined && list.length === 0) throw new Error('nothing to choose from')
  return item as T
}
export const several = <T>(g: Gen, { min, max }: { min: number; max: number }, make: (index: number) => T): T[] =>
  Array.from({ length: g(fc.integer, { min, max }) }, (_, index) => make(index))
/** Some of a list, in any order. */
export const some = <T>(g: Gen, list: readonly T[], minLength = 0): T[] =>
  g(subarrayOf, list.length, Math.min(minLength, list.length)).map((index) => list[index] as T)
const subarrayOf = (length: number, minLength: number) =>
  fc.shuffledSubarray(
    Array.from({ length }, (_, index) => index),
    { minLength },
  )

export type Codes = (g: Gen, kind: string) => string

/** Lower-case words and digits joined by hyphens; unique within their kind, and often those of another kind. */
export function codes(): Codes {
  const made = new Map<string, number>()
  return (g, kind) => {
    const number = (made.get(kind) ?? 0) + 1
    made.set(kind, number)
    const form = g(fc.integer, { min: 0, max: 4 })
    if (form < 2) return String(number)
    if (form === 2) return `null-${number}`
    if (form === 3) return `${'long-'.repeat(11)}${number}`
    return `${g(codeWord)}-${number}`
  }
}
const codeWord = () => fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/)

export const partialDate = (g: Gen): string => oneOf(g, ['1993', '2001-02', '2024-02-29', '0001', '9999-12-31'])
export const fullDate = (g: Gen): string => oneOf(g, ['2026-11-23', '2024-02-29'])

/** An entry without the keys that have no value. */
export const entry = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T
