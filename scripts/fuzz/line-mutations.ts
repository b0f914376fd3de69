import { type Mutation, ofText } from './mutation.ts'
import type { Random } from './random.ts'

const ofLines = (name: string, change: (lines: string[], at: number, random: Random) => void): Mutation =>
  ofText(name, (text, random) => {
    const lines = text.split('\n')
    change(lines, random.below(lines.length), random)
    return lines.join('\n')
  })

const LONGEST_BLOCK = 12

/** What a slip in an editor, or a merge of two versions, makes of a file. */
export const LINE_MUTATIONS: readonly Mutation[] = [
  ofLines('a line deleted', (lines, at) => lines.splice(at, 1)),
  ofLines('lines deleted', (lines, at, random) => lines.splice(at, 1 + random.below(LONGEST_BLOCK))),
  ofLines('a line doubled', (lines, at) => lines.splice(at, 0, lines[at] ?? '')),
  ofLines('lines copied elsewhere', (lines, at, random) =>
    lines.splice(random.below(lines.length), 0, ...lines.slice(at, at + 1 + random.below(LONGEST_BLOCK))),
  ),
  ofLines('two lines swapped', (lines, at, random) => {
    const other = random.below(lines.length)
    const [one = '', two = ''] = [lines[at], lines[other]]
    lines[at] = two
    lines[other] = one
  }),
  ofLines('a line indented further', (lines, at, random) => {
    lines[at] = `${' '.repeat(1 + random.below(4))}${lines[at]}`
  }),
  ofLines('a line indented less', (lines, at, random) => {
    lines[at] = lines[at]?.replace(/^ {1,2}/, random.pick(['', ' '])) ?? ''
  }),
  ofLines('the indentation from a line on changed', (lines, at) => {
    for (let index = at; index < lines.length; index++) lines[index] = ` ${lines[index]}`
  }),
  ofLines('a tab as indentation', (lines, at) => {
    lines[at] = lines[at]?.replace(/^ +|^/, '\t') ?? ''
  }),
  ofLines('a tab within a line', (lines, at) => {
    lines[at] = lines[at]?.replace(/: /, ':\t') ?? ''
  }),
  ofText('CR LF', (text) => text.replaceAll('\n', '\r\n')),
  ofText('CR alone', (text) => text.replaceAll('\n', '\r')),
  ofLines('CR LF at one line', (lines, at) => {
    lines[at] = `${lines[at]}\r`
  }),
  ofText('separators of Unicode for lines', (text, random) =>
    text.replaceAll('\n', (end) => (random.below(20) === 0 ? random.pick(['\u2028', '\u0085']) : end)),
  ),
]
