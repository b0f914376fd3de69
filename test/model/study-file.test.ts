import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { type StudyFile, studyFileSchema } from '../../src/model/study-file.ts'
import { SEED_FILE } from '../scratch.ts'

const invented = (): StudyFile =>
  parse(readFileSync(fileURLToPath(new URL('../fixtures/study-files/invented-2001.yaml', import.meta.url)), 'utf8'))
const refused = (change: (file: Record<string, never>) => void) => {
  const file = invented()
  change(file as never)
  const result = studyFileSchema.safeParse(file)
  return result.success ? [] : result.error.issues.map(({ path, code }) => `${path.join('.')} ${code}`)
}

describe('the schema of study files', () => {
  test('takes the first study and the invented one, and changes nothing in them', () => {
    for (const file of [parse(readFileSync(SEED_FILE, 'utf8')), invented()])
      expect(studyFileSchema.parse(file)).toEqual(file)
  })

  test('takes spaces away around names, and none from the text of a source', () => {
    const file = invented()
    file.study.label = '  Invented 2001 '
    const body = ' Results with spaces around them. '
    const section = file.publications[0]?.sources[0]?.sections?.[0]
    if (section) section.body = body
    const read = studyFileSchema.parse(file)
    expect(read.study.label).toBe('Invented 2001')
    expect(read.publications[0]?.sources[0]?.sections?.[0]?.body).toBe(body)
  })

  test.each(['format', 'study', 'publications', 'extractions'])('needs %s', (key) => {
    expect(refused((file) => delete file[key])).toEqual([expect.stringMatching(new RegExp(`^${key} invalid_`))])
  })

  test.each(['slug', 'label', 'title', 'type', 'allocation', 'intervention_model', 'masking', 'phase', 'purpose'])(
    'needs the study’s %s, or the reason why it is missing',
    (key) => {
      expect(refused((file) => delete (file.study as never)[key])).toHaveLength(1)
    },
  )

  test.each(['Big', 'two words', 'ends-', '-begins', 'double--hyphen', 'ünicode', 'under_score', 'a/b', '', 'a+b'])(
    'takes no code “%s”',
    (code) => {
      expect(refused((file) => Object.assign((file.arms as never)[0], { code }))).toEqual([
        expect.stringMatching(/^arms\.0\.code invalid_format$/),
      ])
    },
  )

  // Keys are put together from a slug, a slash, and codes with plus signs between them: neither may be in a code.
  test('takes codes of letters, digits and hyphens up to 60 of them', () => {
    for (const code of ['a', '0', 'il2-lak', '2-x-3', 'a'.repeat(60)])
      expect(refused((file) => Object.assign((file.arms as never)[0], { code }))).toEqual([])
    expect(refused((file) => Object.assign((file.arms as never)[0], { code: 'a'.repeat(61) }))).toHaveLength(1)
  })

  test.each([
    { key: 'pmid', value: '8468720', fits: true },
    { key: 'pmid', value: '08468720', fits: false },
    { key: 'pmid', value: 'PMID 8468720', fits: false },
    { key: 'doi', value: '10.1093/jnci/85.8.622', fits: true },
    { key: 'doi', value: '10.1016/S0140-6736(05)17709-5', fits: false },
    { key: 'doi', value: '10.1016/s0140-6736(05)17709-5', fits: true },
    { key: 'doi', value: 'https://doi.org/10.1093/jnci/85.8.622', fits: false },
    { key: 'pmcid', value: 'PMC1234567', fits: true },
    { key: 'pmcid', value: '1234567', fits: false },
    { key: 'language', value: 'eng', fits: true },
    { key: 'language', value: 'English', fits: false },
    { key: 'published', value: '1993-04-21', fits: true },
    { key: 'published', value: '1993 Apr 21', fits: false },
  ])('a publication’s $key “$value”: $fits', ({ key, value, fits }) => {
    expect(refused((file) => Object.assign((file.publications as never)[0], { [key]: value }))).toHaveLength(
      fits ? 0 : 1,
    )
  })
})
