import {
  Composer,
  type Document,
  type ErrorCode,
  isMap,
  isNode,
  isPair,
  isScalar,
  Lexer,
  LineCounter,
  type Pair,
  Parser,
  visit,
  type YAMLError,
  type YAMLMap,
  YAMLParseError,
} from 'yaml'
import type { EvidenceError, FileIssue } from '../../errors.ts'
import { invalidFile, LARGEST_FILE, tooLarge } from './invalid-file.ts'

/** Ten times what the schema needs. The parser calls itself for every level, and where the stack ends the process ends. */
const DEEPEST = 100
/** Enough for a file that names a few things once; each may stand for many others. */
const MOST_ALIASES = 100

/** More mistakes than any person mends in one go: what is nothing but mistakes is not read to its end. */
const MOST_MISTAKES = 1_000
/** The lexer's words and signs. Study files have one for every three bytes; packed ones, made to keep us busy, one for each. */
const MOST_LEXEMES = 500_000

/** Where a value stands in the document: keys and list positions from the root. */
export type DocumentPath = readonly (string | number)[]

/** One mistake and the path it is at; `onKey` where it is the key itself that is wrong. */
export interface Issue {
  readonly path: DocumentPath
  readonly message: string
  readonly onKey?: boolean
}

/** A YAML file as plain values, with the way back from a path to line and column. */
export interface YamlDocument {
  readonly value: unknown
  /** Issues in the order of their lines, each at its place. */
  place(issues: readonly Issue[]): readonly FileIssue[]
}

/**
 * Reads a YAML 1.2 file.
 *
 * @param what  the file should hold, for messages
 * @throws EvidenceError STUDY_FILE_INVALID  not UTF-8, too large, not YAML, or more than one document
 */
export function readYaml(bytes: Uint8Array, file: string, what = 'study'): YamlDocument {
  const refuse = (issues: readonly FileIssue[]) => invalidFile(file, issues)
  const at = (line: number, column: number, message: string): FileIssue => ({ file, line, column, message })
  if (bytes.length > LARGEST_FILE) throw tooLarge(file, bytes.length, what)
  const text = decode(bytes, (line, message) => refuse([at(line, 1, message)]))

  const lines = new LineCounter()
  const position = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return [Math.max(line, 1), Math.max(col, 1)] as const
  }
  const composer = new Composer({
    prettyErrors: false,
    strict: true,
    stringKeys: true,
    // The package compares each key with each other one; `contentErrors` needs one look at each.
    uniqueKeys: false,
  })
  const place = ({ offset, message }: Mistake) => at(...position(offset), message)
  const tokens = tokensOf(text, lines, what, (...mistakes) => refuse(mistakes.map(place)))
  refuseMany(composer, (errors) =>
    refuse([...firstOfEachLine(syntaxErrors(errors).map(place)), place(andMore(errors.at(-1)?.pos[0] ?? 0))]),
  )
  const [document, second] = composer.compose(tokens)
  if (!document) throw refuse([at(1, 1, `the file is empty; expected a ${what}`)])
  const errors = [
    ...firstOfEachLine(syntaxErrors(document.errors).map(place)),
    ...contentErrors(document, what).map(place),
  ]
  if (second) errors.push(at(...position(second.range[0]), `a second document begins; expected one ${what} in a file`))
  if (errors.length > 0) throw refuse(errors.sort(byPlace))

  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: MOST_ALIASES })
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error
    const message = `the file repeats itself by more than ${MOST_ALIASES} aliases (*name); write the values out instead`
    throw refuse([at(...position(firstAlias(document)), message)])
  }
  return {
    value,
    place(issues) {
      return issues
        .map(({ path, message, onKey }) => at(...position(offsetOf(document.contents, path, onKey ?? false)), message))
        .sort(byPlace)
    },
  }
}

const byPlace = (one: FileIssue, other: FileIssue) => one.line - other.line || one.column - other.column

function decode(bytes: Uint8Array, refusal: (line: number, message: string) => EvidenceError): string {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // The line of the first bad byte: decode leniently, and look for the first replacement that isn't in the file.
    const lenient = new TextDecoder('utf-8').decode(bytes)
    const line = lenient.slice(0, lenient.indexOf('\uFFFD')).split('\n').length
    throw refusal(line, 'a byte that is not UTF-8; save the file as UTF-8')
  }
  const nul = text.indexOf('\0')
  if (nul >= 0) throw refusal(text.slice(0, nul).split('\n').length, 'a zero byte; expected a text file in UTF-8')
  return text
}

const PAIRS = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>()

/** A map's pairs by key, so that a map full of mistakes is searched once. */
function pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
  const known = PAIRS.get(map)
  if (known) return known
  const pairs = new Map(map.items.map((pair) => [isScalar(pair.key) ? String(pair.key.value) : '', pair]))
  PAIRS.set(map, pairs)
  return pairs
}

/** The offset of the deepest node on the path; for a missing key that of the map that should have it. */
function offsetOf(root: unknown, path: DocumentPath, onKey: boolean): number {
  let node = root
  let offset = isNode(root) ? (root.range?.[0] ?? 0) : 0
  for (const [depth, step] of path.entries()) {
    let next: unknown
    if (isMap(node)) {
      const pair = pairsOf(node).get(String(step))
      if (!pair) return offset
      next = pair.value
      if (isNode(pair.key) && ((onKey && depth === path.length - 1) || !isNode(next) || !next.range))
        return pair.key.range?.[0] ?? offset
    } else if (isNode(node) && 'items' in node && Array.isArray(node.items)) next = node.items[Number(step)]
    if (!isNode(next) || !next.range) return offset
    offset = next.range[0]
    node = next
  }
  return offset
}

interface Mistake {
  readonly offset: number
  readonly message: string
}

/** The commonest slips in words for people who don't write YAML every day. */
const IN_OUR_WORDS: readonly (readonly [parser: RegExp, ours: string])[] = [
  [/^Tabs are not allowed as indentation/, 'a line is indented with a tab; indent with spaces'],
  [
    /^Nested mappings are not/,
    'a ": " where none can be; put a text that holds it in quotes, or look at the indentation',
  ],
  [/^Implicit (map )?keys need/, 'a line without ": "; expected a key, a colon and a space before the value'],
  [/^With stringKeys/, 'a list or map stands where a key should; expected a word'],
]

const inOurWords = (message: string): string =>
  IN_OUR_WORDS.find(([pattern]) => pattern.test(message))?.[1] ?? message.charAt(0).toLowerCase() + message.slice(1)

/** What isn't YAML. After a tab the parser stumbles again and again: then only the tabs are told. */
function syntaxErrors(errors: readonly YAMLError[]): Mistake[] {
  const tabs = errors.filter(({ code }) => code === 'TAB_AS_INDENT')
  return (tabs.length > 0 ? tabs : errors).map(({ message, pos }) => ({
    offset: pos[0],
    message: inOurWords(message),
  }))
}

const firstOfEachLine = (issues: readonly FileIssue[]): FileIssue[] =>
  [...issues].sort(byPlace).filter(({ line }, index, sorted) => line !== sorted[index - 1]?.line)

const andMore = (offset: number): Mistake => ({
  offset,
  message: `this is the last of ${MOST_MISTAKES.toLocaleString('en')} mistakes that are looked for; the rest of the file was not read`,
})

/** The composer collects all errors of a document before it hands out one; there is no other way in. A test has such files. */
function refuseMany(composer: Composer, refusal: (errors: readonly YAMLParseError[]) => EvidenceError): void {
  const errors: YAMLParseError[] = []
  let refused: EvidenceError | undefined
  const collect: unknown = Reflect.get(composer, 'onError')
  Reflect.set(composer, 'onError', (source: ErrorSource, code: ErrorCode, message: string, warning?: boolean) => {
    // It catches what is thrown while it resolves a value, and comes back with that as an error.
    if (refused) throw refused
    if (typeof collect === 'function') collect(source, code, message, warning)
    errors.push(new YAMLParseError(placeOf(source), code, message))
    if (errors.length < MOST_MISTAKES) return
    refused = refusal(errors)
    throw refused
  })
}

type ErrorSource = number | [number, number] | { readonly offset: number }

function placeOf(source: ErrorSource): [number, number] {
  if (Array.isArray(source)) return source
  const start = typeof source === 'number' ? source : source.offset
  return [start, start + 1]
}

/** The parser's tokens, as its own `parseAllDocuments` makes them, with a look at how deep they lie and how many they are. */
function* tokensOf(
  text: string,
  lines: LineCounter,
  what: string,
  refusal: (...mistakes: readonly Mistake[]) => EvidenceError,
) {
  const parser = new Parser(lines.addNewLine)
  lines.addNewLine(0)
  let lexemes = 0
  let errors = 0
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      if (token.type === 'error' && ++errors >= MOST_MISTAKES)
        throw refusal({ offset: token.offset, message: inOurWords(token.message) }, andMore(token.offset))
      yield token
    }
    const { offset } = parser
    if (parser.stack.length > DEEPEST)
      throw refusal({
        offset,
        message: `more than ${DEEPEST} lists and maps lie within each other; expected a ${what}`,
      })
    if (++lexemes > MOST_LEXEMES)
      throw refusal({
        offset,
        message: `more than ${MOST_LEXEMES.toLocaleString('en')} words and signs; a ${what} file has fewer`,
      })
  }
  yield* parser.end()
}

/** What is YAML, but can't be meant in a file of ours. */
function contentErrors(document: Document, what: string): Mistake[] {
  const mistakes: Mistake[] = []
  const anchors = new Set<string>()
  const add = (node: unknown, message: string) => {
    const offset = (isNode(node) && node.range?.[0]) || 0
    if (mistakes.length < MOST_MISTAKES) mistakes.push({ offset, message })
    if (mistakes.length === MOST_MISTAKES - 1) mistakes.push(andMore(offset))
  }
  visit(document, {
    // One visitor for all: a visitor of its own for maps would take them from this one.
    Value(_, node, ancestors) {
      if (node.anchor !== undefined) anchors.add(node.anchor)
      if (node.tag !== undefined && !PLAIN_TAGS.test(node.tag))
        add(node, `the tag ${node.tag} means nothing in a ${what} file; write the value without it`)
      if (isScalar(node) && typeof node.value === 'string' && !isStorable(node.value))
        add(node, 'an escaped character that no text can hold (\\0, or half of a pair); expected whole characters')
      if (!isMap(node)) return
      const keys = new Set<string>()
      const parent = ancestors.at(-1)
      for (const { key } of node.items) {
        const name = isScalar(key) ? String(key.value) : ''
        // The schema refuses this key everywhere but in a map of names, where its library passes over it.
        if (name === '__proto__' && isPair(parent) && isScalar(parent.key) && parent.key.value === 'inputs')
          add(key, 'the name "__proto__" is none; expected a name for the formula: lower-case letters, digits and _')
        if (keys.has(name)) add(key, `the key "${name}" is given twice in the same map; expected it once`)
        keys.add(name)
      }
    },
    Alias(_, node) {
      if (!anchors.has(node.source))
        add(node, `nothing before the alias *${node.source} is named &${node.source}; write the value itself`)
    },
  })
  return mistakes
}

/** A zero byte and half of a surrogate pair don't come back from a database as they went in. */
const isStorable = (text: string) => !/[\0\p{Surrogate}]/u.test(text)

/** Tags that say what a value is anyway: !!str 2001. */
const PLAIN_TAGS = /^tag:yaml\.org,2002:(str|int|float|bool|null|seq|map)$/

function firstAlias(document: Document): number {
  let offset = 0
  visit(document, {
    Alias(_, node) {
      offset = node.range?.[0] ?? 0
      return visit.BREAK
    },
  })
  return offset
}
