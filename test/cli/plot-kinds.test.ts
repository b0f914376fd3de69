import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { openEvidenceBase, type StudyFile } from '../../src/index.ts'
import { saveFile } from '../queries/seeded.ts'
import { SEED_FILE, scratchDatabase, scratchFolder, seededDatabase } from '../scratch.ts'
import { plotIn } from './plot-in-process.ts'

const cwd = scratchFolder('plot-kinds')
const files = {
  'rows.csv': 'study,ai,n1i,ci,n2i\nA,1,9,2,9\nB,3,8,4,9\nC,0,8,0,9\n',
  'one.csv': 'study,ai,n1i,ci,n2i\nA,1,9,2,9\n',
  'none.csv': 'study,ai,n1i,ci,n2i\n',
  'no-event.csv': 'study,ai,n1i,ci,n2i\nA,0,9,0,9\nB,0,8,0,7\n',
  'missing.csv': 'study,ai,n1i,ci,n2i\nA,,9,2,9\nB,3,,4,9\n',
  'judged.csv': 'Study,D1,D2,D3,D4,D5,Overall\nA,Low,Low,High,Low,Low,High\n',
  'unjudged.csv': 'Study,D1,Overall\nA,,NA\n',
  'unstudied.csv': 'Study,D1,Overall\n',
  'effects.csv': 'study,yi,vi\nA,0.1,0.2\nB,0.3,0.1\n',
}
beforeAll(() => {
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(cwd, name), text)
})

const plot = (kind: string, from: string, ...more: string[]) =>
  plotIn(cwd, [kind, '--from', from, '--measure', 'RR', ...more])
const KINDS = ['forest', 'funnel', 'labbe', 'baujat']

describe.each(KINDS)('plot %s', (kind) => {
  test('writes SVG, says who is left out, and leaves nothing else', async () => {
    const out = `${kind}.svg`
    const answer = await plot(kind, 'rows.csv', '--title', 'My <title>', '--out', out)
    expect(answer).toEqual({ code: 'done', printed: '', said: 'C is left out: no events in either group.' })
    expect(readFileSync(path.join(cwd, out), 'utf8')).toContain('>My &lt;title&gt;</title>')
  })

  test.each([
    { what: 'no study', from: 'none.csv', says: 'There is nothing to draw: there is no study.' },
    {
      what: 'no event',
      from: 'no-event.csv',
      says: 'There is nothing to draw: no study has an effect: no events in either group.',
    },
    {
      what: 'nothing that is there',
      from: 'missing.csv',
      says: 'There is nothing to draw: no study has an effect: a number that the measure needs is missing.',
    },
  ])('$what is refused, and no file is written', async ({ from, says }) => {
    const before = readdirSync(cwd)
    expect(await plot(kind, from, '--out', 'empty.svg')).toEqual({ code: 'NOTHING_TO_DRAW', printed: '', said: says })
    expect(readdirSync(cwd)).toEqual(before)
  })
})

test.each([
  { ending: 'png', begins: '\u0089PNG' },
  { ending: 'PDF', begins: '%PDF-1' },
])('a name that ends in $ending is written so, and what no typeface has is told', async ({ ending, begins }) => {
  writeFileSync(path.join(cwd, 'odd.csv'), 'study,ai,n1i,ci,n2i\n\u{10fffc} 2001,1,9,2,9\n')
  const { code, said } = await plot('forest', 'odd.csv', '--out', `odd.${ending}`, '--dpi', '96')
  expect({ code, said }).toEqual({
    code: 'done',
    said: 'No typeface of this computer has \u{10fffc}: boxes stand for them. SVG leaves that to its reader.',
  })
  expect(readFileSync(path.join(cwd, `odd.${ending}`), 'latin1').startsWith(begins)).toBe(true)
})

test('one study has no Baujat plot, which tells by leaving studies out', async () => {
  expect(await plot('baujat', 'one.csv')).toMatchObject({
    code: 'NOTHING_TO_DRAW',
    said: expect.stringContaining('leaving it out, and then there is no study to pool'),
  })
})

test('effects alone have no risks for a L’Abbé plot, and measures of one group or of means neither', async () => {
  expect(await plot('labbe', 'effects.csv')).toMatchObject({
    code: 'NOTHING_TO_DRAW',
    said: expect.stringContaining('expected the events and totals or times of both groups'),
  })
  expect(await plotIn(cwd, ['labbe', '--from', 'rows.csv', '--measure', 'SMD'])).toMatchObject({
    code: 'USAGE',
    said: expect.stringContaining('expected one of RR, OR, PETO, RD, AS, IRR, IRD, IRSD'),
  })
})

test('the groups of a L’Abbé plot have their names', async () => {
  const { printed } = await plot('labbe', 'rows.csv', '--experimental', 'Drug & co', '--control', '<b>')
  expect(printed).toContain('>Risk: Drug &amp; co<')
  expect(printed).toContain('>Risk: &lt;b&gt;<')
})

describe.each(['traffic-light', 'rob-summary'])('plot %s', (kind) => {
  test('draws the domains by the names of the tool', async () => {
    const { code, printed } = await plotIn(cwd, [kind, '--from', 'judged.csv', '--tool', 'rob-2', '--title', '<T>'])
    expect(code).toBe('done')
    for (const text of ['>&lt;T&gt;<', '>Bias due to missing outcome data<', '>Overall<', '>High<'])
      expect(printed).toContain(text)
  })

  test.each([
    { args: ['--from', 'unjudged.csv'], code: 'NOTHING_TO_DRAW', says: 'no study is judged' },
    { args: ['--from', 'unstudied.csv'], code: 'NOTHING_TO_DRAW', says: 'there is no study' },
    { args: ['--from', 'judged.csv', '--tool', 'x'], code: 'USAGE', says: 'expected one of rob-1, rob-2, robins-i' },
    {
      args: ['--from', 'judged.csv', '--tool', 'rob-1'],
      code: 'IMPORT_FILE_INVALID',
      says: 'there are 5 domains; expected 7',
    },
    { args: ['--from', 'judged.csv', '--review', 'x'], code: 'USAGE', says: 'cannot be used with' },
    { args: ['a-study', '--from', 'judged.csv'], code: 'USAGE', says: 'a-study is a study of the database' },
  ])('$args is refused', async ({ args, code, says }) => {
    expect(await plotIn(cwd, [kind, ...args])).toMatchObject({ code, printed: '', said: expect.stringContaining(says) })
  })
})

test('shares of weights need weights', async () => {
  expect(await plotIn(cwd, ['rob-summary', '--from', 'judged.csv', '--weighted'])).toMatchObject({
    code: 'USAGE',
    said: expect.stringContaining('a column Weight'),
  })
})

test('judgements of the database are by one tool at a time', async () => {
  const { url } = await scratchDatabase()
  const db = await openEvidenceBase(url)
  const file = parse(readFileSync(SEED_FILE, 'utf8')) as StudyFile
  file.risk_of_bias = [
    { tool: 'rob-2', domain: 'randomisation', judgement: 'low' },
    { tool: 'robins-i', domain: 'confounding', judgement: 'serious' },
  ]
  await saveFile(db, file)
  await db.$disconnect()
  const drawn = (...args: string[]) => plotIn(cwd, ['traffic-light', '--db', url, ...args])
  expect(await drawn()).toMatchObject({
    code: 'USAGE',
    said: expect.stringContaining('expected --tool rob-2 or robins-i'),
  })
  expect(await drawn('--tool', 'rob-1')).toMatchObject({
    code: 'USAGE',
    said: expect.stringContaining('expected one of rob-2, robins-i'),
  })
  const { code, printed } = await drawn('--tool', 'robins-i')
  expect(code).toBe('done')
  expect(printed).toContain('>Bias due to confounding<')
  expect(printed).toContain('>Rosenberg 1993<')
})

test('survival is drawn as it was printed', async () => {
  const { url } = await seededDatabase()
  const { code, printed, said } = await plotIn(cwd, ['survival', '--db', url, '--at', '36 months'])
  expect({ code, said }).toEqual({ code: 'done', said: '' })
  // The words of Rosenberg 1993: 31% with LAK cells, 17% with IL-2 alone.
  expect(printed).toContain('>IL-2 plus LAK cells &#8212; 36 months: 0.31<')
  expect(printed).toContain('>IL-2 alone &#8212; 36 months: 0.17<')
  expect(printed.match(/class="estimate"/g)).toHaveLength(2)
})

test.each(['traffic-light', 'rob-summary', 'survival'])('an empty database has nothing for plot %s', async (kind) => {
  const { url } = await scratchDatabase()
  expect(await plotIn(cwd, [kind, '--db', url, '--out', 'empty.svg'])).toMatchObject({ code: 'NOTHING_TO_DRAW' })
  expect(readdirSync(cwd)).not.toContain('empty.svg')
})
