import { describe, expect, test } from 'vitest'
import { readRobvisFile } from '../../../src/import/robvis/read-robvis-file.ts'

const read = (text: string, tool?: Parameters<typeof readRobvisFile>[2]) =>
  readRobvisFile(new TextEncoder().encode(text), 'judgements.csv', tool)
const TOOL = {
  code: 'two',
  version: '1',
  domains: [
    { label: 'Randomisation', overall: false },
    { label: 'Missing data', overall: false },
    { label: 'All together', overall: true },
  ],
}

test('columns are domains, in the words of the tool where they only have numbers, and an answer has its degree', () => {
  const table = read(
    'Study,D1,D2,Overall,Weight\nAdams 2001,Low,some concerns,High risk of bias,2.5\n,NA,No information,,0\n',
    TOOL,
  )
  expect(table).toEqual({
    tool: 'two',
    version: '1',
    domains: [
      { label: 'Randomisation', isOverall: false },
      { label: 'Missing data', isOverall: false },
      { label: 'Overall', isOverall: true },
    ],
    rows: [
      {
        name: 'Adams 2001',
        weight: 2.5,
        judgements: [
          { words: 'Low', severity: 1 },
          { words: 'Some concerns', severity: 2 },
          { words: 'High', severity: 3 },
        ],
      },
      { name: '2', weight: 0, judgements: [undefined, { words: 'No information', severity: null }, undefined] },
    ],
  })
})

test('names of columns are kept, with the spaces that R writes as dots', () => {
  expect(
    read('Study,Allocation.concealment,St. Mary check\nA,Low,Low\n', TOOL).domains.map(({ label }) => label),
  ).toEqual(['Allocation concealment', 'St. Mary check'])
})

describe('a mistake is told with its place:', () => {
  test.each([
    {
      what: 'a judgement',
      text: 'Study,D1\nA,Low\nB,Lowish\n',
      says: 'judgements.csv:3:3: "Lowish" is no judgement; expected Low, Some',
    },
    { what: 'a weight', text: 'Study,D1,Weight\nA,Low,much\n', says: ':2:7: the weight is "much"; expected a number' },
    { what: 'a missing weight', text: 'Study,D1,Weight\nA,Low,NA\n', says: ':2:7: the weight is "NA"' },
    { what: 'no domain', text: 'Study,Overall\nA,Low\n', says: ':1:1: there is no domain' },
    {
      what: 'another number of domains',
      text: 'Study,D1\nA,Low\n',
      tool: TOOL,
      says: ':1:7: there are 1 domains; expected 2, those of two',
    },
    { what: 'an empty file', text: '', says: 'the file is empty' },
  ])('$what', ({ text, tool, says }) => {
    expect(() => read(text, tool)).toThrow(
      expect.objectContaining({ code: 'IMPORT_FILE_INVALID', message: expect.stringContaining(says) }),
    )
  })
})
