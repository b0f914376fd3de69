import { describe, expect, test } from 'vitest'
import { changed, HERE, type Mistake, marked, mistakesIn, told } from './invented-study.ts'

describe('derivations', () => {
  test.each<Mistake>([
    {
      what: 'a formula that gives another value',
      from: '        events: 12',
      to: `        events: ${HERE}13`,
      says: 'events is 13, but its formula gives 12',
    },
    {
      what: 'a formula with a name that is no input',
      from: 'formula: honey + plain',
      to: `formula: ${HERE}honey + sugar`,
      says: 'the formula has no value: expected a number, "(" or one of the inputs (honey, plain) before "sugar"',
    },
    {
      what: 'a formula that divides by zero',
      from: 'formula: honey + plain',
      to: `formula: ${HERE}honey / (plain - 4)`,
      says: 'the formula has no value: it divides by zero, or its numbers are too large',
    },
    {
      what: 'a formula of 100,000 parentheses',
      from: 'formula: honey + plain',
      to: `formula: ${HERE}"${'('.repeat(100_000)}honey"`,
      says: 'the formula has no value: more than 100 parentheses or signs lie within each other',
    },
    {
      what: 'an input from a row that is none',
      from: 'plain: lost-plain.events }',
      to: `plain: ${HERE}lost-plane.events }`,
      says: 'no ref has the code "lost-plane"; expected one of: lost-honey, lost-plain, lost-all',
    },
    {
      what: 'an input that is no number',
      from: 'plain: lost-plain.events }',
      to: `plain: ${HERE}lost-plain.group }`,
      says: `"lost-plain.group" is no number; expected a row's ref and one of its number fields, such as lost-plain.events`,
    },
    {
      what: 'an input without its field',
      from: 'plain: lost-plain.events }',
      to: `plain: ${HERE}lost-plain }`,
      says: `"lost-plain" is no number; expected a row's ref and one of its number fields, such as lost-plain.events`,
    },
    {
      what: 'a derivation of a field without a value',
      from: 'plain: lost-plain.events }\n',
      to: `plain: lost-plain.events }\n          - { field: ${HERE}mean, formula: "1", inputs: {} }\n`,
      says: 'the entry has no value in "mean"; expected one of: events, total',
    },
    {
      what: 'a derivation of words',
      from: '    within: burp\n',
      to: `    within: burp\n    derived:\n      - { field: ${HERE}term, formula: "1", inputs: {} }\n`,
      says: '"term" is no number; a formula gives only numbers',
    },
    {
      what: 'a second derivation of a field',
      from: 'plain: lost-plain.events }\n',
      to: `plain: lost-plain.events }\n          - { field: ${HERE}events, formula: "12", inputs: {} }\n`,
      says: 'the derivation of this field is given twice; expected it once',
    },
  ])('$what', told)

  test('a number that was made of itself', () => {
    const { text, mistakes } = marked(
      changed(
        '            inputs: { honey: lost-honey.events,',
        `            inputs: ${HERE}{ honey: lost-all.events,`,
        changed('        events: 12', `        events: ${HERE}12`),
      ),
      'events is 12, but its formula gives 16',
      '"lost-all.events" is derived from itself; expected inputs that were read from a source',
    )
    expect(mistakesIn(text)).toEqual(mistakes)
  })

  test('two numbers that were made of each other', () => {
    const { text, mistakes } = marked(
      changed(
        '          - { field: events, role: value, quote: lost, span: "4" }\n',
        '',
        changed(
          '        total: 19\n        quotes:',
          `        total: 19\n        derived:\n          - { field: events, formula: all - 8, inputs: ${HERE}{ all: lost-all.events } }\n        quotes:`,
          changed('            inputs: { honey', `            inputs: ${HERE}{ honey`),
        ),
      ),
      '"lost-plain.events" is derived from itself; expected inputs that were read from a source',
      '"lost-all.events" is derived from itself; expected inputs that were read from a source',
    )
    expect(mistakesIn(text)).toEqual(mistakes)
  })
})
