import { describe, expect, test } from 'vitest'
import { fuzzRecords, type RecordPlan } from '../../scripts/fuzz/fuzz-records.ts'
import { originalsOf, RECORD_FORMATS, type RecordFormat } from '../../scripts/fuzz/record-formats.ts'
import { EvidenceError } from '../../src/errors.ts'
import { ROOT } from '../scratch.ts'

test.each(RECORD_FORMATS)(
  'of 500 spoiled files of $name each record is read or refused in words',
  async (format) => {
    const { read, refused, broken, failures } = await fuzzRecords({
      seed: 4,
      first: 0,
      files: 500,
      originals: originalsOf(format.name, ROOT),
      format,
    })
    expect(failures.map(({ number, what, reason }) => `${number} (${what}): ${reason}`)).toEqual([])
    expect(read).toBeGreaterThan(100)
    expect(refused).toBeGreaterThan(5)
    expect(broken).toBeGreaterThan(5)
  },
  120_000,
)

describe('a failure is seen:', () => {
  const [pubmed] = RECORD_FORMATS
  const run = (wrong: Partial<RecordFormat>) => {
    if (pubmed === undefined) throw new Error('no format')
    const plan: RecordPlan = {
      seed: 1,
      first: 0,
      files: 5,
      originals: originalsOf('pubmed', ROOT),
      format: { ...pubmed, ...wrong },
    }
    return fuzzRecords(plan)
  }
  const readsAs = (pmid: string): Partial<RecordFormat> => ({
    read: () => ({
      kind: 'publication',
      key: '1',
      unmapped: [],
      record: {
        publication: { pmid, title: 'Tea', authors: { missing: 'not_reported' } },
        sections: [],
        headings: [],
        registrations: [],
      },
    }),
  })

  test.each<{ what: string; wrong: Partial<RecordFormat>; reason: RegExp }>([
    {
      what: 'a reader that stumbles',
      wrong: {
        read: () => {
          throw new TypeError('x')
        },
      },
      reason: /^it threw TypeError: x/,
    },
    {
      what: 'words for programmers',
      wrong: {
        read: () => {
          throw new EvidenceError('RECORD_INVALID', 'found undefined')
        },
      },
      reason: /^a mistake in words for programmers/,
    },
    { what: 'a publication of no study file', wrong: readsAs('x'), reason: /^no study file has such a publication/ },
    {
      what: 'records that hang on how the bytes come',
      wrong: {
        split: async function* (bytes) {
          let number = 0
          for await (const chunk of bytes) yield [{ number: ++number, line: 1, bytes: chunk }]
        },
        ...readsAs('1'),
      },
      reason: /records and .* in chunks of/,
    },
  ])('$what', async ({ wrong, reason }) => {
    const { failures } = await run(wrong)
    expect(failures.length).toBeGreaterThan(0)
    for (const failure of failures) expect(failure.reason).toMatch(reason)
  })
})
