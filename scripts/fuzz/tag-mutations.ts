import { type Mutation, ofText } from './mutation.ts'
import type { Random } from './random.ts'

const HOSTILE: readonly [string, ...string[]] = [
  'TY  - JOUR',
  'TY  -',
  'ER  - ',
  'ER  -',
  'PMID- 1',
  'PMID-',
  'PMID- 0',
  'PMC - PMC1',
  'TI  - __proto__',
  'AU  - ,',
  'AU  - , ,',
  'AU  - A.',
  'FAU - ,',
  'AB  - AAAA: ',
  `AB  - ${'A'.repeat(20_000)}: `,
  `AB  - ${'RESULTS: x. '.repeat(5_000)}`,
  `AU  - ${'A.-'.repeat(10_000)}`,
  `AU  - ${'Aa '.repeat(10_000)}`,
  `SN  - ${'1234-'.repeat(10_000)}`,
  `SN  - ${'1 '.repeat(20_000)}`,
  `DO  - 10.1234/${'x'.repeat(50_000)}`,
  `KW  - ${'*'.repeat(50_000)}`,
  `MH  - ${'/'.repeat(20_000)}`,
  `LA  - ${','.repeat(20_000)}`,
  'PY  - 0000',
  'PY  - 2001/02/30',
  'DA  - 99/99',
  'DP  - 2001 Feb 30',
  'SP  - -',
  'RN  - ()',
  'SI  - /',
  'CIN - PMID: ',
  'AUID- ORCID: 0000',
  '  - ',
  '-',
  '\u2028',
]

const ofLine = (name: string, change: (line: string, random: Random) => string): Mutation =>
  ofText(name, (text, random) => {
    const lines = text.split('\n')
    const at = random.below(lines.length)
    lines[at] = change(lines[at] ?? '', random)
    return lines.join('\n')
  })

/** What programs and people make of lines that begin with a tag. */
export const TAG_MUTATIONS: readonly Mutation[] = [
  ofLine('a hostile line', (line, random) => `${line}\n${random.pick(HOSTILE)}`),
  ofLine('a hostile line instead', (_, random) => random.pick(HOSTILE)),
  ofLine('a tag of another line', (line, random) => random.pick(HOSTILE).slice(0, 6) + line.slice(6)),
  ofLine('the space around a hyphen changed', (line, random) =>
    line.replace(/ *- */, random.pick(['-', ' - ', '  -', '- ', '\t-\t', ' – '])),
  ),
  ofLine('an empty line', (line) => `${line}\n\n`),
  ofText('all continuation lines at the margin', (text) => text.replace(/^ +/gm, '')),
]
