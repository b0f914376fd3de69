import { describe, expect, test } from 'vitest'
import type { Cell } from '../../src/export/table.ts'
import { writeTable } from '../../src/export/write-table.ts'

const table = (rows: readonly Readonly<Record<string, Cell>>[], width?: number) =>
  writeTable({ columns: Object.keys(rows[0] ?? { a: 1 }), rows }, 'table', width)
/** The letters of a table without what is drawn around them and without spaces, to see that none is lost. */
const letters = (text: string) => text.replace(/[\s─│┌┐└┘├┤┬┴┼]/g, '')

/** The room that a line takes: what a person sees as one letter takes one column, emoji and Chinese letters two. */
const room = (line: string) =>
  [...new Intl.Segmenter().segment(line)].reduce(
    (sum, { segment }) => sum + (/\p{Emoji_Presentation}|\p{sc=Han}|\p{sc=Katakana}/u.test(segment) ? 2 : 1),
    0,
  )

describe('a table in a terminal', () => {
  test('without rows is nothing', () => {
    expect(writeTable({ columns: ['a', 'b'], rows: [] }, 'table', 80)).toBe('')
  })

  test('has numbers to the right, and leaves out columns without a value', () => {
    expect(
      table([
        { a: 'x', none: null, b: 1.5 },
        { a: 'longer', none: null, b: 20 },
      ]),
    ).toBe(
      [
        '┌────────┬─────┐',
        '│ a      │   b │',
        '├────────┼─────┤',
        '│ x      │ 1.5 │',
        '│ longer │  20 │',
        '└────────┴─────┘',
        '',
      ].join('\n'),
    )
  })

  test('has zero and false, which are values', () => {
    expect(table([{ a: 0, b: false }])).toContain('│ 0 │ false │')
  })

  test('of one study names it once above, and a repeated source once', () => {
    const rows = [
      { study: 'one', source: 'the same words', n: 1 },
      { study: 'one', source: 'the same words', n: 2 },
    ]
    const text = table(rows)
    expect(text.startsWith('one\n┌')).toBe(true)
    expect(text.match(/the same words/g)).toHaveLength(1)
    expect(text).toContain('〃')
  })

  test('of two studies keeps them in their column', () => {
    expect(
      table([
        { study: 'one', n: 1 },
        { study: 'two', n: 2 },
      ]),
    ).toMatch(/│ study │ n │\n.*\n│ one {3}│ 1 │\n│ two {3}│ 2 │/)
  })
})

describe('a terminal of a given width', () => {
  const words = 'Some patients with metastatic cancer have prolonged remission when they are treated'
  test.each([
    { what: 'long texts', rows: [{ a: words, b: words, c: 12 }] },
    { what: 'a word that is longer than its column', rows: [{ a: 'x'.repeat(150), b: words }] },
    { what: 'an address without a space', rows: [{ a: `https://example.org/${'abc/'.repeat(40)}`, b: 1 }] },
    { what: 'Chinese text', rows: [{ a: '漢字テキスト'.repeat(20), b: words }] },
    { what: 'emoji', rows: [{ a: '😀👍🏽'.repeat(30), b: '⌛✅ '.repeat(20) }] },
    { what: 'many columns', rows: [Object.fromEntries([...'abcdef'].map((name) => [name, words]))] },
    {
      what: 'many rows',
      rows: Array.from({ length: 300 }, (_, index) => ({ a: words.slice(0, index % 80), b: words })),
    },
  ])('holds $what, and no letter is lost', ({ rows }) => {
    const columns = Object.keys(rows[0] ?? {})
    const text = table(rows, 80)
    for (const line of text.split('\n')) expect(room(line), line).toBeLessThanOrEqual(80)
    const given = rows.flatMap((row) => columns.map((column) => String((row as Record<string, Cell>)[column])))
    expect([...letters(text)].sort().join('')).toBe([...letters([...columns, ...given].join(''))].sort().join(''))
  })

  test('is used when a table needs more, and not when it needs less', () => {
    expect(table([{ a: words, b: words }], 80).split('\n')[0]).toHaveLength(80)
    expect(table([{ a: 'x', b: 1 }], 80).split('\n')[0]).toHaveLength(9)
  })

  test('keeps words whole where there is room for them', () => {
    const text = table([{ a: words, b: 'immunotherapies' }], 60)
    expect(text).toContain('immunotherapies')
    for (const word of words.split(' ')) expect(text).toContain(word)
  })

  test('that is too narrow for anything is not looked at', () => {
    expect(table([{ a: words, b: 1 }], 20)).toContain(`│ ${words} │ 1 │`)
  })

  test('is shared in reasonable time among 2,000 rows', () => {
    const rows = Array.from({ length: 2_000 }, (_, index) => ({ a: words.slice(index % 60), b: words, c: words }))
    const begin = performance.now()
    table(rows, 100)
    expect(performance.now() - begin).toBeLessThan(15_000)
  })
})

describe('what a text holds does not steer the terminal', () => {
  test.each([
    { what: 'colours', value: 'a\u001b[31mred\u001b[0mb' },
    { what: 'a title of the window', value: 'a\u001b]0;title\u0007b' },
    { what: 'a control sequence of one letter', value: 'a\u009b31mb' },
    { what: 'backspaces', value: 'a\b\bb' },
    { what: 'a line that begins anew', value: 'a\r\nb\tc' },
    { what: 'deletions', value: 'a\u007fb' },
    { what: 'text from right to left', value: 'a\u202edcb\u2066e' },
    { what: 'separators of lines', value: 'a\u2028b\u2029c' },
  ])('$what', ({ value }) => {
    const text = table([
      { study: 's', a: value, b: 1 },
      { study: `s`, a: 'x', b: 2 },
    ])
    expect(text).not.toMatch(/[^\P{Cc}\n]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u)
    expect(text.split('\n')).toHaveLength(8)
  })

  test('nor does the name of a study', () => {
    const text = table([
      { study: 'a\u001b[31m', n: 1 },
      { study: 'a\u001b[31m', n: 2 },
    ])
    expect(text).not.toContain('\u001b')
    expect(text.startsWith('a [31m\n')).toBe(true)
  })
})
