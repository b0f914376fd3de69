import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { EvidenceError } from '../../../src/errors.ts'
import { readStudyFile } from '../../../src/import/study-file/read-study-file.ts'
import { fixture, mistakesIn } from './invented-study.ts'

const bytes = readFileSync(fixture('many-mistakes.yaml'))

// Lines and columns were counted in the file.
test('all mistakes of a file are told in one go, in the order of its lines', () => {
  const said = mistakesIn(bytes)
  expect(said.map((mistake) => mistake.replace(/; expected one of: (?=slug).*/, '; expected one of: …'))).toEqual([
    '6:3: unknown key "lable"; expected one of: …',
    '8:10: title is 2002; expected text (put it in quotes)',
    '10:15: allocation is "tossed"; expected one of: randomised, non_randomised, not_applicable, or { missing: … }',
    '12:23: missing is "forgotten"; expected one of: not_reported, not_split_by_arm, not_estimable, not_reached, zero_at_risk, not_assessed, not_applicable, unclear',
    '20:16: published is "1993-02-30"; expected a date such as "1993", "1993-04" or "1993-04-21", in quotes',
    '32:44: quote not found in Results: the words "Of 14 mice 9 danced" are not there; the text goes on with "sang, and of 15 rats 9 sang." after "Of 14 mice 9 "',
    '33:44: quote not found in Results: the words "sang" are there 2 times; say which with occurrence',
    '38:13: the arm code "mice" is given twice; expected each only once',
    '42:39: no arm has the code "rats"; expected one of: mice',
    '45:5: "mice" is compared with itself; expected two groups',
    `48:5: the times don't fit the kind "at"; expected from and unit, and no to`,
    '59:17: events 15 is more than total 14; expected at most 14',
    '62:63: span not found in the quote "whole": the words "4" are not there by themselves, only within a longer number: "Of 14 mice 9 sang"',
    '66:17: events is -9; expected at least 0',
    '67:16: total has no source; expected a quote with role value or denominator, or a derivation',
    '70:17: events is 24, but its formula gives 30',
  ])
})

test('the error gives them as an editor can jump to them, and says that nothing was loaded', () => {
  let message = ''
  try {
    readStudyFile(bytes, 'studies/many.yaml')
  } catch (error) {
    if (error instanceof EvidenceError) message = error.message
  }
  const [first, ...lines] = message.split('\n')
  expect(first).toBe('studies/many.yaml has 16 mistakes; nothing was loaded.')
  expect(lines).toHaveLength(16)
  expect(lines.filter((line) => !/^studies\/many\.yaml:\d+:\d+: \S/.test(line))).toEqual([])
})

test('of thousands of mistakes a hundred are printed, and all are in the details', () => {
  const text = Array.from({ length: 251 }, (_, index) => `k${index}: 1\n`).join('')
  let error: unknown
  try {
    readStudyFile(Buffer.from(text), 'a.yaml')
  } catch (thrown) {
    error = thrown
  }
  expect(error).toBeInstanceOf(EvidenceError)
  const { message, details } = error as EvidenceError
  // 251 unknown keys, and the four that every study has: format, study, publications, extractions.
  expect(details.issues).toHaveLength(255)
  expect(message.split('\n')).toHaveLength(102)
  expect(message.split('\n').at(-1)).toBe('… and 155 more')
})
