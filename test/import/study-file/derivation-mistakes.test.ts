import { describe, expect, test } from 'vitest'
import { NAMED_FORMULAS } from '../../../src/stats/derivations/named-formulas.ts'
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
      what: 'a named formula that says why it has no value',
      from: 'formula: honey + plain',
      to: `formula: ${HERE}count_of_percent(honey, plain * 10000, 0)\n            assumption: All drank.`,
      says: 'the formula has no value: count_of_percent is not estimable: 8% of 40000 fits every whole number from 3000 to 3400',
    },
    {
      what: 'a named formula that there is none of',
      from: 'formula: honey + plain',
      to: `formula: ${HERE}summe(honey, plain)`,
      says: `the formula has no value: no formula is named "summe"; expected one of: ${Object.keys(NAMED_FORMULAS).join(', ')}`,
    },
    {
      what: 'a formula that assumes something, without its assumption',
      from: '          - field: events\n            formula: honey + plain',
      to: `          - ${HERE}field: events\n            formula: honey + plain + 0 * sd_of_range_wan(1, 2, 20)`,
      says: 'sd_of_range_wan assumes that the values of the group are normally distributed; expected assumption: with why that may be said here',
    },
    ...['__proto__', 'constructor', 'Honey', '_honey', 'a-b'].map((name) => ({
      what: `an input by the name ${name}`,
      from: '            inputs: { honey:',
      to: `            inputs: { ${HERE}${name}: lost-plain.events, honey:`,
      says: `the name "${name}" is none; expected a name for the formula: lower-case letters, digits and _`,
    })),
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

  describe('of a p value', () => {
    const analysis = (operator: string, derived: string) =>
      changed(
        '\narms:\n',
        `  - { code: p, section: results, words: P ${operator} .05 }\n\narms:\n`,
        changed('in each group burped.', `in each group burped, P ${operator} .05.`, withAnalysis(operator, derived)),
      )
    const withAnalysis = (operator: string, derived: string) =>
      changed(
        '  - code: loudness\n    label',
        `    analyses:
      - ref: lost-compared
        comparison: overall
        measure: hazard_ratio
        estimate: 0.33
        p_operator: "${operator}"
        p_value: 0.05
        quotes:
          - { field: p_value, role: value, quote: p, span: ".05" }
        derived:
          ${HERE}- field: estimate
            formula: exp(log_hazard_ratio_of_p_and_group_events(p, 2, events, others, lower_in_experimental))
            inputs: { p: lost-compared.p_value, events: lost-honey.events, others: lost-plain.events }
${derived}  - code: loudness
    label`,
      ).replace('- field: estimate', 'field: estimate')

    // 8 · 4 / 12 = 8/3, and exp(−1.95996 / √(8/3)) = 0.3012.
    const SAID = '            assumption: Hazards are proportional; the test is a log-rank test.\n'

    test('a formula that assumes something is read with its assumption', () => {
      const text = analysis('=', SAID).replace('estimate: 0.33', 'estimate: 0.3').replace(HERE, '- ')
      expect(mistakesIn(text)).toEqual([])
    })

    test('an inequality is no value', () => {
      const { text, mistakes } = marked(
        analysis('<', '').replace('estimate: 0.33', 'estimate: 0.3').replace(HERE, `- ${HERE}${HERE}`),
        'log_hazard_ratio_of_p_and_group_events assumes that hazards are proportional, and the p value is that of a log-rank or Cox test without further covariates; expected assumption: with why that may be said here',
        '"lost-compared.p_value" is no p value but a bound, < 0.05; expected assumption: with what the result is then',
      )
      expect(mistakesIn(text)).toEqual(mistakes)
    })
  })
})
