import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type EvidenceError, readVocabulary } from '../../src/index.ts'
import { VOCABULARIES } from '../vocabularies.ts'

const RoB2 = readFileSync(new URL('../../seeds/vocabularies/rob-2.yaml', import.meta.url), 'utf8')

describe('the tools that come with Evibase', () => {
  const read = (code: string) => VOCABULARIES.find(({ tool }) => tool.code === code)
  const codes = (list: readonly { readonly code: string }[] = []) => list.map(({ code }) => code)

  test.each([
    { code: 'rob-1', id: 'rob-1/2011', doi: '10.1136/bmj.d5928', domains: 7, judgements: ['low', 'unclear', 'high'] },
    {
      code: 'rob-2',
      id: 'rob-2/2019-08-22',
      doi: '10.1136/bmj.l4898',
      domains: 5,
      judgements: ['low', 'some_concerns', 'high'],
    },
    {
      code: 'robins-i',
      id: 'robins-i/2016-08-01',
      doi: '10.1136/bmj.i4919',
      domains: 7,
      judgements: ['low', 'moderate', 'serious', 'critical', 'no_information'],
    },
  ])('$code has $domains domains and an overall judgement', ({ code, id, doi, domains, judgements }) => {
    const vocabulary = read(code)
    expect(vocabulary?.tool).toMatchObject({ id, code, doi })
    expect(vocabulary?.domains.filter(({ overall }) => !overall)).toHaveLength(domains)
    expect(vocabulary?.domains.at(-1)).toMatchObject({ overall: true, id: `${id}/overall` })
    expect(codes(vocabulary?.judgements)).toEqual(judgements)
  })

  test('no information has no severity, and all other judgements go from least to most', () => {
    expect(read('robins-i')?.judgements.map(({ severity }) => severity)).toEqual([1, 2, 3, 4, null])
  })

  test('keep the order of their files, by position', () => {
    for (const { domains, judgements } of VOCABULARIES)
      for (const list of [domains, judgements])
        expect(list.map(({ position }) => position)).toEqual(list.map((_, index) => index + 1))
  })
})

test.each([
  {
    what: 'a domain twice',
    from: 'code: deviations',
    to: 'code: randomisation',
    says: '14:13: "randomisation" is given',
  },
  {
    what: 'two overalls',
    from: 'from intended interventions }',
    to: 'elsewhere, overall: true }',
    says: 'a second overall',
  },
  { what: 'severities that fall', from: 'severity: 3', to: 'severity: 1', says: 'severity 1 after 2; expected' },
  { what: 'a key of its own', from: 'citation:', to: 'cites:', says: 'unknown key "cites"' },
  {
    what: 'no version',
    from: 'version: "2019-08-22"',
    to: 'version: second',
    says: 'version is "second"; expected a date',
  },
  { what: 'nothing', from: RoB2, to: '', says: '1:1: the file is empty; expected a vocabulary' },
])('a vocabulary with $what is refused at its line', ({ from, to, says }) => {
  const changed = RoB2.replace(from, to)
  expect(changed).not.toBe(RoB2)
  let thrown: unknown
  try {
    readVocabulary(Buffer.from(changed), 'rob-2.yaml')
  } catch (error) {
    thrown = error
  }
  expect(thrown).toMatchObject({ code: 'STUDY_FILE_INVALID' })
  expect((thrown as EvidenceError).message).toContain(says)
})
