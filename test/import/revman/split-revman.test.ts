import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { splitRevman } from '../../../src/import/revman/split-revman.ts'
import { chunks, split, textOfRecord } from '../chunks.ts'
import { outcome, review, study, table } from './a-review.ts'

const recordsOf = async (file: string | Uint8Array) => split(splitRevman, chunks(file, 1_000))
const messageOf = (error: unknown) => (error instanceof Error ? error.message : undefined)

describe('a review', () => {
  test('is as many records as it has included studies, each with its own parts alone, and one of itself', async () => {
    const shared = outcome('DICH', 1, `${table('STD-A')}\n${table('STD-B')}`)
    const { records, error } = await recordsOf(review([study('ID="STD-A"'), study('ID="STD-B"')], shared))
    expect(error).toBeUndefined()
    expect(records.map(({ number, line }) => ({ number, line }))).toEqual([
      { number: 1, line: 6 },
      { number: 2, line: 7 },
      { number: 3, line: 2 },
    ])
    for (const [index, own] of ['STD-A', 'STD-B'].entries()) {
      const text = records[index] === undefined ? '' : textOfRecord(records[index])
      expect(text.match(/STD-[AB]/g)).toEqual([own, own])
    }
  })

  test('gives the same record of a study when only another one changes, or spaces between elements', async () => {
    const one = (numbers?: string) =>
      review([study('ID="STD-A"'), study('ID="STD-B"')], outcome('DICH', 1, table('STD-A') + table('STD-B', numbers)))
    const before = (await recordsOf(one())).records
    const after = (
      await recordsOf(one('EVENTS_1="4" TOTAL_1="10" EVENTS_2="5" TOTAL_2="12"').replaceAll('><', '>\n <'))
    ).records
    expect(after[0]?.bytes).toEqual(before[0]?.bytes)
    expect(after[1]?.bytes).not.toEqual(before[1]?.bytes)
  })

  test('in Latin 1 has its letters', async () => {
    const xml = review([study('ID="STD-A"', { study: '<REFERENCE PRIMARY="YES"><TI>Thé</TI></REFERENCE>' })])
    const file = Buffer.from(xml.replace('UTF-8', 'ISO-8859-1'), 'latin1')
    const { records } = await recordsOf(file)
    expect(records[0] && textOfRecord(records[0])).toContain('<TI>Thé</TI>')
  })

  test.each([
    ['a study without an ID', review([study('NAME2=""'), study('ID="STD-B"')]), /^line 6, column \d+: .*has no ID/],
    ['an ID twice', review([study('ID="STD-B"'), study('ID="STD-B"')]), /^line 7, column \d+: .*STD-B, too/],
    ['IDs that make one key', review([study('ID="STD-B"'), study('ID="STD-b"')]), /STD-b is too like STD-B/],
    [
      'a row of a study that it does not include',
      review([study('ID="STD-B"', { data: outcome('DICH', 1, table('STD-X')) })]),
      /DICH_DATA is of the study "STD-X", which the review doesn't include/,
    ],
    [
      'a row of nobody',
      review([study('ID="STD-B"', { data: outcome('DICH', 1, '<DICH_DATA EVENTS_1="1"/>') })]),
      /DICH_DATA names no study/,
    ],
  ])('with %s says so with its place, and has its other studies', async (_, file, fault) => {
    const { records, error } = await recordsOf(file)
    expect(error).toBeUndefined()
    const bad = records.filter((record) => record.fault !== undefined)
    expect(bad).toHaveLength(1)
    expect(bad[0]?.fault).toMatch(fault)
    expect(records.filter((record) => record.fault === undefined).map(textOfRecord)).toEqual([
      expect.stringContaining('STD-B'),
      expect.stringContaining('COVER_SHEET'),
    ])
  })

  const good = review([study('ID="STD-A"')])
  test.each([
    ['of RevMan 4', 'METAVIEW:Fleiss 1993\r\nSTART DATA\r\n', /RevMan 4.*RevMan 5/],
    ['that is a table of a data package', 'Analysis group,Analysis number\n1,1\n', /give all its files together/],
    ['that is empty', '', /no XML/],
    ['that ends too early', good.slice(0, -200), /not well-formed/],
    ['of another program', '<svg/>', /svg; expected COCHRANE_REVIEW/],
    ['without an ID', review([], '', ''), /has no ID/],
    ['with the ID of a study’s record', review([], '', 'ID="42/STD-A"'), /42\/STD-A; expected one without a slash/],
    ['of tests', good.replace('INTERVENTION', 'DIAGNOSTIC'), /DIAGNOSTIC; expected INTERVENTION/],
    ['in another encoding than it says', Buffer.from(good.replace('Tea', 'Thé'), 'latin1'), /line 3: .*not UTF-8/],
    ['with entities of its own', good.replace('Tea for', '&tea; for'), /not well-formed/],
  ])('a file %s is refused as a whole', async (_, file, message) => {
    const { records, error } = await recordsOf(file)
    expect(records).toEqual([])
    expect(messageOf(error)).toMatch(message)
  })
})

const folder = path.join(process.env.EVIBASE_FIXTURES ?? '', 'revman')
describe.skipIf(!process.env.EVIBASE_FIXTURES)('the file of RevMan 4', () => {
  test('is refused', async () => {
    const { error } = await recordsOf(readFileSync(path.join(folder, 'FLEISS1993.MTV')))
    expect(messageOf(error)).toMatch(/RevMan 4/)
  })
})
