import type { Transaction } from '../db/connect.ts'
import type { Difference } from '../db/imports/record-differences.ts'
import { type RecordReaders, verifyRecords } from '../db/imports/verify-records.ts'
import { integrityOf } from '../db/integrity.ts'
import { readRows } from '../db/read-rows.ts'
import { inSnapshot } from '../db/snapshot.ts'
import { tableContent } from '../db/table-digest.ts'
import { ALL_TABLES, STUDY_TABLES, sqlName } from '../db/tables.ts'
import type { Meanings } from './extraction/columns.ts'
import { FAILED_VERDICTS, traceStudy } from './trace-study.ts'

export interface VerifyRow {
  readonly check: 'integrity' | 'rules' | 'foreign keys' | 'content' | 'quotes' | 'records'
  readonly of: string
  readonly checked: number | null
  readonly problems: number | null
  readonly detail: string | null
}

export const VERIFY_COLUMNS: Meanings<VerifyRow> = {
  check:
    'integrity: can it be read; rules: does every row keep them; foreign keys: do they point at rows; content: counts; quotes: are the words where they should be; records: do rows stand as their kept records say',
  of: 'the database, a table, a study; of records their format, or a row',
  checked: 'rows of a table, sources of a study, or records of a format',
  problems: 'how many are wrong; empty where nothing is judged',
  detail:
    'the first problem; of a table the beginning of a digest of its content, the same wherever the same rows stand',
}

/**
 * Looks at a whole evidence base as of one moment: whether the database is sound, how much each table holds and a digest
 * of it, and whether every stored value still has its source. Memory is bounded by a page of rows and by one study.
 *
 * @param onRow    told of each row as it is found
 * @param readers  read the kept records of imports again, to hold what stands here against them; without them none is read
 */
export const verifyEvidenceBase = (
  db: Transaction,
  onRow: (row: VerifyRow) => void = () => undefined,
  readers?: RecordReaders,
): Promise<VerifyRow[]> =>
  inSnapshot(db, async (tx) => {
    const rows: VerifyRow[] = []
    const add = (row: VerifyRow) => {
      rows.push(row)
      onRow(row)
    }
    const findings = await integrityOf(tx)
    for (const finding of findings) add({ ...finding, checked: null })
    for (const [table, rule] of ALL_TABLES) {
      const { rows: checked, sha256 } = await tableContent(tx, table, rule)
      add({ check: 'content', of: sqlName(table), checked, problems: null, detail: `sha256 ${sha256.slice(0, 16)}…` })
    }
    if (findings.some(({ check, problems }) => check === 'foreign keys' && problems > 0)) {
      // Whoever reads a study takes for granted that what its rows point at is there.
      add({
        check: 'quotes',
        of: 'database',
        checked: null,
        problems: null,
        detail: 'not looked at: keys point at nothing',
      })
      return rows
    }
    for await (const studies of readRows(tx, 'study', STUDY_TABLES.study))
      for (const { id } of studies) add(await quotesOf(tx, String(id)))
    if (readers !== undefined) await addRecords(tx, readers, add)
    return rows
  })

async function quotesOf(tx: Transaction, study: string): Promise<VerifyRow> {
  const sources = await traceStudy(tx, study)
  const failed = sources.filter(({ verdict }) => FAILED_VERDICTS.includes(verdict))
  const [first] = failed
  return {
    check: 'quotes',
    of: study,
    checked: sources.length,
    problems: failed.length,
    detail: first ? `${first.verdict}: ${first.field} of ${first.table} ${first.row}` : null,
  }
}

async function addRecords(tx: Transaction, readers: RecordReaders, add: (row: VerifyRow) => void): Promise<void> {
  const looked = await verifyRecords(tx, readers, (difference) => add(rowOf(difference)))
  for (const { format, compared, ofFiles, ofOtherReaders } of looked)
    add({
      check: 'records',
      of: format,
      checked: compared,
      problems: null,
      detail:
        [
          ...(ofFiles === 0 ? [] : [`${ofFiles} of publications that files describe`]),
          ...(ofOtherReaders === 0 ? [] : [`${ofOtherReaders} were read by another version: import them again`]),
        ].join('; ') || null,
    })
  const reviews = await tx.importedRecord.count({ where: { reviewId: { not: null } } })
  if (reviews === 0) return
  const detail = `${reviews} of RevMan's reviews not read again; their studies were`
  add({ check: 'records', of: 'review', checked: 0, problems: null, detail })
}

const rowOf = ({ record, table, row, field, here, inRecord }: Difference): VerifyRow => ({
  check: 'records',
  of: `${table} ${row}`,
  checked: null,
  problems: 1,
  detail:
    field === null
      ? here === null
        ? `is missing, and stands in ${record}`
        : `is not in ${record}`
      : `${field} is ${JSON.stringify(here)}, and ${JSON.stringify(inRecord)} in ${record}`,
})
