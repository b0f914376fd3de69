import { describe, expect, test } from 'vitest'
import { changed, HERE, INVENTED, marked, mistakesIn } from './invented-study.ts'

const TOP = 'format, study, publications, quotes, conditions, eligibility'

describe('what is no study file at all', () => {
  test.each([
    { what: 'an empty file', content: '', says: '1:1: the file is empty; expected a study' },
    { what: 'a file of spaces', content: ' \n\n  \n', says: '1:1: the file is empty; expected a study' },
    { what: 'only a comment', content: '# later\n', says: '1:1: the file is empty; expected a study' },
    { what: 'a list', content: '- a\n- b\n', says: `1:1: the file is a list; expected a map with the keys ${TOP} …` },
    { what: 'a word', content: 'hello\n', says: `1:1: the file is "hello"; expected a map with the keys ${TOP} …` },
    {
      what: 'nothing, spelled out',
      content: 'null',
      says: `1:1: the file is empty; expected a map with the keys ${TOP} …`,
    },
    {
      what: 'a second document',
      content: `${INVENTED}---\n${INVENTED}`,
      says: '127:1: a second document begins; expected one study in a file',
    },
    {
      what: 'UTF-16 with its mark',
      content: Buffer.from(`\uFEFF${INVENTED}`, 'utf16le'),
      says: '1:1: a byte that is not UTF-8; save the file as UTF-8',
    },
    {
      what: 'UTF-16 without it',
      content: Buffer.from(INVENTED, 'utf16le'),
      says: '1:1: a zero byte; expected a text file in UTF-8',
    },
    {
      what: 'Latin-1',
      content: Buffer.from(changed('Honey tea for', 'Honey té for'), 'latin1'),
      says: '19:1: a byte that is not UTF-8; save the file as UTF-8',
    },
    {
      what: 'a zero byte',
      content: changed('Honey tea for', 'Honey\0tea for'),
      says: '19:1: a zero byte; expected a text file in UTF-8',
    },
    {
      what: '20 MB',
      content: Buffer.alloc(20 * 1024 * 1024, 'a'),
      says: '1:1: the file has 20971520 bytes; a study file has at most 2097152',
    },
  ])('$what', ({ content, says }) => {
    expect(mistakesIn(content)).toEqual([says])
  })
})

describe('a file that was cut off', () => {
  test.each([
    {
      where: 'within a list',
      end: '{ code: all, label: All together, arms: [honey',
      says: /^57:\d+: flow sequence .* end with a ]$/,
    },
    {
      where: 'within quotes',
      end: '{ field: sd, role: value, quote: loudness, span: "2.',
      says: /^114:\d+: missing closing "quote$/,
    },
  ])('$where', ({ end, says }) => {
    const [first, ...others] = mistakesIn(INVENTED.slice(0, INVENTED.indexOf(end) + end.length))
    expect(first).toMatch(says)
    expect(others).toEqual([])
  })

  test('between two entries lacks what came later', () => {
    const text = INVENTED.slice(0, INVENTED.indexOf('adverse_events:'))
    expect(mistakesIn(text)).toEqual(['2:1: extractions is missing; expected a list'])
  })

  // Wherever it is cut, it is refused with a place, and never ends the process or passes for whole.
  test('anywhere', () => {
    const whole = INVENTED.trimEnd().length
    for (let length = 0; length < whole - 1; length += 31) {
      const mistakes = mistakesIn(INVENTED.slice(0, length))
      expect(mistakes.length, `cut after ${length}`).toBeGreaterThan(0)
    }
  })
})

const bomb = (letters: string) =>
  `a: &a [x, x, x, x, x, x, x, x, x]\n${[...letters]
    .map(
      (letter, index) =>
        `${letter}: &${letter} [${Array(9)
          .fill(`*${'a'.concat(letters)[index]}`)
          .join(', ')}]\n`,
    )
    .join('')}`

describe('YAML that is written wrongly, or to do harm', () => {
  test.each([
    {
      what: 'a tab as indentation',
      from: '\n  label: Invented 2001',
      to: `\n${HERE}\tlabel: Invented 2001`,
      says: 'a line is indented with a tab; indent with spaces',
    },
    {
      what: 'a colon within a text',
      from: 'title: Honey tea for hiccups',
      to: `title: ${HERE}Honey tea: for hiccups`,
      says: 'a ": " where none can be; put a text that holds it in quotes, or look at the indentation',
    },
    {
      what: 'a colon without its space',
      from: '  type: interventional',
      to: `  ${HERE}type:interventional`,
      says: 'a line without ": "; expected a key, a colon and a space before the value',
    },
    {
      what: 'a list as a key',
      from: '  type: interventional',
      to: `  ? ${HERE}[a, b]\n  : interventional`,
      says: 'a list or map stands where a key should; expected a word',
    },
    {
      what: 'a key that is there twice',
      from: '  label: Invented 2001',
      to: `  label: Invented 2001\n  ${HERE}label: Invented 2002`,
      says: 'the key "label" is given twice in the same map; expected it once',
    },
    {
      what: 'an alias of nothing',
      from: 'code: plain, label: Plain tea, arms: [plain]',
      to: `code: plain, label: Plain tea, arms: [${HERE}*plain]`,
      says: 'nothing before the alias *plain is named &plain; write the value itself',
    },
    {
      what: 'a tag of its own',
      from: 'label: Invented 2001',
      to: `label: !python/object ${HERE}Invented 2001`,
      says: 'the tag !python/object means nothing in a study file; write the value without it',
    },
    {
      what: 'binary data',
      from: 'label: Invented 2001',
      to: `label: !!binary ${HERE}SGVsbG8=`,
      says: 'the tag tag:yaml.org,2002:binary means nothing in a study file; write the value without it',
    },
  ])('$what', ({ from, to, says }) => {
    const { text, mistakes } = marked(changed(from, to), says)
    expect(mistakesIn(text)).toEqual(mistakes)
  })

  test('two keys that are there twice are both told', () => {
    const text = changed(
      '    label: Burp\n',
      '',
      changed('    term: Burp\n', `    term: Burp\n    ${HERE}term: Hiccup\n    label: Burp\n`),
    )
    const other = marked(
      changed('  slug: invented-2001-honey', `  slug: invented-2001-honey\n  ${HERE}slug: other`, text),
      'the key "slug" is given twice in the same map; expected it once',
      'the key "term" is given twice in the same map; expected it once',
    )
    expect(mistakesIn(other.text)).toEqual(other.mistakes)
  })

  test('aliases of aliases that would fill the memory', () => {
    const { text, mistakes } = marked(
      `${INVENTED}${bomb('bcdefghi').replace('*a', `${HERE}*a`)}`,
      'the file repeats itself by more than 100 aliases (*name); write the values out instead',
    )
    expect(mistakesIn(text)).toEqual(mistakes)
  })

  test('an alias of the list that holds it', () => {
    const { text, mistakes } = marked(
      changed('arms: [honey, plain]', `arms: &arms [honey, ${HERE}*arms]`),
      'entry 2 of arms is a list; expected text',
    )
    expect(mistakesIn(text)).toEqual(mistakes)
  })

  test.each([
    { what: 'lists', text: `a: ${'['.repeat(100_000)}${']'.repeat(100_000)}`, at: '1:103' },
    { what: 'maps', text: `a: ${'{a: '.repeat(100_000)}${'}'.repeat(100_000)}`, at: '1:397' },
    { what: 'entries', text: `${'- '.repeat(100_000)}x`, at: '1:200' },
  ])('100,000 $what within each other', ({ text, at }) => {
    const [mistake = '', ...others] = mistakesIn(text)
    expect(others).toEqual([])
    expect(mistake.replace(/^1:\d+/, '')).toBe(': more than 100 lists and maps lie within each other; expected a study')
    expect(Math.abs(columnOf(mistake) - columnOf(at))).toBeLessThanOrEqual(4)
  })
  const columnOf = (place: string) => Number(place.split(':')[1])

  test('50,000 keys in one map are each told', () => {
    const [first, ...others] = mistakesIn(Array.from({ length: 50_000 }, (_, index) => `k${index}: v\n`).join(''))
    expect(first).toMatch(/^1:1: /)
    expect(others.length).toBeGreaterThanOrEqual(50_000)
  })

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('the key %s is an unknown one', (key) => {
    const { text, mistakes } = marked(
      changed('  label: Invented 2001', `  label: Invented 2001\n  ${HERE}${key}: { label: Another }`),
      `unknown key "${key}"; expected one of: slug, label, title, acronym, type, allocation, intervention_model, masking, phase, purpose, objective, authors_conclusion, start_date, end_date, identifiers, note, quotes, derived, corrections`,
    )
    expect(mistakesIn(text)).toEqual(mistakes)
    expect(Object.hasOwn(Object.prototype, 'label')).toBe(false)
  })
})
