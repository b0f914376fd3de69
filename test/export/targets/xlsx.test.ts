import { strFromU8, unzipSync } from 'fflate'
import readXlsxFile, { readSheet } from 'read-excel-file/node'
import { beforeAll, expect, test } from 'vitest'
import { XLSX } from '../../../src/export/targets/xlsx.ts'
import { type Database, EXTRACTIONS } from '../../../src/index.ts'
import { fillEveryTable } from '../../db/study-variants.ts'
import { withVariants } from '../../queries/seeded.ts'
import { written } from './written.ts'

let db: Database
let bytes: Buffer
beforeAll(async () => {
  db = await withVariants(fillEveryTable)
  bytes = (await written(XLSX, db)).bytes
})

test('another program reads each table as the queries give it: numbers, truth values, texts and nothing', async () => {
  const sheets = new Map((await readXlsxFile(bytes, { trim: false })).map(({ sheet, data }) => [sheet, data]))
  expect([...sheets.keys()]).toEqual(['about', 'dictionary', ...Object.keys(EXTRACTIONS)])
  let rows = 0
  for (const [name, { load }] of Object.entries(EXTRACTIONS)) {
    const { columns, extract } = await load()
    const names = Object.keys(columns)
    const expected = (await extract(db)).map((row) =>
      names.map((column) => (row as object as Record<string, unknown>)[column]),
    )
    expect(sheets.get(name), name).toEqual([names, ...expected])
    rows += expected.length
  }
  expect(rows).toBeGreaterThan(100)
})

test('the first sheets tell what the tables were made with, and what each column means', async () => {
  const [header = [], ...about] = await readSheet(bytes, 'about')
  expect(about.map(([table]) => table)).toEqual(Object.keys(EXTRACTIONS))
  const choices = about.map((row) => JSON.parse(String(row[header.indexOf('choices')])) as object)
  for (const made of choices) expect(made).toMatchObject({ arms: 'comparisons', prefer: 'both preferring arm' })
  expect(about.find(([table]) => table === 'dichotomous')?.slice(2, 5)).toEqual([1, 3, 'dichotomous'])
  const dictionary = await readSheet(bytes, 'dictionary')
  expect(dictionary[0]).toEqual(['table', 'column', 'type', 'unit', 'meaning', 'source'])
  const { columns } = await EXTRACTIONS.dichotomous.load()
  const described = Object.entries(columns).map(([column, { type, unit, meaning, source }]) => [
    ...['dichotomous', column, type, unit ?? null, meaning, source],
  ])
  expect(dictionary.filter(([table]) => table === 'dichotomous')).toEqual(described)
  expect(new Set(dictionary.slice(1).map(([table]) => table))).toEqual(new Set(Object.keys(EXTRACTIONS)))
})

test('choices reach the tables that heed them', async () => {
  const with_ = (await written(XLSX, db, { derived: true, outcomes: ['response'] })).bytes
  const [, ...about] = await readSheet(with_, 'about')
  const made = new Map(about.map((row) => [row[0], JSON.parse(String(row[5])) as Record<string, unknown>]))
  expect(made.get('dichotomous')).toMatchObject({ derived: true, outcomes: ['response'] })
  expect(made.get('flow')).toMatchObject({ derived: true, outcomes: [] })
  expect(made.get('corrections')).toMatchObject({ derived: false })
})

test('the same database gives the same bytes, wherever it is', async () => {
  const before = process.env.TZ
  try {
    process.env.TZ = 'Pacific/Auckland'
    expect((await written(XLSX, db)).bytes.equals(bytes)).toBe(true)
  } finally {
    if (before === undefined) delete process.env.TZ
    else process.env.TZ = before
  }
})

test('headers stay in view in bold, with filters over all rows, and there is no formula', () => {
  const parts = Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)] as const)
  const sheets = parts.filter(([name]) => name.startsWith('xl/worksheets/'))
  expect(sheets).toHaveLength(2 + Object.keys(EXTRACTIONS).length)
  for (const [name, xml] of sheets) {
    const rows = xml.match(/<row /g)?.length
    expect(xml, name).toMatch(/<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"\/>/)
    expect(xml, name).toMatch(new RegExp(`<autoFilter ref="A1:[A-Z]+${rows}"/></worksheet>$`))
    expect(xml, name).not.toMatch(/<f[ >]/)
    expect(xml.match(/<row r="1">.*?<\/row>/)?.[0], name).not.toMatch(/<c (?![^>]* s="1")/)
  }
  const workbook = parts.find(([name]) => name === 'xl/workbook.xml')?.[1]
  expect(workbook?.match(/_xlnm\._FilterDatabase/g)).toHaveLength(sheets.length)
  for (const [, name] of workbook?.matchAll(/<sheet name="([^"]*)"/g) ?? [])
    expect(name).toMatch(/^[^[\]:*?/\\]{1,31}$/)
})
