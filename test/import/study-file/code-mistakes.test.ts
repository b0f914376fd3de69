import { describe, expect, test } from 'vitest'
import { changed, HERE, type Mistake, marked, mistakesIn, told } from './invented-study.ts'

describe('codes', () => {
  test.each<Mistake>([
    {
      what: 'an arm that no arm is',
      from: 'arms: [plain]',
      to: `arms: [${HERE}plane]`,
      says: 'no arm has the code "plane"; expected one of: honey, plain',
    },
    {
      what: 'a code that is given twice',
      from: '  - { code: drinkers,',
      to: `  - { code: drinkers, kind: randomised, label: other }\n  - { code: ${HERE}drinkers,`,
      says: 'the analysis set code "drinkers" is given twice; expected each only once',
    },
    {
      what: 'a subgroup where none is defined',
      from: 'arms: [plain]',
      to: `arms: [plain], subgroups: [${HERE}old]`,
      says: 'no subgroup has the code "old"; the file defines no subgroup',
    },
    {
      what: 'a timepoint that is none',
      from: '        timepoint: soon',
      to: `        timepoint: ${HERE}later`,
      says: 'no timepoint has the code "later"; expected one of: soon',
    },
    {
      what: 'a comparison that is none',
      from: '    unit: dB\n',
      to: `    unit: dB\n    analyses:\n      - { comparison: ${HERE}other, finding: louder }\n`,
      says: 'no comparison has the code "other"; expected one of: overall',
    },
    {
      what: 'a section that is none',
      from: '    section: results\n    words: After',
      to: `    section: ${HERE}methods\n    words: After`,
      says: 'no section has the code "methods"; expected one of: results',
    },
    {
      what: 'a quote that is none',
      from: 'quote: loudness, span: "2.5"',
      to: `quote: ${HERE}loud, span: "2.5"`,
      says: 'no quote has the code "loud"; expected one of: lost, loudness, by-table',
    },
    {
      what: 'a group that is compared with itself',
      from: '  - { code: overall, experimental: honey, reference: plain }',
      to: `  - ${HERE}{ code: overall, experimental: honey, reference: honey }`,
      says: '"honey" is compared with itself; expected two groups',
    },
    {
      what: 'a harm within itself',
      from: '    within: burp',
      to: `    within: ${HERE}loud-burp`,
      says: '"loud-burp" lies within itself; expected a wider harm',
    },
    {
      what: 'a harm within one that is none',
      from: '    within: burp',
      to: `    within: ${HERE}hiccup`,
      says: 'no adverse event has the code "hiccup"; expected one of: burp, loud-burp',
    },
    {
      what: 'an outcome within itself',
      from: '    label: Hiccups lost\n',
      to: `    label: Hiccups lost\n    within: ${HERE}lost\n`,
      says: '"lost" lies within itself; expected a wider outcome',
    },
    {
      what: 'an outcome within one that is none',
      from: '    label: Hiccups lost\n',
      to: `    label: Hiccups lost\n    within: ${HERE}burp\n`,
      says: 'no outcome has the code "burp"; expected one of: lost, loudness',
    },
    {
      what: 'an arm that is twice in a group',
      from: 'arms: [plain]',
      to: `arms: [plain, ${HERE}plain]`,
      says: 'this arm of the group is given twice; expected it once',
    },
  ])('$what', told)

  test('two harms within each other', () => {
    const { text, mistakes } = marked(
      changed(
        '    term: Burp',
        `    term: Burp\n    within: ${HERE}loud-burp`,
        changed('    within: burp', `    within: ${HERE}burp`),
      ),
      '"burp" lies within itself; expected a wider harm',
      '"loud-burp" lies within itself; expected a wider harm',
    )
    expect(mistakesIn(text)).toEqual(mistakes)
  })

  test('a code of the wrong shape is told once, and not also where it is named', () => {
    const { text, mistakes } = marked(
      changed('{ code: drinkers,', `{ code: ${HERE}Drinkers,`),
      'code is "Drinkers"; expected a code: lower-case letters and digits in words joined by hyphens',
    )
    expect(mistakesIn(text)).toEqual(mistakes)
  })
})

describe('timepoints', () => {
  const soon = 'kind: at, label: 14 minutes, from: 0.01, unit: days }'
  test.each<Mistake>([
    {
      what: 'a time without its unit',
      from: `  - { code: soon, ${soon}`,
      to: `  - ${HERE}{ code: soon, kind: at, label: 14 minutes, from: 0.01 }`,
      says: `the times don't fit the kind "at"; expected from and unit, and no to`,
    },
    {
      what: 'a time of the report with a number',
      from: `  - { code: soon, ${soon}`,
      to: `  - ${HERE}{ code: soon, kind: at_report, label: then, from: 1, unit: days }`,
      says: `the times don't fit the kind "at_report"; expected neither from, to nor unit`,
    },
    {
      what: 'a range without its end',
      from: `  - { code: soon, ${soon}`,
      to: `  - ${HERE}{ code: soon, kind: over, label: then, from: 1, unit: days }`,
      says: `the times don't fit the kind "over"; expected from, to and unit`,
    },
    {
      what: 'a range from its end',
      from: soon,
      to: `kind: over, label: then, from: ${HERE}2, to: 1, unit: days }`,
      says: 'from 2 is after to 1; expected the earlier time first',
    },
    {
      what: 'a unit that is none',
      from: soon,
      to: `kind: at, label: then, from: 1, unit: ${HERE}fortnights }`,
      says: 'unit is "fortnights"; expected one of: days, weeks, months, years',
    },
  ])('$what', told)
})
