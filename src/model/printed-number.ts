/** A number as a text prints it. */
export interface PrintedNumber {
  readonly value: number
  /** Whether a percent sign follows: the value is then as printed, 31 for "31%". */
  readonly percent: boolean
  /** "<" of "P < .001"; absent where the text gives none. */
  readonly operator?: '=' | '<' | '<=' | '>' | '>='
  /** The place in the text in UTF-16 code units, the end exclusive: of the number with its sign and percent sign. */
  readonly start: number
  readonly end: number
}

const UNITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
const TEENS = ['eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen']
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']
const SMALL: ReadonlyMap<string, number> = new Map([
  ...[...UNITS, ...TEENS].map((word, value) => [word, value] as const),
  ...TENS.map((word, index) => [word, 20 + 10 * index] as const),
  ['dozen', 12],
])
/** Words that stand for a number by themselves and are part of none. */
const ALONE: ReadonlyMap<string, number> = new Map([
  ...['none', 'no', 'nil', 'neither', 'nobody', 'never'].map((word) => [word, 0] as const),
  ['once', 1],
  ['both', 2],
  ['twice', 2],
  ['thrice', 3],
])
const SCALES: ReadonlyMap<string, number> = new Map([
  ['hundred', 100],
  ['thousand', 1_000],
  ['million', 1_000_000],
  ['billion', 1_000_000_000],
])
const VULGAR: Readonly<Record<string, number>> = { '½': 0.5, '¼': 0.25, '¾': 0.75 }
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹'

const THIN_SPACE = '[\\u00a0\\u2009\\u202f]'
/** Thousands are parted by commas or narrow spaces, decimals by a point, a middle dot or a comma. */
const DIGITS = `(?:\\d{1,3}(?:,\\d{3})+(?!\\d)|\\d{1,3}(?:${THIN_SPACE}\\d{3})+(?!\\d)|\\d+)`
const DECIMAL = `(?:[.·]\\d+|,(?!\\d{3}(?!\\d))\\d+|(?<=(?<!\\d)0),\\d+)`
const POWER = `\\s*[×x·*⋅]\\s*10(?:\\^\\s*[-−]?\\d+|[⁻]?[${RAISED}]+)`
const NUMBER = new RegExp(
  [
    // No number: the digits of a name, as in IL-2, CD4, P2 and H1N1.
    `(?<name>(?<![\\p{L}\\d])(?:\\p{L}[\\p{L}\\d]*-?)+\\d[\\p{L}\\d]*(?:-\\d+)?)`,
    `(?<tenth>(?<!\\d)10(?<raised>⁻?[${RAISED}]+))`,
    `(?<figure>(?<mantissa>${DIGITS}(?:${DECIMAL})?|[.·]\\d+)(?<vulgar>[½¼¾])?(?<power>${POWER}|[eE][-+−]?\\d+)?(?!\\d*(?:st|nd|rd|th)\\b))`,
    `(?<fraction>[½¼¾])`,
    `(?<word>\\p{L}+)`,
  ].join('|'),
  'gu',
)

/**
 * The numbers of a text in their order: digits with and without a leading zero, thousands, percentages, powers of ten,
 * signs (Unicode's minus too), operators before them, and English number words up to billions. Digits that belong to a
 * name (IL-2, P2) are none; a dash between two numbers is a range and no minus.
 */
export function printedNumbers(text: string): readonly PrintedNumber[] {
  const numbers: PrintedNumber[] = []
  let words: { word: string; start: number; end: number }[] = []
  const flush = () => {
    numbers.push(...wordNumbers(text, words))
    words = []
  }
  for (const match of text.matchAll(NUMBER)) {
    const { index } = match
    const groups = match.groups ?? {}
    const end = index + match[0].length
    if (groups.word !== undefined) {
      const last = words.at(-1)
      if (last && !/^(?:[\s-]+|\s+and\s+)$/u.test(text.slice(last.end, index))) flush()
      words.push({ word: groups.word.toLowerCase(), start: index, end })
      continue
    }
    const scaled = groups.figure === undefined ? undefined : scaleAfter(text, end)
    flush()
    if (groups.name !== undefined) continue
    const magnitude = magnitudeOf(groups)
    const previous = numbers.at(-1)
    const sign = signBefore(text, index, previous?.end)
    const value = sign.negative ? -magnitude : magnitude
    numbers.push(finished(text, scaled ? times(value, scaled.scale) : value, sign.start, scaled?.end ?? end))
  }
  flush()
  return numbers.sort((one, other) => one.start - other.start)
}

function magnitudeOf(groups: Readonly<Record<string, string | undefined>>): number {
  if (groups.fraction !== undefined) return VULGAR[groups.fraction] ?? 0
  if (groups.raised !== undefined) return Number(`1e${exponent(groups.raised)}`)
  const mantissa = plain(groups.mantissa ?? '')
  const power = groups.power === undefined ? '' : `e${exponent(groups.power.replace(/^.*?(?:10\^?|[eE])/su, ''))}`
  return Number(`${mantissa}${power}`) + (groups.vulgar === undefined ? 0 : (VULGAR[groups.vulgar] ?? 0))
}

/** Digits as JavaScript reads them. */
function plain(mantissa: string): string {
  const thousands = /^\d{1,3}(?:[,\u00a0\u2009\u202f]\d{3})+(?!\d)/
  // "0,089" is no thousand: those don't begin with a zero.
  const whole = /^0,/.test(mantissa) ? undefined : thousands.exec(mantissa)?.[0]
  const rest = whole === undefined ? mantissa : mantissa.slice(whole.length)
  return `${whole?.replace(/\D/g, '') ?? ''}${rest.replace(/[·,]/, '.')}`
}

const exponent = (printed: string): string =>
  printed
    .replace(/\s/g, '')
    .replace(/[−⁻]/, '-')
    .replace(new RegExp(`[${RAISED}]`, 'g'), (digit) => String(RAISED.indexOf(digit)))

/** "2.5 million": the number goes on in a word. */
function scaleAfter(text: string, at: number): { scale: number; end: number } | undefined {
  const after = /^[\s\u00a0]+(hundred|thousand|million|billion)\b/iu.exec(text.slice(at, at + 24))
  const scale = after?.[1] === undefined ? undefined : SCALES.get(after[1].toLowerCase())
  return after && scale !== undefined ? { scale, end: at + after[0].length } : undefined
}

/** Decimal digits stay exact: 2.3 million is 2300000 and not 2299999.9999999995. */
const times = (value: number, scale: number): number => Number(`${value}e${Math.round(Math.log10(scale))}`)

/** A minus belongs to the number unless a number, a letter or a closing bracket stands right before it. */
function signBefore(text: string, at: number, previousEnd: number | undefined): { negative: boolean; start: number } {
  const mark = text[at - 1]
  if (mark === undefined || !'-−–+'.includes(mark)) return { negative: false, start: at }
  const before = text.slice(0, at - 1).trimEnd()
  const joined = /[\p{L}\p{N})\]%]$/u.test(text.slice(0, at - 1))
  // A range may have spaces: "50 – 66". A hyphen with a space only before it is a sign: "of -3".
  const range = previousEnd !== undefined && before.length === previousEnd && mark === '–'
  if (joined || range || mark === '+') return { negative: false, start: at }
  return { negative: true, start: at - 1 }
}

const OPERATORS: readonly (readonly [pattern: RegExp, operator: NonNullable<PrintedNumber['operator']>])[] = [
  [/(?:≤|⩽|<=|&lt;=|\bat most|\bno more than)\s*$/iu, '<='],
  [/(?:≥|⩾|>=|&gt;=|\bat least)\s*$/iu, '>='],
  [/(?:<|&lt;|\bless than|\bfewer than|\bbelow)\s*$/iu, '<'],
  [/(?:>|&gt;|\bmore than|\bgreater than|\babove|\bover)\s*$/iu, '>'],
  [/=\s*$/u, '='],
]

function finished(text: string, value: number, start: number, end: number): PrintedNumber {
  const sign = /^[\s\u00a0\u2009\u202f]*(?:%|％|per\s?cent\b|percent\b)/iu.exec(text.slice(end, end + 12))
  const before = text.slice(Math.max(0, start - 20), start)
  const operator = OPERATORS.find(([pattern]) => pattern.test(before))?.[1]
  return {
    value,
    percent: sign !== null,
    ...(operator === undefined ? {} : { operator }),
    start,
    end: sign === null ? end : end + sign[0].length,
  }
}

/** The numbers among words that follow each other: "one hundred and five", "twenty-one", "None". */
function wordNumbers(
  text: string,
  words: readonly { readonly word: string; readonly start: number; readonly end: number }[],
): PrintedNumber[] {
  const found: PrintedNumber[] = []
  let total = 0
  let current: number | undefined
  let open: { start: number; end: number } | undefined
  let last = 0
  const close = () => {
    if (open && current !== undefined) found.push(finished(text, total + current, open.start, open.end))
    total = 0
    current = undefined
    open = undefined
    last = 0
  }
  for (const { word, start, end } of words) {
    const alone = ALONE.get(word)
    const small = SMALL.get(word)
    const scale = SCALES.get(word)
    if (alone !== undefined) {
      close()
      found.push(finished(text, alone, start, end))
    } else if (small !== undefined) {
      // "twenty one" is one number, "five six" are two.
      const joins = current !== undefined && ((last >= 20 && last < 100 && small < 10 && small > 0) || last >= 100)
      if (open && !joins) close()
      current = (current ?? 0) + small
      open = { start: open?.start ?? start, end }
      last = small
    } else if (scale !== undefined && open && current !== undefined) {
      if (scale === 100) current *= 100
      else {
        total += current * scale
        current = 0
      }
      open = { start: open.start, end }
      last = scale
    } else if (word !== 'and' || !open || last < 100) close()
  }
  close()
  return found
}
