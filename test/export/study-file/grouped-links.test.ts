import fc from 'fast-check'
import { expect, test } from 'vitest'
import { groupedLinks, type Link } from '../../../src/export/study-file/grouped-links.ts'

const link = (quote: string): Link => ({ role: 'group', quote })
const grouped = (byField: Readonly<Record<string, string>>) =>
  groupedLinks(new Map(Object.entries(byField).map(([field, quotes]) => [field, [...quotes].map(link)]))).map(
    ({ field, quote }) => `${[field].flat().join('+')} ${quote}`,
  )

test.each([
  { what: 'one field', links: { a: 'xyz' }, entries: ['a x', 'a y', 'a z'] },
  { what: 'nothing in common', links: { a: 'x', b: 'y' }, entries: ['a x', 'b y'] },
  { what: 'all in common', links: { a: 'xy', b: 'xy' }, entries: ['a+b x', 'a+b y'] },
  { what: 'the second in common, after what differs', links: { a: 'xg', b: 'yg' }, entries: ['a x', 'b y', 'a+b g'] },
  { what: 'the same twice', links: { a: 'xx', b: 'x' }, entries: ['a+b x', 'a x'] },
  {
    what: 'two in turned order, of which one can be shared',
    links: { a: 'xy', b: 'yx' },
    entries: ['b y', 'a+b x', 'a y'],
  },
  {
    what: 'three that share round a circle',
    links: { a: 'xy', b: 'yz', c: 'zx' },
    entries: ['b y', 'b+c z', 'a+c x', 'a y'],
  },
])('$what', ({ links, entries }) => {
  expect(grouped(links)).toEqual(entries)
})

test('each field keeps its links in their order, whatever is shared', () => {
  const quotes = fc.string({ unit: fc.constantFrom(...'uvwxyz'), maxLength: 6 })
  fc.assert(
    fc.property(fc.record({ a: quotes, b: quotes, c: quotes, d: quotes, e: quotes }), (links) => {
      const entries = grouped(links).map((entry) => entry.split(' '))
      for (const [field, own] of Object.entries(links))
        expect(
          entries.flatMap(([fields = '', quote]) => (fields.split('+').includes(field) ? quote : [])).join(''),
        ).toBe(own)
      for (const [fields] of entries) expect(fields).not.toBe('')
    }),
    { numRuns: 3_000 },
  )
})
