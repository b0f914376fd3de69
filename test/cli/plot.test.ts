import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { evibase, seededDatabase } from '../scratch.ts'

let cwd: string
beforeAll(() => {
  cwd = mkdtempSync(path.join(tmpdir(), 'evibase-plot-'))
  writeFileSync(path.join(cwd, 'rows.csv'), 'study,ai,n1i,ci,n2i,dose\nA,1,9,2,9,low\nB,3,8,4,9,high\nC,0,8,0,9,low\n')
})
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

const plot = (...options: string[]) => evibase(['plot', ...options], { cwd })
const FOREST = ['forest', '--from', 'rows.csv', '--measure', 'RR']

test.concurrent('a forest plot is written as SVG with what was asked for, and says who is left out', async () => {
  const asked = ['--by', 'dose', '--control', 'Placebo', '--favours-left', 'Less', '--xlim', '0.5,2', '--title', 'T']
  const { code, stdout, stderr } = await plot(...FOREST, ...asked, '--out', 'x.svg')
  expect({ code, stdout, stderr }).toEqual({
    code: 0,
    stdout: '',
    stderr: 'C is left out: no events in either group.\n',
  })
  const svg = readFileSync(path.join(cwd, 'x.svg'), 'utf8')
  for (const text of ['>T<', '>low<', '>high<', '>Placebo<', ' Less<', '>Subtotal<', '>2<']) expect(svg).toContain(text)
})

test.concurrent('studies of the database are drawn under their labels, one result of each', async () => {
  const { url } = await seededDatabase()
  const chosen = ['rosenberg-1993-il2-lak', '--measure', 'RR', '--outcome', 'Complete response', '--db', url]
  const { code, stdout } = await plot('forest', ...chosen)
  expect(code).toBe(0)
  expect([...stdout.matchAll(/class="study-label"[^>]*>([^<]*)</g)].map((match) => match[1])).toEqual([
    'Rosenberg 1993',
  ])
  // 10 of 85 against 4 of 79: metafor's risk ratio, in test/reference/rosenberg-1993.json.
  expect(stdout).toContain('>2.32 [0.76, 7.11]<')
  const both = await plot('forest', '--from', 'rows.csv', '--measure', 'RR', '--review', 'any')
  expect(both).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining("'--from <file>' cannot be used with"),
  })
})

test.concurrent('a cumulative forest adds studies in the order of a column', async () => {
  const { code, stdout } = await plot(...FOREST, '--cumulative', 'n1i')
  expect(code).toBe(0)
  expect([...stdout.matchAll(/class="study-label"[^>]*>([^<]*)</g)].map((match) => match[1])).toEqual(['B', '+ A'])
})

test.concurrent('a funnel plot has the contours that were asked for, and says what cannot be filled in', async () => {
  const { code, stdout, stderr } = await plot('funnel', ...FOREST.slice(1), '--contours', '0.05,0.2', '--trimfill')
  expect(code).toBe(0)
  expect(stdout).toContain('>0.05 &lt; p &lt; 0.2<')
  expect(stderr).toMatch(/^C is left out: .*\n/)
})

test.concurrent('where the drawing program is missing, PDF is refused in words, and SVG is written', async () => {
  // A computer for which npm found none: Node fails to resolve the package.
  const hook = `export const resolve = (name, context, next) => {
    if (name === '@napi-rs/canvas') throw new Error('none')
    return next(name, context)
  }`
  const url = (source: string) => `data:text/javascript,${encodeURIComponent(source)}`
  const register = `import { register } from 'node:module'; register(${JSON.stringify(url(hook))})`
  const env = { NODE_OPTIONS: `--import=${url(register)}` }
  const drawn = (out: string) => evibase(['plot', ...FOREST, '--out', out], { cwd, env })
  const [pdf, svg] = await Promise.all([drawn('gone.pdf'), drawn('there.svg')])
  expect(pdf).toMatchObject({ code: 1, stdout: '' })
  expect(pdf.stderr).toMatch(/^C is left out: .*\nPNG and PDF can't be drawn: .*\n$/)
  expect(svg.code).toBe(0)
  expect(existsSync(path.join(cwd, 'gone.pdf'))).toBe(false)
  expect(existsSync(path.join(cwd, 'there.svg'))).toBe(true)
})

test.concurrent('without a file it is printed', async () => {
  const { code, stdout } = await plot(...FOREST)
  expect(code).toBe(0)
  expect(stdout).toMatch(/^<\?xml .*<\/svg>\n$/s)
})

test.concurrent.each([
  {
    what: 'a picture of another kind',
    options: [...FOREST, '--out', 'x.jpg'],
    words: 'expected a name that ends in .svg, .png or .pdf',
  },
  { what: 'an axis of ratios from 0 on', options: [...FOREST, '--xlim', '0,2'], words: 'expected a number above 0' },
  { what: 'an axis that falls', options: [...FOREST, '--xlim', '2,1'], words: 'the lower first' },
  { what: 'a column', options: [...FOREST, '--by', 'age'], words: 'no column "age"; expected one of study, ai' },
  {
    what: 'a contour',
    options: ['funnel', ...FOREST.slice(1), '--contours', '5'],
    words: 'Expected p values between 0 and 1',
  },
  { what: 'an order', options: [...FOREST, '--cumulative', 'dose'], words: 'is "low" for A; expected a number' },
  { what: 'a level', options: [...FOREST, '--level', '0'], words: 'expected a percentage' },
  { what: 'a resolution', options: [...FOREST, '--dpi', 'high'], words: 'Expected a number from 10 to 2400' },
  { what: 'a method', options: [...FOREST, '--method', 'X'], words: 'Allowed choices are EE, FE, DL' },
])('$what is refused in words', async ({ options, words }) => {
  const { code, stdout, stderr } = await plot(...options)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(words)
  expect(existsSync(path.join(cwd, 'x.jpg'))).toBe(false)
})
