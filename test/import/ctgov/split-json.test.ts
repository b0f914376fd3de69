import { describe, expect, test } from 'vitest'
import { splitCtgovJson } from '../../../src/import/ctgov/split-json.ts'
import { describeFixtures, fixtures } from './fixtures.ts'

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** The records of a file that comes in chunks of a size, each parsed where that can be, and the fault at the end. */
async function split(file: string | Uint8Array, size = 7) {
  const records: unknown[] = []
  const lines: number[] = []
  let fault: string | undefined
  try {
    for await (const batch of splitCtgovJson(inChunks(Buffer.from(file), size), 'a.json'))
      for (const { bytes, line, number } of batch) {
        const text = Buffer.from(bytes).toString()
        lines.push(line)
        expect(number).toBe(lines.length)
        try {
          records.push(JSON.parse(text))
        } catch {
          records.push(`bad: ${text}`)
        }
      }
  } catch (error) {
    fault = String((error as Error).message)
  }
  return { records, lines, fault }
}

const [ONE, TWO] = [
  { protocolSection: { a: 'a "b" \\ ]}{[', n: [1, { x: null }] }, studies: [1] },
  { protocolSection: { é: '{"' } },
]
const json = (value: unknown) => JSON.stringify(value)

const WAYS: readonly { readonly what: string; readonly file: string; readonly expected: readonly unknown[] }[] = [
  { what: 'one study', file: json(ONE), expected: [ONE] },
  { what: 'one study on several lines', file: JSON.stringify(ONE, null, 2), expected: [ONE] },
  { what: 'one study after a byte order mark', file: `\ufeff\n${json(ONE)}\n`, expected: [ONE] },
  { what: 'an array', file: json([ONE, TWO]), expected: [ONE, TWO] },
  { what: 'an array on several lines', file: JSON.stringify([ONE, TWO], null, 2), expected: [ONE, TWO] },
  { what: 'an array of nothing', file: ' [ ] ', expected: [] },
  { what: 'a page', file: json({ studies: [ONE, TWO], nextPageToken: 'x' }), expected: [ONE, TWO] },
  {
    what: 'a page that counts first',
    file: JSON.stringify(
      { totalCount: 2, nextPageToken: 'studies', studies: [ONE, TWO], more: [{ studies: [TWO] }] },
      null,
      1,
    ),
    expected: [ONE, TWO],
  },
  { what: 'a page of nothing', file: json({ studies: [] }), expected: [] },
  { what: 'a study a line', file: `${json(ONE)}\n${json(TWO)}\r\n\n${json(ONE)}`, expected: [ONE, TWO, ONE] },
  {
    what: 'studies after each other',
    file: JSON.stringify(ONE, null, 2) + JSON.stringify(TWO, null, 2),
    expected: [ONE, TWO],
  },
  { what: 'pages after each other', file: json({ studies: [ONE] }) + json({ studies: [TWO] }), expected: [ONE, TWO] },
  {
    what: 'an array with what is no study',
    file: `[null, ${json(ONE)}, 5,"x\\"]", true]`,
    expected: [null, ONE, 5, 'x"]', true],
  },
  {
    what: 'one bad study among others of an array',
    file: `[${json(ONE)},{"a" 1},${json(TWO)}]`,
    expected: [ONE, 'bad: {"a" 1}', TWO],
  },
  {
    what: 'one bad line among others',
    file: `${json(ONE)}\n{"a": [1, "x\n}]\nwords\n${json(TWO)}\n`,
    expected: [ONE, 'bad: {"a": [1, "x', 'bad: }]', 'bad: words', TWO],
  },
]

describe('splitCtgovJson gives the studies of', () => {
  test.each(WAYS)('$what, wherever a chunk ends', async ({ file, expected }) => {
    for (const size of [1, 2, 3, 5, 8, 13, 1_000]) {
      const { records, fault } = await split(file, size)
      expect({ size, records, fault }).toEqual({ size, records: expected, fault: undefined })
    }
  })

  test('a file with the line on which each begins', async () => {
    expect((await split(`[\n${json(ONE)},\n\n  ${JSON.stringify(TWO, null, 2)},\n3]`)).lines).toEqual([2, 4, 9])
    expect((await split(`${json(ONE)}\n\n${json(TWO)}`)).lines).toEqual([1, 3])
  })
})

describe('splitCtgovJson gives what is whole, and then refuses', () => {
  test.each([
    { what: 'an empty file', file: '', fault: 'a.json:1: the file is empty' },
    { what: 'a file of spaces', file: ' \n\n', fault: 'a.json:3: the file is empty' },
    { what: 'XML', file: '<?xml version="1.0"?>', fault: 'a.json:1: this is no JSON of ClinicalTrials.gov' },
    { what: 'words', file: 'NCT00000001', fault: 'a.json:1: this is no JSON of ClinicalTrials.gov' },
    { what: 'UTF-16', file: Buffer.from('[]', 'utf16le'), fault: 'expected UTF-8, not UTF-16' },
    {
      what: 'an array that ends too early',
      file: `[${json(ONE)},\n${json(TWO).slice(0, 20)}`,
      given: [ONE],
      fault: 'a.json:2: the file ends too early',
    },
    { what: 'an array without its end', file: `[${json(ONE)}`, given: [ONE], fault: 'the file ends too early' },
    { what: 'a text without its end', file: '{"a": "b\\"', fault: 'the file ends too early' },
    {
      what: 'a line that ends too early',
      file: `${json(ONE)}\n${json(TWO).slice(0, 9)}`,
      given: [ONE],
      fault: 'a.json:2: the file ends too early',
    },
    {
      what: 'brackets of two kinds',
      file: `[${json(ONE)},\n{"a":[1}]`,
      given: [ONE],
      fault: 'a.json:2: a bracket closes what was not opened',
    },
    {
      what: 'more than was opened',
      file: `[${json(ONE)}]]`,
      given: [ONE],
      fault: 'a bracket closes what was not opened',
    },
    {
      what: 'words after a study',
      file: `${json(ONE)} x`,
      given: [ONE],
      fault: 'something other than an object or array',
    },
    { what: 'brackets without end', file: '['.repeat(20_000), fault: 'brackets lie more than 10000 deep' },
  ] as readonly { what: string; file: string | Buffer; given?: unknown[]; fault: string }[])(
    '$what',
    async ({ file, given = [], fault }) => {
      for (const size of [1, 4, 100_000]) {
        const result = await split(file, size)
        expect(result.records).toEqual(given)
        expect(result.fault).toContain(fault)
      }
    },
  )

  test('a record that never ends', async () => {
    async function* endless() {
      yield Buffer.from('[{"a":"')
      for (;;) yield Buffer.alloc(8_000_000, 'x')
    }
    const all = async () => {
      for await (const _ of splitCtgovJson(endless(), 'a.json'));
    }
    await expect(all()).rejects.toThrow('a.json:1: a record is longer than 64 MB')
  })
})

describeFixtures('splitCtgovJson', () => {
  test('gives all that JSON.parse gives, of 91 real records in one array and in lines', async () => {
    const real = fixtures('v2', '.json').map(({ bytes }) => JSON.parse(bytes.toString()) as unknown)
    for (const file of [JSON.stringify(real), real.map(json).join('\n'), JSON.stringify({ studies: real }, null, 2)])
      for (const size of [4_099, 65_536]) {
        const { records, fault } = await split(file, size)
        expect(fault).toBeUndefined()
        expect(records).toEqual(real)
      }
    expect(real).toHaveLength(91)
  }, 60_000)
})
