import { expect, test } from 'vitest'
import { namedBy } from '../../src/checks/named-arms.ts'

const ARMS = new Map([
  ['il2', ['IL-2', 'IL-2 alone']],
  ['il2-lak', ['IL-2 plus LAK cells']],
  ['placebo', ['Placebo']],
])

test.each([
  ['patients who received IL-2 plus LAK cells', ['il2-lak']],
  ['with IL‐2 Alone', ['il2']],
  ['IL-2 plus  LAK\ncells and IL-2', ['il2-lak', 'il2']],
  ['PLACEBO', ['placebo']],
  ['the former group', []],
  ['IL-21 and placebos', []],
  ['', []],
])('%j names %j', (words, arms) => {
  expect([...namedBy(words, ARMS)]).toEqual(arms)
})

test('a label that two arms have names both', () => {
  const both = new Map([
    ['low', ['aspirin']],
    ['high', ['aspirin']],
  ])
  expect([...namedBy('given aspirin', both)]).toEqual(['low', 'high'])
})
