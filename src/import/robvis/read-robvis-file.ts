import type { FileIssue } from '../../errors.ts'
import { plainJudgement, type RiskOfBiasTable, type TableJudgement } from '../../model/risk-of-bias-table.ts'
import { invalidRows, readSheet, type Sheet } from '../effect-rows/sheet.ts'

/** What tools answer, by the words of robvis and of the tools, with the degree of bias. */
const JUDGEMENTS: readonly TableJudgement[] = [
  { words: 'Low', severity: 1 },
  { words: 'Some concerns', severity: 2 },
  { words: 'Moderate', severity: 2 },
  { words: 'Unclear', severity: 2 },
  { words: 'High', severity: 3 },
  { words: 'Serious', severity: 3 },
  { words: 'Very high', severity: 4 },
  { words: 'Critical', severity: 4 },
  { words: 'No information', severity: null },
  { words: 'Not applicable', severity: null },
]

/** What stands for an answer that there is not. */
const MISSING = ['', 'NA', 'na']

/** A tool whose domains have names where the file only has numbers. */
interface Tool {
  readonly code: string
  readonly version: string
  readonly domains: readonly { readonly label: string; readonly overall: boolean }[]
}

/**
 * Reads a CSV file as robvis reads it: the study, a column for each domain, `Overall`, and, where there is one, `Weight`.
 *
 * @param tool  names the columns D1, D2 and so on
 * @throws EvidenceError IMPORT_FILE_INVALID  it is no CSV file; there is no domain, or another number of them than the tool
 *                                            has; a cell is no judgement: each with its line and column
 */
export function readRobvisFile(bytes: Uint8Array, file: string, tool?: Tool): RiskOfBiasTable {
  const sheet = readSheet(bytes, file)
  const [study = '', ...others] = sheet.columns
  const weight = others.find((column) => column.toLowerCase() === 'weight')
  const columns = others.filter((column) => column !== weight)
  const isOverall = (column: string) => /^overall/i.test(column)
  const names = columns.filter((column) => !isOverall(column))
  if (names.length === 0)
    throw invalidRows(file, [
      sheet.issue(-1, undefined, 'there is no domain; expected columns Study, one for each domain, and Overall'),
    ])
  const given = tool?.domains.flatMap(({ label, overall }) => (overall ? [] : [label]))
  const isNumbered = names.every((name, i) => name === `D${i + 1}`)
  if (given !== undefined && given.length !== names.length)
    throw invalidRows(file, [
      sheet.issue(-1, names[0], `there are ${names.length} domains; expected ${given.length}, those of ${tool?.code}`),
    ])
  const labelOf = (name: string) => {
    const known = isNumbered ? given?.[names.indexOf(name)] : undefined
    // R writes a space in a column's name as a dot.
    return known ?? (name.includes(' ') ? name : name.replaceAll('.', ' '))
  }
  const issues: FileIssue[] = []
  const rows = sheet.rows.map((_, i) => {
    const text = (column: string) => textOf(sheet, i, column)
    return {
      name: text(study) || String(i + 1),
      weight:
        weight === undefined
          ? undefined
          : weightIn(text(weight), (words) => issues.push(sheet.issue(i, weight, words))),
      judgements: columns.map((column) =>
        judgementIn(text(column), (words) => issues.push(sheet.issue(i, column, words))),
      ),
    }
  })
  if (issues.length > 0) throw invalidRows(file, issues)
  return {
    tool: tool?.code ?? '',
    version: tool?.version ?? '',
    domains: columns.map((column) => ({ label: labelOf(column), isOverall: isOverall(column) })),
    rows,
  }
}

const textOf = (sheet: Sheet, row: number, column: string): string =>
  sheet.rows[row]?.[sheet.columns.indexOf(column)]?.trim() ?? ''

function judgementIn(text: string, complain: (words: string) => void): TableJudgement | undefined {
  if (MISSING.includes(text)) return undefined
  const plain = plainJudgement(text).toLowerCase()
  const found = JUDGEMENTS.find(({ words }) => words.toLowerCase() === plain)
  if (found === undefined)
    complain(`"${text}" is no judgement; expected ${JUDGEMENTS.map(({ words }) => words).join(', ')}, or nothing`)
  return found
}

function weightIn(text: string, complain: (words: string) => void): number | undefined {
  const value = MISSING.includes(text) ? Number.NaN : Number(text)
  if (value >= 0 && Number.isFinite(value)) return value
  complain(`the weight is "${text}"; expected a number, 0 or more`)
  return undefined
}
