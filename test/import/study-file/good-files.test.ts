import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readStudyFile } from '../../../src/import/study-file/read-study-file.ts'
import { SEED_FILE } from '../../scratch.ts'
import { changed, INVENTED } from './invented-study.ts'

const read = (content: string | Uint8Array) =>
  readStudyFile(typeof content === 'string' ? Buffer.from(content) : content, 'a.yaml')
/** Each quote with the words that stand at its place in the stored text. */
const places = (content: string | Uint8Array) => {
  const { rows, publications } = read(content)
  const bodies = new Map(publications.flatMap(({ publicationText }) => publicationText.map((text) => [text.id, text])))
  return rows.quote.map(({ words, publicationTextId, startOffset, endOffset }) => ({
    words,
    start: startOffset,
    end: endOffset,
    there:
      publicationTextId === null
        ? null
        : bodies.get(publicationTextId)?.body.slice(startOffset ?? undefined, endOffset ?? undefined),
  }))
}

describe('the invented study', () => {
  const record = read(INVENTED)

  test('has the rows that it describes', () => {
    const { rows, publications, vocabulary } = record
    expect(record.slug).toBe('invented-2001-honey')
    expect(publications).toHaveLength(1)
    expect(publications[0]?.publication).toMatchObject([
      { id: 'doi-10.5555/invented.2001', pmid: null, published: '2001-02', year: 2001 },
    ])
    expect(publications[0]?.source.map(({ id }) => id)).toEqual([
      'doi-10.5555/invented.2001/abstract',
      'doi-10.5555/invented.2001/table-1',
    ])
    expect(Object.values(vocabulary)).toEqual([[], [], [], [], [], []])
    expect(rows.study).toMatchObject([
      { masking: null, maskingMissingReason: 'not_reported', allocation: 'randomised', allocationMissingReason: null },
    ])
    expect(rows.studyGroupArm.map(({ studyGroupId, armId }) => `${studyGroupId} ${armId}`)).toEqual([
      'invented-2001-honey/all invented-2001-honey/honey',
      'invented-2001-honey/all invented-2001-honey/plain',
      'invented-2001-honey/honey invented-2001-honey/honey',
      'invented-2001-honey/plain invented-2001-honey/plain',
    ])
    expect(
      rows.outcomeMeasurement.map(({ id, events, total, mean, sd, derived }) => [id, events, total, mean, sd, derived]),
    ).toEqual([
      ['invented-2001-honey/m00001', 8, 20, null, null, false],
      ['invented-2001-honey/m00002', 4, 19, null, null, false],
      ['invented-2001-honey/m00003', 12, 39, null, null, true],
      ['invented-2001-honey/m00004', null, null, 10.5, 2.5, false],
    ])
    expect(rows.adverseEventTerm.map(({ id, parentId }) => [id, parentId])).toEqual([
      ['invented-2001-honey/burp', null],
      ['invented-2001-honey/loud-burp', 'invented-2001-honey/burp'],
    ])
  })

  test('ties each number to the words that say it', () => {
    const { quoteLink, quote } = record.rows
    const words = new Map(quote.map((row) => [row.id, row.words]))
    const spans = quoteLink.map(({ factId, role, quoteId, spanStart, spanEnd }) => [
      factId.slice('invented-2001-honey/outcome_measurement/'.length),
      role,
      words.get(quoteId)?.slice(spanStart ?? 0, spanEnd ?? 0),
    ])
    expect(spans).toEqual([
      ['m00001/events', 'value', '8'],
      ['m00001/total', 'denominator', '20'],
      ['m00002/events', 'value', '4'],
      ['m00002/total', 'denominator', '19'],
      ['m00003/total', 'denominator', '39'],
      ['m00004/mean', 'value', '10.5'],
      ['m00004/sd', 'value', '2.5'],
    ])
    expect(record.rows.fact.map(({ printed }) => printed)).toEqual(['8', '20', '4', '19', '39', null, '10.5', '2.5'])
  })

  test('ties the derived number to the numbers that it was made of', () => {
    expect(record.rows.derivation).toEqual([
      expect.objectContaining({
        factId: 'invented-2001-honey/outcome_measurement/m00003/events',
        formula: 'honey + plain',
        assumption: null,
      }),
    ])
    expect(record.rows.derivationInput.map(({ name, factId }) => [name, factId])).toEqual([
      ['honey', 'invented-2001-honey/outcome_measurement/m00001/events'],
      ['plain', 'invented-2001-honey/outcome_measurement/m00002/events'],
    ])
  })

  // Counted by hand in the body of the fixture.
  test('finds its quotes at their offsets, and gives one from a table none', () => {
    expect(places(INVENTED).map(({ start, end }) => [start, end])).toEqual([
      [0, 88],
      [89, 159],
      [null, null],
    ])
  })
})

const TWICE = `${INVENTED}# the end\n`
const EMOJI = changed('              Of 20 drinkers', '              😀 𝒳é Of 20 drinkers')

describe('the words stand at their place, whatever surrounds them', () => {
  test.each([
    { what: 'a file with a comment at its end', content: TWICE, start: 0 },
    { what: 'lines that end in CRLF', content: INVENTED.replaceAll('\n', '\r\n'), start: 0 },
    { what: 'a byte order mark', content: `\uFEFF${INVENTED}`, start: 0 },
    { what: 'marks of a document', content: `---\n${INVENTED}...\n`, start: 0 },
    // Two emoji of two units each, a letter, two spaces.
    { what: 'characters beyond 16 bits before a quote', content: EMOJI, start: 7 },
    {
      what: 'an anchor and its alias',
      content: changed('code: plain, label: Plain tea, arms: [plain]', 'code: &p plain, label: Plain tea, arms: [*p]'),
      start: 0,
    },
    { what: 'a tab after a colon', content: changed('label: Invented 2001', 'label:\tInvented 2001'), start: 0 },
    { what: 'a date without its quotes', content: changed('"2026-11-23"', '2026-11-23'), start: 0 },
  ])('$what', ({ content, start }) => {
    const [lost, loudness] = places(content)
    expect(lost).toMatchObject({ start, end: start + 88 })
    expect(loudness).toMatchObject({ start: start + 89, end: start + 159 })
    expect(lost?.there).toBe(lost?.words)
    expect(loudness?.there).toBe(loudness?.words)
  })

  test('words that are there twice are found by their number', () => {
    const content = changed(
      '    words: 12 of 39\n',
      '    words: 12 of 39\n  - { code: teas, section: results, words: tea, occurrence: 2 }\n',
    )
    // "Of 20 drinkers of honey tea 8 lost their hiccups, and of 19 drinkers of plain " has 78 letters.
    expect(places(content).at(-1)).toEqual({ words: 'tea', start: 78, end: 81, there: 'tea' })
  })
})

test('words that other languages read as yes and no are words', () => {
  const content = changed(
    'label: Plain tea, role',
    'label: no, role',
    changed('label: Honey tea, role', 'label: on, role'),
  )
  expect(read(content).rows.arm.map(({ label }) => label)).toEqual(['on', 'no'])
})

test('inputs of a formula may be called nearly like what every object has', () => {
  const content = changed(
    '{ honey: lost-honey.events, plain: lost-plain.events }',
    '{ tostring: lost-honey.events, valueof: lost-plain.events }',
    changed('honey + plain', 'tostring + valueof'),
  )
  expect(read(content).rows.derivationInput.map(({ name }) => name)).toEqual(['tostring', 'valueof'])
})

// Counted and digested from the published abstract itself, so that each letter is held without repeating it here.
const SECTIONS = [
  { label: 'Background', length: 193, sha256: '6a8a1b8134dc46ed5919bdb86c00903704eb7c2f691f706739d89c9192776d39' },
  { label: 'Purpose', length: 240, sha256: '1fb758a180159035514184fad72a623f8bd17a7318456452ac5843039f6cf186' },
  { label: 'Methods', length: 460, sha256: '9749e2fe6686c3a7e04e0b98d3ed5137ea29037d8e0892d4131863237534fc91' },
  { label: 'Results', length: 1185, sha256: '006423099a4cf9946c9eccf43b3618e2562ec4b6e5aa4538ec527b9739678d05' },
  { label: 'Conclusions', length: 321, sha256: '298d6f63cd5d86a2a70cd07d88770fb9dcf61c70cbd2c56f9e676d8f61b71663' },
  { label: 'Implications', length: 149, sha256: '62863e2d0f03a93ee0b08acec6d2d8ee726cc23a30779c4ea8c7bdc7f1ad54f5' },
]

describe('the first study', () => {
  const record = read(readFileSync(SEED_FILE))
  const texts = record.publications[0]?.publicationText ?? []

  test('has its six sections in order', () => {
    expect(texts.map(({ label, position }) => [position, label])).toEqual(
      SECTIONS.map(({ label }, index) => [index + 1, label]),
    )
  })

  test.each(SECTIONS)('$label is the published text, letter by letter', ({ label, length, sha256 }) => {
    const body = texts.find((text) => text.label === label)?.body ?? ''
    expect(body).toHaveLength(length)
    expect(createHash('sha256').update(body).digest('hex')).toBe(sha256)
  })

  test('has every quote where it says', () => {
    const found = places(readFileSync(SEED_FILE))
    expect(found.length).toBeGreaterThan(15)
    expect(found.filter(({ words, there }) => words !== there)).toEqual([])
  })
})
