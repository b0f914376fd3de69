import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findWords } from '../../src/model/find-words.ts'

describe('a number is found only where it stands by itself', () => {
  test.each([
    { words: '4', text: 'in 14 of 40' },
    { words: '08', text: 'P = .089' },
    { words: '.08', text: 'P = .089' },
    { words: '.089', text: 'P = 0.089' },
    { words: '089', text: 'P = 0.089' },
    { words: '089', text: 'P = .089' },
    { words: '089', text: '.089' },
    { words: '10', text: 'a mean of 10.5' },
    { words: '5', text: 'a mean of 10.5' },
    { words: '10', text: '10,200 people' },
    { words: '200', text: '10,200 people' },
    { words: '10', text: 'eine Dauer von 10,5 Tagen' },
    { words: '5', text: 'eine Dauer von 10,5 Tagen' },
    { words: '10', text: 'a mean of 10·5' },
    { words: '5', text: 'a mean of 10·5' },
    { words: '10', text: '10\u2009200 people' },
    { words: '200', text: '10\u00a0200 people' },
    { words: '31', text: '131%' },
  ])('$words is not in “$text”', ({ words, text }) => {
    expect(findWords(text, words)).toEqual({
      problem: expect.stringMatching(/^the words ".*" are not there by themselves, only within a longer number: "/),
    })
  })

  test.each([
    { words: '4', text: '14 and 4 of 40', start: 7 },
    { words: '10', text: 'There were 10.', start: 11 },
    { words: '10', text: '(10)', start: 1 },
    { words: '31%', text: 'was 31%, compared', start: 4 },
    { words: '50', text: 'at 50-66 months', start: 3 },
    { words: '66', text: 'at 50-66 months', start: 6 },
    { words: '.089', text: '[P2] = .089)', start: 7 },
    { words: '10', text: 'LAK cells.10 patients', start: 10 },
    { words: '12', text: '14, 12 and 3', start: 4 },
    { words: '14', text: '14, 12 and 3', start: 0 },
    { words: '10,200', text: 'of 10,200 people', start: 3 },
    { words: '20', text: 'on day 5 20 left', start: 9 },
    { words: '-2', text: 'from 1-2', start: 6 },
  ])('$words is in “$text”', ({ words, text, start }) => {
    expect(findWords(text, words)).toEqual({ start, end: start + words.length })
  })
})

describe('words', () => {
  test.each([
    { occurrence: 1, start: 0 },
    { occurrence: 2, start: 4 },
    { occurrence: 3, start: 8 },
  ])('occurrence $occurrence of “tea” in “tea tea tea” begins at $start', ({ occurrence, start }) => {
    expect(findWords('tea tea tea', 'tea', occurrence)).toEqual({ start, end: start + 3 })
  })

  test.each([
    {
      what: 'without an occurrence',
      occurrence: undefined,
      problem: 'the words "tea" are there 3 times; say which with occurrence',
    },
    {
      what: 'with one too many',
      occurrence: 4,
      problem: 'the words "tea" are there 3 times; there is no occurrence 4',
    },
  ])('that are there three times, $what', ({ occurrence, problem }) => {
    expect(findWords('tea tea tea', 'tea', occurrence)).toEqual({ problem })
  })

  test('that lie over each other count each time that they begin', () => {
    expect(findWords('aaa', 'aa', 2)).toEqual({ start: 1, end: 3 })
  })

  test('long words that differ at their very end are told apart quickly', () => {
    const text = 'honey and tea '.repeat(100_000)
    const begin = performance.now()
    expect(findWords(text, `${text.slice(0, 500_000)}!`)).toHaveProperty('problem')
    expect(performance.now() - begin).toBeLessThan(1_000)
  })
})

// Few different letters, so that words are often there more than once; digits are left to the tables above.
const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'é', '😀', '𝒳', '\u0301', '\n'), maxLength: 60 })

describe('for any text', () => {
  const placesOf = (body: string, words: string) =>
    Array.from(body, () => 0)
      .concat(Array(body.length).fill(0))
      .flatMap((_, at) => (at < body.length && body.startsWith(words, at) ? [at] : []))

  test('any stretch of it is found where it is, or its number of places is told', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(), (body, from, size) => {
        fc.pre(body.length > 0)
        const start = from % body.length
        const words = body.slice(start, start + 1 + (size % (body.length - start)))
        const places = placesOf(body, words)
        const found = findWords(body, words)
        if (places.length === 1) expect(found).toEqual({ start, end: start + words.length })
        else
          expect(found).toEqual({
            problem: `the words ${JSON.stringify(words)} are there ${places.length} times; say which with occurrence`,
          })
        places.forEach((place, index) => {
          const span = findWords(body, words, index + 1)
          expect(span).toEqual({ start: place, end: place + words.length })
          if ('start' in span) expect(body.slice(span.start, span.end)).toBe(words)
        })
        expect(findWords(body, words, places.length + 1)).toHaveProperty('problem')
      }),
      { numRuns: 500 },
    )
  })

  test('words that are not in it are never found', () => {
    fc.assert(
      fc.property(text, fc.string({ minLength: 1, maxLength: 8 }), (body, words) => {
        fc.pre(!body.includes(words))
        expect(findWords(body, words)).toHaveProperty('problem')
      }),
      { numRuns: 300 },
    )
  })
})

test('for any number in any list of numbers, exactly that number is found', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 2_000 }), { minLength: 2, maxLength: 12 }), (numbers) => {
      const body = `There were ${numbers.join(', ')} of them.`
      for (const number of numbers) {
        const span = findWords(body, String(number))
        if (!('start' in span)) throw new Error(`${number}: ${span.problem}`)
        // Read by another way: the number's place among the words of the list.
        const place = body.split(/[ ,.]+/).indexOf(String(number))
        expect(body.slice(0, span.start).split(/[ ,.]+/).length - 1).toBe(place)
      }
    }),
  )
})
