import { isMap, isNode, isScalar, LineCounter, parseAllDocuments } from 'yaml'
import { EvidenceError, type FileIssue } from '../../errors.ts'

/** No study that a person writes comes near this; a parser fed more would only fill memory. */
const LARGEST_FILE = 16 * 1024 * 1024

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
 * @throws EvidenceError STUDY_FILE_INVALID  not UTF-8, too large, not YAML, or more than one document
 */
export function readYaml(bytes: Uint8Array, file: string): YamlDocument {
  const refuse = (issues: readonly FileIssue[]) => invalidFile(file, issues)
  const at = (line: number, column: number, message: string): FileIssue => ({ file, line, column, message })
  if (bytes.length > LARGEST_FILE)
    throw refuse([at(1, 1, `the file has ${bytes.length} bytes; a study file has at most ${LARGEST_FILE}`)])
  const text = decode(bytes, (line, message) => refuse([at(line, 1, message)]))

  const lines = new LineCounter()
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, strict: true })
  const [document] = documents
  if (!document || !('contents' in document)) throw refuse([at(1, 1, 'the file is empty; expected a study')])
  const position = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return [Math.max(line, 1), Math.max(col, 1)] as const
  }
  const errors = document.errors.map((error) => at(...position(error.pos[0]), plain(error.message)))
  const second = documents[1]
  if (second)
    errors.push(at(...position(second.range?.[0] ?? 0), 'a second document begins; expected one study in a file'))
  if (errors.length > 0) throw refuse(errors)

  let value: unknown
  try {
    value = document.toJS()
  } catch (error) {
    throw refuse([at(1, 1, plain(error instanceof Error ? error.message : String(error)))])
  }
  return {
    value,
    place(issues) {
      return issues
        .map(({ path, message, onKey }) => at(...position(offsetOf(document.contents, path, onKey ?? false)), message))
        .sort((one, other) => one.line - other.line || one.column - other.column)
    },
  }
}

/** The error for a file with mistakes: all of them, one a line, as an editor can jump to them. */
export function invalidFile(file: string, issues: readonly FileIssue[]): EvidenceError {
  const count = issues.length === 1 ? 'one mistake' : `${issues.length} mistakes`
  const list = issues.map((issue) => `${issue.file}:${issue.line}:${issue.column}: ${issue.message}`)
  return new EvidenceError('STUDY_FILE_INVALID', `${file} has ${count}; nothing was loaded.\n${list.join('\n')}`, {
    issues,
  })
}

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

/** The offset of the deepest node on the path; for a missing key that of the map that should have it. */
function offsetOf(root: unknown, path: DocumentPath, onKey: boolean): number {
  let node = root
  let offset = isNode(root) ? (root.range?.[0] ?? 0) : 0
  for (const [depth, step] of path.entries()) {
    let next: unknown
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step))
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

const plain = (message: string) => message.charAt(0).toLowerCase() + message.slice(1)
