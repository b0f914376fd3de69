import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { readStudyFile } from '../../../src/import/study-file/read-study-file.ts'
import { SEED_FILE } from '../../scratch.ts'
import { HERE, INVENTED, marked, mistakesIn } from './invented-study.ts'

const read = (text: string) => readStudyFile(Buffer.from(text), 'study.json')
const invented = parse(INVENTED) as { study: Record<string, unknown> }

describe('JSON is read as YAML is', () => {
  test.each([
    { how: 'on one line', space: undefined },
    { how: 'indented with spaces', space: 2 },
    { how: 'indented with tabs', space: '\t' },
  ])('$how', ({ space }) => {
    const yaml = readFileSync(SEED_FILE)
    const json = JSON.stringify(parse(yaml.toString()), null, space)
    expect(read(json)).toEqual(readStudyFile(yaml, 'study.yaml'))
  })

  test('with every escape that JSON has', () => {
    const json = JSON.stringify({ ...invented, study: { ...invented.study, note: 'HERE' } })
    const escaped = '\\u0041 \\" \\\\ \\/ \\b\\f\\n\\r\\t \\u00e9 \\ud83e\\uddec'
    expect(read(json.replace('HERE', escaped)).rows.study[0]?.note).toBe(JSON.parse(`"${escaped}"`))
  })

  test('with its byte order mark', () => {
    expect(read(`\uFEFF${JSON.stringify(invented)}`)).toEqual(read(INVENTED))
  })
})

test.each([undefined, 2, '\t'])(
  'mistakes of a JSON file are told at their line and column (indented by %j)',
  (space) => {
    const json = JSON.stringify(invented, null, space)
    const { text, mistakes } = marked(
      json
        .replace(/("allocation": ?)"randomised"/, `$1${HERE}"tossed"`)
        .replace(/("format": ?1,)(\s*)/, `$1$2${HERE}"colour": "red",$2`)
        .replace(/("comparisons": ?\[\s*)/, `$1${HERE}`)
        .replace(/("reference": ?)"plain"/, '$1"honey"')
        .replace(/("span": ?)"2.5"/, `$1${HERE}"5.2"`),
      expect.stringMatching(/^unknown key "colour"; expected one of: format, /) as unknown as string,
      'allocation is "tossed"; expected one of: randomised, non_randomised, not_applicable, or { missing: … }',
      '"honey" is compared with itself; expected two groups',
      'span not found in the quote "loudness": the words "5.2" are not there; expected the exact words of the text',
    )
    const [first = '', ...others] = mistakesIn(text)
    expect(others).toEqual(mistakes.slice(1))
    expect(first).toMatch(new RegExp(`^${(mistakes[0] ?? '').split(': ')[0]}: unknown key "colour"; `))
  },
)
