import { describe, expect, test } from 'vitest'
import { changed, HERE, INVENTED, type Mistake, marked, mistakesIn, told } from './invented-study.ts'

test('the file that all these are made from has none', () => {
  expect(mistakesIn(INVENTED)).toEqual([])
})

describe('the shape', () => {
  test.each<Mistake>([
    {
      what: 'an unknown key',
      from: '    locator: row 2',
      to: `    ${HERE}locater: row 1\n    locator: row 2`,
      says: 'unknown key "locater"; expected one of: code, section, source, locator, words, occurrence',
    },
    {
      what: 'a list for a text',
      from: 'label: Invented 2001',
      to: `label: ${HERE}[a]`,
      says: 'label is a list; expected text',
    },
    {
      what: 'nothing for a text',
      from: 'label: Invented 2001',
      to: `label:${HERE}`,
      says: 'label is empty (what a review calls it: Rosenberg 1993); expected text',
    },
    {
      what: 'an empty text',
      from: 'label: Invented 2001',
      to: `label: ${HERE}"  "`,
      says: 'label is "  "; expected some text',
    },
    {
      what: 'a word that is not on the list',
      from: 'role: experimental',
      to: `role: ${HERE}experimentel`,
      says: 'role is "experimentel"; expected one of: experimental, active_comparator, placebo_comparator, sham_comparator, no_intervention, other',
    },
    {
      what: 'a missing entry',
      from: '  - { code: honey, label: Honey tea, role: experimental }',
      to: `  - ${HERE}{ code: honey, role: experimental }`,
      says: 'label is missing; expected text',
    },
    {
      what: 'a reason that is none',
      from: 'masking: { missing: not_reported }',
      to: `masking: ${HERE}{ reason: unknown }`,
      says: 'masking is a map with reason; expected one of: none, single, double, triple, quadruple, or { missing: … }',
    },
    {
      what: 'a code with capitals',
      from: '{ code: soon, kind',
      to: `{ code: ${HERE}Soon, kind`,
      says: 'code is "Soon"; expected a code: lower-case letters and digits in words joined by hyphens',
    },
    {
      what: 'a code that is too long',
      from: '{ code: overall,',
      to: `{ code: ${HERE}${'a'.repeat(61)},`,
      says: `code is "${'a'.repeat(56)}…"; expected at most 60 characters`,
    },
    {
      what: 'a number for a PMID',
      from: '    title: Honey tea',
      to: `    pmid: ${HERE}123\n    title: Honey tea`,
      says: 'pmid is 123; expected text (put it in quotes)',
    },
    {
      what: 'an author with a misspelt name',
      from: 'authors: { missing: not_reported }',
      to: `authors: [${HERE}{ last_nam: X }]`,
      says: 'entry 1 of authors is a map with last_nam; expected a map with the keys last_name, fore_name, initials, orcid, affiliation, or a map with the keys collective_name, affiliation',
    },
    {
      what: 'no authors, and no reason why',
      from: 'authors: { missing: not_reported }',
      to: `authors: ${HERE}[]`,
      says: 'authors is an empty list; expected at least one entry',
    },
    {
      what: 'a day that no calendar has',
      from: '"2026-11-23"',
      to: `${HERE}"2026-02-29"`,
      says: 'date is "2026-02-29"; expected a whole date such as "1993-04-21"',
    },
    {
      what: 'a year without its quotes',
      from: '"2001-02"',
      to: `${HERE}2001`,
      says: 'published is 2001; expected text (put it in quotes)',
    },
    {
      what: 'another format',
      from: 'format: 1',
      to: `format: ${HERE}evibase-study/2`,
      says: 'format is "evibase-study/2"; expected 1',
    },
    {
      what: 'a format of tomorrow, whatever else it has',
      from: 'format: 1\n',
      to: `format: ${HERE}2\nnews: from the future\n`,
      says: 'format: 2 is newer than this Evibase knows; update Evibase',
    },
    {
      what: 'a format that never was',
      from: 'format: 1',
      to: `format: ${HERE}0`,
      says: 'format is 0; expected 1',
    },
    {
      what: 'no format',
      from: 'format: 1\n\nstudy:',
      to: `${HERE}study:`,
      says: 'format is missing; expected 1',
    },
  ])('$what', told)
})

describe('numbers', () => {
  test.each<Mistake>([
    {
      what: 'a number in quotes',
      from: 'events: 8',
      to: `events: ${HERE}"8"`,
      says: 'events is "8"; expected a whole number',
    },
    {
      what: 'a negative count',
      from: 'events: 8',
      to: `events: ${HERE}-8`,
      says: 'events is -8; expected at least 0',
    },
    {
      what: 'half an event',
      from: 'events: 8',
      to: `events: ${HERE}8.5`,
      says: 'events is 8.5; expected a whole number',
    },
    {
      what: 'one more than the database can hold',
      from: 'total: 20',
      to: `total: ${HERE}2147483648`,
      says: 'total is 2147483648; expected at most 2147483647',
    },
    {
      what: 'far more than the database can hold',
      from: 'total: 20',
      to: `total: ${HERE}99999999999999999999`,
      says: 'total is 100000000000000000000; expected at most 2147483647',
    },
    {
      what: 'no number',
      from: 'mean: 10.5',
      to: `mean: ${HERE}.nan`,
      says: 'mean is no finite number; expected a number',
    },
    {
      what: 'an infinite number',
      from: 'mean: 10.5',
      to: `mean: ${HERE}-.inf`,
      says: 'mean is no finite number; expected a number',
    },
    {
      what: 'a number beyond all',
      from: 'mean: 10.5',
      to: `mean: ${HERE}1e400`,
      says: 'mean is no finite number; expected a number',
    },
    {
      what: 'a decimal comma',
      from: 'mean: 10.5',
      to: `mean: ${HERE}10,5`,
      says: 'mean is "10,5"; expected a number',
    },
    {
      what: 'a number with its unit',
      from: 'mean: 10.5',
      to: `mean: ${HERE}10.5 dB`,
      says: 'mean is "10.5 dB"; expected a number',
    },
    {
      what: 'a negative SD',
      from: '        sd: 2.5',
      to: `        sd: ${HERE}-2.5`,
      says: 'sd is -2.5; expected at least 0',
    },
    {
      what: 'an entry that says nothing',
      from: '- { group: all, missing: not_reported }',
      to: `- ${HERE}{ group: all }`,
      says: 'the entry gives no number and no reason; expected a number, or missing: with the reason',
    },
  ])('$what', told)

  test('more events than people, of which a sum was made', () => {
    const { text, mistakes } = marked(
      changed(
        '        events: 12',
        `        events: ${HERE}12`,
        changed(
          'quote: lost, span: "8" }',
          `quote: lost, span: ${HERE}"8" }`,
          changed('        events: 8\n        total: 20', `        events: ${HERE}21\n        total: 20`),
        ),
      ),
      'events 21 is more than total 20; expected at most 20',
      'events is 21, but "8" gives 8; correct the one that is wrong',
      'events is 12, but its formula gives 25',
    )
    expect(mistakesIn(text)).toEqual(mistakes)
  })

  test('a number without a source', () => {
    const { text, mistakes } = marked(
      changed(
        '          - { field: sd, role: value, quote: loudness, span: "2.5" }\n',
        '',
        changed('        sd: 2.5', `        sd: ${HERE}2.5`),
      ),
      'sd has no source; expected a quote with role value or denominator, or a derivation',
    )
    expect(mistakesIn(text)).toEqual(mistakes)
  })

  test('what follows from a number of the wrong shape is not told again', () => {
    const { text, mistakes } = marked(
      changed('        events: 8', `        events: ${HERE}eight`),
      'events is "eight"; expected a whole number',
    )
    expect(mistakesIn(text)).toEqual(mistakes)
  })

  test.each<Mistake>([
    {
      what: 'an interval the wrong way round',
      from: '    unit: dB\n',
      to: `    unit: dB\n    analyses:\n      - { comparison: overall, measure: mean_difference, ci_lower: ${HERE}10.5, ci_upper: 2.5, quotes: [{ field: ci_lower, role: value, quote: loudness, span: "10.5" }, { field: ci_upper, role: value, quote: loudness, span: "2.5" }] }\n`,
      says: 'ci_lower 10.5 is more than ci_upper 2.5; expected at most 2.5',
    },
    {
      what: 'a p value above 1',
      from: '    unit: dB\n',
      to: `    unit: dB\n    analyses:\n      - { comparison: overall, p_operator: =, p_value: ${HERE}2.5, quotes: [{ field: p_value, role: value, quote: loudness, span: "2.5" }] }\n`,
      says: 'p_value is 2.5; expected at most 1',
    },
    {
      what: 'a dose without its unit',
      from: '{ code: plain, label: Plain tea, role: active_comparator }',
      to: `{ code: plain, label: Plain tea, role: active_comparator, interventions: [${HERE}{ intervention: tea, dose: 14, quotes: [{ field: dose, role: value, quote: loudness, span: "14" }] }] }\n\ninterventions:\n  - { code: tea, name: Tea, kind: other }`,
      says: 'dose and dose_unit go together; expected both or neither',
    },
  ])('$what', told)
  test('a p value without its sign', () => {
    const { text, mistakes } = marked(
      changed(
        '    unit: dB\n',
        `    unit: dB\n    analyses:\n      - ${HERE}{ comparison: overall, p_value: 1, quotes: [{ field: p_value, role: value, quote: burped, span: One }] }\n`,
        changed('\narms:', '  - { code: burped, section: results, words: One drinker in each group burped. }\n\narms:'),
      ),
      'p_value and p_operator go together; expected both or neither',
    )
    expect(mistakesIn(text)).toEqual(mistakes)
  })
})
