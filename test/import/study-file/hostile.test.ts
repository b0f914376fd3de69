import { describe, expect, test } from 'vitest'
import { readStudyFile } from '../../../src/import/study-file/read-study-file.ts'
import { changed, HERE, INVENTED, marked, mistakesIn } from './invented-study.ts'

const bigEndian = (text: string) => Buffer.from(text, 'utf16le').swap16()
const read = (text: string) => readStudyFile(Buffer.from(text), 'study.yaml')

describe('another encoding is refused at the first byte that tells it', () => {
  test.each([
    {
      what: 'UTF-16, big end first, with its mark',
      content: bigEndian(`\uFEFF${INVENTED}`),
      says: '1:1: a byte that is not UTF-8; save the file as UTF-8',
    },
    {
      what: 'UTF-16, big end first, without it',
      content: bigEndian(INVENTED),
      says: '1:1: a zero byte; expected a text file in UTF-8',
    },
    {
      what: 'UTF-16 with half a character at its end',
      content: Buffer.from(INVENTED, 'utf16le').subarray(0, -1),
      says: '1:1: a zero byte; expected a text file in UTF-8',
    },
    {
      what: 'UTF-32 with its mark',
      content: Buffer.from([0xff, 0xfe, 0, 0, 0x66, 0, 0, 0]),
      says: '1:1: a byte that is not UTF-8; save the file as UTF-8',
    },
    {
      what: 'a surrogate pair as two characters of three bytes',
      content: Buffer.concat([Buffer.from(`${INVENTED}# `), Buffer.from([0xed, 0xa0, 0xbe, 0xed, 0xb7, 0xac])]),
      says: `${INVENTED.split('\n').length}:1: a byte that is not UTF-8; save the file as UTF-8`,
    },
    {
      what: 'a zero byte at the end',
      content: `${INVENTED}\0`,
      says: `${INVENTED.split('\n').length}:1: a zero byte; expected a text file in UTF-8`,
    },
    {
      what: 'nothing but zero bytes',
      content: Buffer.alloc(1_000_000),
      says: '1:1: a zero byte; expected a text file in UTF-8',
    },
  ])('$what', ({ content, says }) => {
    expect(mistakesIn(content)).toEqual([says])
  })
})

describe('values that are nearly right', () => {
  test.each([
    { what: 'a count in quotes', from: 'events: 12', to: `events: ${HERE}"12"`, given: '"12"' },
    {
      what: 'a count with a word',
      from: 'events: 12',
      to: `events: ${HERE}12 people`,
      given: '"12 people"',
    },
    { what: 'a count with a separator', from: 'events: 12', to: `events: ${HERE}1_000`, given: '"1_000"' },
    { what: 'a yes that YAML 1.1 knew', from: 'events: 12', to: `events: ${HERE}yes`, given: '"yes"' },
    { what: 'a day', from: 'events: 12', to: `events: ${HERE}2001-01-01`, given: '"2001-01-01"' },
  ])('$what', ({ from, to, given }) => {
    const { text, mistakes } = marked(changed(from, to), `events is ${given}; expected a whole number`)
    expect(mistakesIn(text)).toEqual(mistakes)
  })
})

describe('keys that YAML or JavaScript has plans for', () => {
  const known =
    'slug, label, title, acronym, type, allocation, intervention_model, masking, phase, purpose, objective, authors_conclusion, start_date, end_date, identifiers, note, quotes, derived, corrections'
  const inStudy = (line: string) => changed('  label: Invented 2001', `  label: Invented 2001\n  ${line}`)

  test.each([
    { what: 'a merge', line: `${HERE}<<: { note: merged }`, key: '<<' },
    { what: 'a merge of a list', line: `${HERE}<<: [{ note: merged }]`, key: '<<' },
    { what: '__proto__ in quotes', line: `${HERE}"__proto__": { note: inherited }`, key: '__proto__' },
    { what: '__proto__ by its escape', line: `${HERE}"\\u005f_proto__": { note: inherited }`, key: '__proto__' },
    { what: 'prototype', line: `${HERE}prototype: { note: inherited }`, key: 'prototype' },
    { what: '__defineGetter__', line: `${HERE}__defineGetter__: x`, key: '__defineGetter__' },
  ])('$what', ({ line, key }) => {
    const { text, mistakes } = marked(inStudy(line), `unknown key "${key}"; expected one of: ${known}`)
    expect(mistakesIn(text)).toEqual(mistakes)
    expect({}).not.toHaveProperty('note')
  })

  test('a prototype that has what the file lacks stands for nothing', () => {
    const text = changed(
      '  title: Honey tea against plain tea for hiccups, an invented study\n',
      '  __proto__: { title: Honey tea }\n',
    )
    expect(mistakesIn(text)).toEqual([
      '5:3: title is missing; expected text',
      `7:3: unknown key "__proto__"; expected one of: ${known}`,
    ])
  })
})

describe('what makes a parser work without end', () => {
  const tooDeep = /^\d+:\d+: more than 100 lists and maps lie within each other; expected a study$/

  test.each([
    {
      what: 'maps on lines of their own',
      text: Array.from({ length: 1_500 }, (_, at) => `${' '.repeat(at)}a:\n`).join(''),
    },
    { what: 'lists and maps in turn', text: `a: ${'[{a: '.repeat(100_000)}` },
    { what: 'questions', text: '? '.repeat(100_000) },
    { what: 'lists that are never closed, below a good study', text: `${INVENTED}deep: ${'['.repeat(20_000)}` },
  ])('nesting: $what', ({ text }) => {
    expect(mistakesIn(text)).toEqual([expect.stringMatching(tooDeep)])
  })

  // What is nothing but mistakes or signs is not read to its end: the reader says so, and stops.
  const noFurther = /this is the last of 1,000 mistakes|more than 500,000 words and signs/
  test.each([
    { what: 'quotation marks', text: '"'.repeat(200_000) },
    { what: 'closing brackets', text: ']'.repeat(200_000) },
    { what: 'anchors', text: '&a '.repeat(200_000) },
    { what: 'tags', text: '!!str '.repeat(200_000) },
    { what: 'commas in a list', text: `a: [${','.repeat(200_000)}]` },
    { what: 'texts after texts', text: 'k: "a" b\n'.repeat(200_000) },
    { what: 'lines indented with tabs', text: '\tk: v\n'.repeat(200_000) },
    { what: 'escapes that mean nothing', text: `a: "${'\\q'.repeat(200_000)}"` },
    { what: 'directives', text: '%\n'.repeat(200_000) },
    { what: 'aliases', text: '*a\n'.repeat(200_000) },
    { what: 'keys that are one', text: 'k: v\n'.repeat(200_000) },
    { what: 'comments', text: '#\n'.repeat(600_000) },
    { what: 'entries', text: '- a\n'.repeat(300_000) },
  ])('packed with $what', ({ text }) => {
    const mistakes = mistakesIn(text)
    expect(mistakes.length).toBeGreaterThan(0)
    expect(mistakes.at(-1)).toMatch(noFurther)
    expect(mistakes.join('')).not.toMatch(/f\.yaml has|undefined|NaN/)
  })

  test.each([
    { what: 'colons', text: ': '.repeat(200_000) },
    { what: 'documents', text: '---\n'.repeat(200_000) },
    { what: 'spaces before a key', text: `a: b\n${' '.repeat(1_000_000)}c: d` },
    { what: 'digits', text: INVENTED.replace('events: 12', `events: ${'9'.repeat(200_000)}`) },
  ])('packed with $what, where the first of them is mistake enough', ({ text }) => {
    expect(mistakesIn(text)).toHaveLength(1)
  })

  test('a text of a million characters is a text', () => {
    const note = 'word '.repeat(200_000).trim()
    const text = changed('  label: Invented 2001', `  label: Invented 2001\n  note: ${note}`)
    expect(read(text).rows.study[0]?.note).toBe(note)
  })
})
