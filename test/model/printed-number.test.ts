import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { printedNumbers } from '../../src/model/printed-number.ts'

const read = (text: string) =>
  printedNumbers(text).map(({ value, percent, operator }) => `${operator ?? ''}${value}${percent ? '%' : ''}`)

describe('a text gives its numbers', () => {
  test.each([
    ['There were 10 complete responses among the 85', '10 85'],
    ['None of 26 patients', '0 26'],
    ['No patient died', '0'],
    ['five of 28', '5 28'],
    ['Twelve, and TWENTY-ONE', '12 21'],
    ['twenty one', '21'],
    ['five or six', '5 6'],
    ['one hundred and five', '105'],
    ['two thousand three hundred and twelve', '2312'],
    ['one hundred and twenty-five thousand', '125000'],
    ['a dozen', '12'],
    ['both patients died twice', '2 2'],
    ['.089', '0.089'],
    ['0·64', '0.64'],
    ['0,089', '0.089'],
    ['12,5 mg', '12.5'],
    ['1,234 and 1\u2009234 and 1\u00a0234\u00a0567', '1234 1234 1234567'],
    ['600,000 IU/kg', '600000'],
    ['P < .001', '<0.001'],
    ['P ≤ 0.05, n ≥ 5', '<=0.05 >=5'],
    ['fewer than five', '<5'],
    ['n=54', '=54'],
    ['31%, compared with 17 %', '31% 17%'],
    ['3 percent and 4 per cent', '3% 4%'],
    ['six (3.3%)', '6 3.3%'],
    ['12.5 ± 3.1', '12.5 3.1'],
    ['10/85', '10 85'],
    ['95% CI 9–18', '95% 9 18'],
    ['(−0.3, 0.5)', '-0.3 0.5'],
    ['a change of -3.5 to −1', '-3.5 -1'],
    ['50-66 months, 50 – 66', '50 66 50 66'],
    ['a 36-month survival', '36'],
    ['3×10⁶ U/m² and 6 x 10^5 and 10⁻³', '3000000 600000 0.001'],
    ['1e-7', '1e-7'],
    ['2.3 million', '2300000'],
    ['1½', '1.5'],
    ['IL-2 plus LAK, CD4, H1N1, P2 = .064', '=0.064'],
    ['on the 12th day', ''],
    ['no number', '0'],
    ['', ''],
  ])('%j', (text, numbers) => {
    expect(read(text).join(' ')).toBe(numbers)
  })

  test('each at its place, with its sign and its percent sign', () => {
    const text = 'From −1.5 to 31 %, one hundred and five'
    expect(printedNumbers(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      '−1.5',
      '31 %',
      'one hundred and five',
    ])
  })

  test('any number as JavaScript prints it, wherever it stands', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(printedNumbers(`It was ${value} in all`).map((number) => number.value)).toEqual([
          value === 0 ? 0 : value,
        ])
      }),
    )
  })

  test('any whole number with its thousands parted', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(',', '\u2009', '\u202f', '\u00a0'), (value, mark) => {
        const printed = value.toLocaleString('en').replaceAll(',', mark)
        expect(printedNumbers(`${printed} patients`).map((number) => number.value)).toEqual([value])
      }),
    )
  })

  test('any whole number in words', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), (value) => {
        expect(printedNumbers(`Of ${inWords(value)} patients`).map((number) => number.value)).toEqual([value])
      }),
    )
  })

  test('any text, without an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        for (const { value, start, end } of printedNumbers(text)) {
          expect(Number.isNaN(value)).toBe(false)
          expect(0 <= start && start < end && end <= text.length).toBe(true)
        }
      }),
    )
  })
})

const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')

function inWords(value: number): string {
  const [millions, thousands, rest] = [Math.floor(value / 1e6), Math.floor(value / 1e3) % 1e3, value % 1e3]
  const parts = [
    millions === 0 ? '' : `${below1000(millions)} million`,
    thousands === 0 ? '' : `${below1000(thousands)} thousand`,
    rest === 0 && value > 0 ? '' : below1000(rest),
  ]
  return parts.filter((part) => part !== '').join(' ')
}

function below1000(value: number): string {
  const [hundreds, rest] = [Math.floor(value / 100), value % 100]
  const tail =
    rest < 20
      ? ONES[rest]
      : [TENS[Math.floor(rest / 10) - 2], rest % 10 === 0 ? '' : ONES[rest % 10]].filter(Boolean).join('-')
  if (hundreds === 0) return tail ?? ''
  return rest === 0 ? `${ONES[hundreds]} hundred` : `${ONES[hundreds]} hundred and ${tail}`
}
