import { describe, expect, test } from 'vitest'
import { EvidenceError } from '../../../src/errors.ts'
import { readEffectRows } from '../../../src/import/effect-rows/read-effect-rows.ts'
import { MEASURES } from '../../../src/stats/effect-sizes/measures.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const tables = (text: string) => readEffectRows(bytes(text), 'rows.csv', MEASURES.RR)

/** The mistakes that a file is refused for, as an editor jumps to them. */
function mistakesIn(text: string | Uint8Array, measure: keyof typeof MEASURES = 'RR') {
  try {
    const data = typeof text === 'string' ? bytes(text) : text
    if (measure === 'RR') readEffectRows(data, 'rows.csv', MEASURES.RR)
    if (measure === 'MD') readEffectRows(data, 'rows.csv', MEASURES.MD)
    if (measure === 'GEN') readEffectRows(data, 'rows.csv', MEASURES.GEN)
    return []
  } catch (error) {
    if (!(error instanceof EvidenceError)) throw error
    expect(error.code).toBe('IMPORT_FILE_INVALID')
    return (error.details.issues ?? []).map(({ line, column, message }) => `${line}:${column}: ${message}`)
  }
}

describe('what stands in a file is read', () => {
  const one = { experimental: { events: 3, total: 10 }, control: { events: 1, total: 9 } }

  test('counts, by totals or by people without the event', () => {
    expect(tables('study,ai,n1i,ci,n2i\nA,3,10,1,9\n')).toMatchObject([{ study: 'A', data: one }])
    expect(tables('study,ai,bi,ci,di\nA,3,7,1,8\n')).toMatchObject([{ study: 'A', data: one }])
    expect(tables('study,ai,bi,ci,di,n1i,n2i\nA,3,7,1,8,10,9\n')).toMatchObject([{ study: 'A', data: one }])
  })

  test.each([
    { what: 'semicolons', text: 'study;ai;n1i;ci;n2i\nA, B;3;10;1;9\n', study: 'A, B' },
    {
      what: 'tabs, a byte order mark and line ends of Windows',
      text: '\ufeffstudy\tai\tn1i\tci\tn2i\r\nA\t3\t10\t1\t9\r\n',
      study: 'A',
    },
    {
      what: 'quotes, line ends within them, and blank lines',
      text: 'study,ai,n1i,ci,n2i\n\n"A ""1"",\nB",3,10,1,9\n\n',
      study: 'A "1",\nB',
    },
    { what: 'no names', text: 'ai,n1i,ci,n2i\n3,10,1,9\n', study: '1' },
    {
      what: 'a comma in a name between semicolons',
      text: '"study";"year, note";ai;n1i;ci;n2i\nA;;3;10;1;9\n',
      study: 'A',
    },
    { what: 'line ends of both kinds', text: 'study,ai,n1i,ci,n2i\r\nA,3,10,1,9\n\r\n', study: 'A' },
    { what: 'names by metafor', text: 'slab,ai,n1i,ci,n2i\nA,3,10,1,9\n', study: 'A' },
  ])('$what', ({ text, study }) => {
    expect(tables(text)).toMatchObject([{ study, data: one }])
  })

  test('a number that is missing leaves its row without data', () => {
    expect(tables('ai,n1i,ci,n2i\n3,10,NA,9\n,,,\n')).toMatchObject([{ data: undefined }, { data: undefined }])
  })

  test('effects in the place of counts, with variances or standard errors', () => {
    expect(tables('study,yi,vi\nA,-0.5,.04\n')).toMatchObject([{ data: undefined, effect: { yi: -0.5, vi: 0.04 } }])
    expect(tables('study,yi,sei\nA,-5e-1,+0.5\n')).toMatchObject([{ data: undefined, effect: { yi: -0.5, vi: 0.25 } }])
  })

  test('all cells are kept by their columns', () => {
    const [row] = tables('study,year,ai,n1i,ci,n2i\nA,1990,3,10,1,9\n')
    expect(row?.cells.get('year')).toBe('1990')
  })

  test('what stands for nothing is empty, whatever it is', () => {
    const rows = tables('study,dose,ai,n1i,ci,n2i\nA,NA,3,10,1,9\nB,na,3,10,1,9\nC,NaN,3,10,1,9\nD,.,3,10,1,9\n')
    expect(rows.map(({ cells }) => cells.get('dose'))).toEqual(['', '', '', ''])
  })
})

describe('a mistake is told with its line and column', () => {
  test.each([
    { what: 'a word', text: 'study,ai,n1i,ci,n2i\nÄ,3,10,x,9\n', at: '2:8: ci is "x"; expected a number' },
    { what: 'a decimal comma', text: 'ai;n1i;ci;n2i\n3;10;"1,5";9\n', at: '2:6: ci is "1,5"; expected a number' },
    { what: 'behind a name of two lines', text: 'study,ai,n1i,ci,n2i\n"A\nB",3,10,x,9\n', at: '3:9: ci is "x"' },
    {
      what: 'more events than people',
      text: 'ai,n1i,ci,n2i\n12,10,1,9\n',
      at: '2:1: ai is 12. Expected a number from 0 to the total of 10',
    },
    {
      what: 'cells that do not add up',
      text: 'ai,bi,n1i,ci,n2i\n3,8,10,1,9\n',
      at: '2:5: n1i is 10; expected ai + bi, which is 11',
    },
    { what: 'a negative rest', text: 'ai,bi,ci,di\n3,-1,1,8\n', at: '2:3: bi is -1; expected a number from 0 on' },
    { what: 'nobody in a group', text: 'ai,n1i,ci,n2i\n0,0,1,9\n', at: '2:3: n1i is 0. Expected a number above 0' },
    { what: 'a missing cell', text: 'ai,n1i,ci,n2i\n3,10,1\n', at: '2:1: the row has 3 cells; expected 4' },
    {
      what: 'a missing column',
      text: 'ai,n1i,ci\n3,10,1\n',
      at: '1:1: there is no column n2i or di; expected ai, n1i or bi, ci, n2i or di, or yi with vi or sei',
    },
    { what: 'a column twice', text: 'ai,n1i,ci,n2i,ai\n3,10,1,9,3\n', at: '1:15: there is a column ai already' },
    { what: 'a column without a name', text: 'ai,,ci,n2i\n3,10,1,9\n', at: '1:4: the column has no name' },
    { what: 'an open quote', text: 'ai,n1i,ci,n2i\n3,"10,1,9\n3,10,1,9\n', at: '2:3: Quote Not Closed' },
    { what: 'an empty file', text: '', at: '1:1: the file is empty' },
    { what: 'another encoding', text: new Uint8Array([97, 105, 10, 0xe4]), at: '1:1: the file is not UTF-8' },
  ])('$what', ({ text, at }) => {
    expect(mistakesIn(text)).toEqual([expect.stringContaining(at)])
  })

  test('all mistakes are told at once', () => {
    expect(mistakesIn('ai,n1i,ci,n2i\nx,10,1,9\n3,10,1,9\n3,10,y,9\n')).toHaveLength(2)
  })

  test('of very many, the first hundred and how many more there are', () => {
    const many = `ai,n1i,ci,n2i\n${'x,10,1,9\n'.repeat(20_000)}`
    expect(mistakesIn(many)).toHaveLength(20_000)
    expect(mistakesIn(many).at(-1)).toContain('20001:1: ai is "x"')
    expect(() => tables(many)).toThrow(/^rows\.csv has 20000 mistakes\.(\nrows\.csv:\d+:1: .*){100}\nAnd 19900 more\.$/)
  })

  test.each(['1,024', '<0.001', '1 000', '0x10', '1e400', 'Infinity', '=cmd()', '−2'])('"%s" is no number', (cell) => {
    expect(mistakesIn(`study,yi,vi\nA,"${cell}",1\n`, 'GEN')).toEqual([
      `2:3: yi is "${cell}"; expected a number, or NA where there is none`,
    ])
  })

  test.each([
    { measure: 'MD', text: 'm1i,sd1i,n1i,m2i,sd2i,n2i\n1,-2,10,1,2,10\n', at: '2:3: sd1i is -2' },
    { measure: 'GEN', text: 'yi,vi\n1,-2\n', at: '2:3: vi is -2' },
    { measure: 'GEN', text: 'yi,sei\n1,-2\n', at: '2:3: sei is -2' },
  ] as const)('$measure: $at', ({ measure, text, at }) => {
    expect(mistakesIn(text, measure)).toEqual([expect.stringContaining(at)])
  })
})
