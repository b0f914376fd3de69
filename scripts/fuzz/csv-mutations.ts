import { type Mutation, ofText } from './mutation.ts'
import type { Random } from './random.ts'

const CELL = /(?<=[,\n])[^,\n]*(?=[,\n])/g

function replaceCell(text: string, random: Random, put: (found: string, all: readonly string[]) => string): string {
  const cells = [...text.matchAll(CELL)]
  const cell = cells[random.below(cells.length)]
  if (cell === undefined) return text
  const all = cells.map(([words]) => words)
  return `${text.slice(0, cell.index)}${put(cell[0], all)}${text.slice(cell.index + cell[0].length)}`
}

const HOSTILE: readonly [string, ...string[]] = [
  ...([
    '',
    '"',
    '""',
    '"a\nb"',
    '#N/A',
    '1e999',
    '-1',
    '0.0',
    'NaN',
    '__proto__',
    'constructor',
    '<',
    '&',
    '\ufeff',
  ] as const),
  ...([
    '\0',
    '\u2028',
    ',',
    ';',
    '\t',
    '9'.repeat(400),
    'x'.repeat(50_000),
    'STD-',
    '/',
    '../../x',
    '=== ',
    '1.1',
  ] as const),
]

/** What a spreadsheet, a program that writes CSV by hand, or who is to harm its readers makes of a table. */
export const CSV_MUTATIONS: readonly Mutation[] = [
  ofText('a cell emptied', (text, random) => replaceCell(text, random, () => '')),
  ofText('a hostile cell', (text, random) => replaceCell(text, random, () => random.pick(HOSTILE))),
  ofText('the cell of another place', (text, random) =>
    replaceCell(text, random, (_, all) => all[random.below(all.length)] ?? ''),
  ),
  ofText('a cell in quotes', (text, random) => replaceCell(text, random, (cell) => `"${cell}"`)),
  ofText('a cell more', (text, random) => replaceCell(text, random, (cell) => `${cell},${cell}`)),
  ofText('semicolons', (text) => text.replaceAll(',', ';')),
  ofText('commas in numbers', (text) => text.replace(/(?<=\d)\.(?=\d)/g, ',')),
  ofText('a file under another name', (text, random) =>
    text.replace(/^(?:=== .*\/)(\d+)(-[\w-]+)/m, (all, id: string, what: string) =>
      all.replace(`${id}${what}`, random.pick([`7${what}`, what.slice(1), `${id}-data-rows`, `${id}-other`])),
    ),
  ),
  ofText('a file twice', (text) => text + (/^=== [\s\S]*?(?=^=== )/m.exec(text)?.[0] ?? '')),
]
