import { EvidenceError } from '../errors.ts'
import { FIELDS, type Field, filterInvalid, type MeshDefaults, questionOf, type StudyFilter } from './study-filter.ts'

interface Token {
  readonly at: number
  readonly text: string
  /** The value after a field's colon. */
  readonly value?: string
}

/** Parentheses within parentheses. */
const DEEPEST = 40

/**
 * Reads the language of `--where`: `mesh:"Neoplasms" AND (year:>=1990 OR NOT text:"melanoma")`. NOT binds closest, then AND,
 * which may be left out, then OR. Values with spaces or parentheses stand in quotes, where `\"` is a quote.
 *
 * @throws EvidenceError FILTER_INVALID  with the column of the mistake, from 1
 */
export function whereFilter(text: string, defaults: MeshDefaults = {}): StudyFilter {
  const refuse = (at: number, message: string) =>
    filterInvalid(`the filter can't be understood at column ${at + 1}: ${message}\n  ${text}\n  ${' '.repeat(at)}^`)
  const tokens = [...tokensOf(text, refuse)]
  let next = 0
  const peek = () => tokens[next]
  const isWord = (word: string) => peek()?.value === undefined && peek()?.text.toUpperCase() === word
  const found = () => (peek() === undefined ? 'the end' : JSON.stringify(peek()?.text.slice(0, 40)))
  const here = () => peek()?.at ?? text.length

  const or = (depth: number): StudyFilter => {
    const parts = [and(depth)]
    while (isWord('OR')) {
      next++
      parts.push(and(depth))
    }
    return parts.length === 1 ? (parts[0] as StudyFilter) : { or: parts }
  }
  const and = (depth: number): StudyFilter => {
    const parts = [not(depth)]
    while (peek() !== undefined && !isWord('OR') && !isWord(')')) {
      if (isWord('AND')) next++
      parts.push(not(depth))
    }
    return parts.length === 1 ? (parts[0] as StudyFilter) : { and: parts }
  }
  const not = (depth: number): StudyFilter => {
    if (depth > DEEPEST) throw refuse(here(), `it is more than ${DEEPEST} levels deep`)
    if (isWord('NOT')) {
      next++
      return { not: not(depth + 1) }
    }
    const token = peek()
    if (isWord('(')) {
      next++
      const inner = or(depth + 1)
      if (!isWord(')')) throw refuse(here(), `expected a closing parenthesis; found ${found()}`)
      next++
      return inner
    }
    if (token?.value === undefined)
      throw refuse(here(), `expected a field and a colon, such as year:1993, NOT or a parenthesis; found ${found()}`)
    next++
    const field = FIELDS.find((name) => name === token.text.toLowerCase())
    if (field === undefined) throw refuse(token.at, `there is no field "${token.text}"; there are ${FIELDS.join(', ')}`)
    return asked(field, token.value, token.at)
  }
  const asked = (field: Field, value: string, at: number): StudyFilter => {
    try {
      return questionOf(field, value, defaults)
    } catch (error) {
      throw error instanceof EvidenceError ? refuse(at, error.message.replace(/\.$/, '')) : error
    }
  }
  const filter = or(1)
  if (peek() !== undefined) throw refuse(here(), `expected the end; found ${found()}`)
  return filter
}

function* tokensOf(text: string, refuse: (at: number, message: string) => EvidenceError): Generator<Token> {
  let at = 0
  while (at < text.length) {
    const rest = text.slice(at)
    const space = /^\s+/.exec(rest)?.[0]
    if (space !== undefined) {
      at += space.length
      continue
    }
    const sign = /^[()]/.exec(rest)?.[0]
    const name = /^[^\s():"]+/.exec(rest)?.[0]
    if (sign !== undefined) {
      yield { at, text: sign }
      at += 1
    } else if (name === undefined) throw refuse(at, `expected a field; found ${JSON.stringify(rest[0])}`)
    else if (rest[name.length] !== ':') {
      yield { at, text: name }
      at += name.length
    } else {
      const begin = at + name.length + 1
      const quoted = /^"((?:[^"\\]|\\.)*)"/s.exec(text.slice(begin))
      const bare = /^[^\s()"]+/.exec(text.slice(begin))
      if (quoted === null && bare === null)
        throw refuse(begin, text[begin] === '"' ? 'the quote is never closed' : `expected the value of ${name}`)
      yield { at, text: name, value: quoted ? (quoted[1] ?? '').replace(/\\(.)/gs, '$1') : (bare?.[0] ?? '') }
      at = begin + (quoted ?? bare ?? [''])[0].length
    }
  }
}
