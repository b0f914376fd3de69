import { describe, expect, test } from 'vitest'
import { changed, HERE, type Mistake, marked, mistakesIn, told } from './invented-study.ts'

describe('quotes', () => {
  const lost = 'words: Of 20 drinkers of honey tea 8 lost their hiccups, and of 19 drinkers of plain tea 4 did.'
  test.each<Mistake>([
    {
      what: 'words that are not in the text',
      from: lost,
      to: `words: ${HERE}Of 20 drinkers of honey tea 8 lost their hiccups, and of 19 drinkers of plain tea 4 did!`,
      says: 'quote not found in Results: the words "Of 20 drinkers of honey tea 8 lost their hiccups, and of 19 drinker…" are not there; the text goes on with ". After 14 minutes the mean lo" after "19 drinkers of plain tea 4 did"',
    },
    {
      what: 'words that are nowhere near',
      from: 'words: After 14 minutes the mean loudness was 10.5 dB with honey (SD 2.5 dB).',
      to: `words: ${HERE}10.5 and 2.5`,
      says: 'quote not found in Results: the words "10.5 and 2.5" are not there; expected the exact words of the text',
    },
    {
      what: 'words that are there twice',
      from: '    words: 12 of 39\n',
      to: `    words: 12 of 39\n  - { code: teas, section: results, words: ${HERE}tea }\n`,
      says: 'quote not found in Results: the words "tea" are there 2 times; say which with occurrence',
    },
    {
      what: 'a third occurrence of words that are there twice',
      from: '    words: 12 of 39\n',
      to: `    words: 12 of 39\n  - { code: teas, section: results, words: ${HERE}tea, occurrence: 3 }\n`,
      says: 'quote not found in Results: the words "tea" are there 2 times; there is no occurrence 3',
    },
    {
      what: 'a second occurrence of words that are there once',
      from: '    words: 12 of 39\n',
      to: `    words: 12 of 39\n  - { code: teas, section: results, words: ${HERE}burped, occurrence: 2 }\n`,
      says: 'quote not found in Results: the words "burped" are there once; there is no occurrence 2',
    },
    {
      what: 'neither a section nor a source',
      from: '  - code: by-table\n    source: table-1\n    locator: row 2, column 3\n',
      to: `  - ${HERE}code: by-table\n`,
      says: 'a quote stands either in a section, or in a source at a locator; expected exactly one of section and source',
    },
    {
      what: 'a source without a place in it',
      from: '  - code: by-table\n    source: table-1\n    locator: row 2, column 3\n',
      to: `  - ${HERE}code: by-table\n    source: table-1\n`,
      says: 'source and locator go together; expected both, such as locator: Table 2, row 3',
    },
    {
      what: 'a span that the quote lacks',
      from: 'quote: loudness, span: "2.5"',
      to: `quote: loudness, span: ${HERE}"2.6"`,
      says: 'span not found in the quote "loudness": the words "2.6" are not there; expected the exact words of the text',
    },
    {
      what: 'a span that gives another number',
      from: '{ field: sd, role: value, quote: loudness, span: "2.5" }',
      to: `{ field: sd, role: value, quote: loudness, span: ${HERE}"10.5" }`,
      says: 'sd is 2.5, but "10.5" gives 10.5; correct the one that is wrong',
    },
    {
      what: 'a span without a number',
      from: '{ field: sd, role: value, quote: loudness, span: "2.5" }',
      to: `{ field: sd, role: value, quote: loudness, span: ${HERE}loudness }`,
      says: 'sd is 2.5, but "loudness" gives no number; correct the one that is wrong',
    },
    {
      what: 'a number as printed beside words that hold it',
      from: '{ field: sd, role: value, quote: loudness, span: "2.5" }',
      to: `{ field: sd, role: value, quote: loudness, printed: ${HERE}"2.5" }`,
      says: 'the words of the quote "loudness" are given; expected span: with those of them that give the value',
    },
  ])('$what', told)

  test('both a section and a source, and so also not in the section', () => {
    const { text, mistakes } = marked(
      changed(
        '  - code: by-table\n    source: table-1',
        `  - ${HERE}code: by-table\n    section: results\n    source: table-1`,
        changed('words: 12 of 39', `words: ${HERE}12 of 39`),
      ),
      'a quote stands either in a section, or in a source at a locator; expected exactly one of section and source',
      'quote not found in Results: the words "12 of 39" are not there; expected the exact words of the text',
    )
    expect(mistakesIn(text)).toEqual(mistakes)
  })

  test('a number whose link does not say which words give it', () => {
    const { text, mistakes } = marked(
      changed(
        '          - { field: mean, role: value, quote: loudness, span: "10.5" }',
        `          - ${HERE}{ field: mean, role: value, quote: loudness }`,
      ),
      `the quote doesn't say which of its words give "mean"; expected span: with the number as printed`,
    )
    expect(mistakesIn(text)).toEqual(mistakes)
  })
  test('a section without the words that stand there', () => {
    const { text, mistakes } = marked(
      changed('\narms:', `  - ${HERE}{ code: somewhere, section: results }\n\narms:`),
      "words is missing; expected the exact words of the section's text",
    )
    expect(mistakesIn(text)).toEqual(mistakes)
  })

  const unheld = (link: string) =>
    changed(
      '{ field: sd, role: value, quote: loudness, span: "2.5" }',
      `{ field: sd, role: value, quote: outside, ${link} }`,
      changed('\narms:', '  - { code: outside, source: table-1, locator: row 9 }\n\narms:'),
    )

  test('a source that is not held needs no words: the number as printed is enough', () => {
    expect(mistakesIn(unheld('printed: "2·5"'))).toEqual([])
  })

  test.each([
    { link: `printed: ${HERE}"2.6"`, says: 'sd is 2.5, but "2.6" gives 2.6; correct the one that is wrong' },
    {
      link: `span: ${HERE}"2.5"`,
      says: 'the quote "outside" has no words; expected printed: with the number as printed',
    },
  ])('where the words are not held, $link', ({ link, says }) => {
    const { text, mistakes } = marked(unheld(link), says)
    expect(mistakesIn(text)).toEqual(mistakes)
  })
})
