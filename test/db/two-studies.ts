import Driver from 'better-sqlite3'
import pg from 'pg'
import { saveReview } from '../../src/db/save-review.ts'
import { saveStudy } from '../../src/db/save-study.ts'
import { ENGINE } from '../engines.ts'
import { type ScratchDatabase, scratchDatabase } from '../scratch.ts'
import { reviewFile, reviewVariant } from './review-variants.ts'
import { open } from './saving.ts'
import { asOtherStudy, fillEveryTable, ORIGIN, variant } from './study-variants.ts'

export const OTHER_SLUG = 'other-study'
export const OTHER_PMID = '7'
export const OTHER_REVIEW = 'other-review'

/** Where a row lies in its table, in the engine's own words. */
export const PLACE = { sqlite: 'rowid', postgresql: 'ctid' }[ENGINE]

type Row = Readonly<Record<string, unknown>>

/** One connection to a database, which no program of ours has opened. */
export interface Connection {
  readonly exec: (sql: string) => Promise<void>
  readonly rows: <Found = Row>(sql: string) => Promise<Found[]>
  /** Does something that must not stay, and says what it throws. */
  readonly tried: (sql: string) => Promise<unknown>
  readonly close: () => Promise<void>
}

/** A database with two studies that fill every table, a review of each, and what no study file fills, twice each. */
export async function twoStudies(): Promise<{ scratch: ScratchDatabase; db: Connection }> {
  const scratch = await scratchDatabase()
  const client = await open(scratch)
  try {
    await saveStudy(client, variant(fillEveryTable), ORIGIN)
    const other = variant((study) => {
      asOtherStudy(study, OTHER_SLUG, OTHER_PMID)
      fillEveryTable(study)
    })
    await saveStudy(client, other, ORIGIN)
    await saveReview(client, reviewVariant(), ORIGIN)
    await saveReview(client, reviewVariant(undefined, reviewFile(OTHER_SLUG, OTHER_REVIEW, '12')), ORIGIN)
  } finally {
    await client.$disconnect()
  }
  await scratch.exec(PROCESS_ROWS)
  return { scratch, db: await connected(scratch) }
}

const PROCESS_ROWS = `
  INSERT INTO mesh_tree_number VALUES ('C04', 'D009369'), ('C04.557', 'D008545');
  INSERT INTO mesh_entry_term (descriptor_ui, term) VALUES ('D009369', 'Cancer'), ('D008545', 'Malignant melanoma');
  UPDATE outcome SET part_of_id = study_id || '/survival', planned_as_id = study_id || '/survival'
    WHERE id = study_id || '/alive';
  INSERT INTO study_text SELECT id || '/eligibility-' || n, id, n, 'eligibility', 'minimum age', '18 Years'
    FROM study, (SELECT 1 AS n UNION ALL SELECT 2) AS numbers;
  INSERT INTO study_reference (study_id, position, kind, pmid, citation) SELECT id, 1, 'result', '7', 'A trial.' FROM study;
  INSERT INTO study_reference (study_id, position, kind, pmid, retracts) SELECT id, 2, 'retraction', '8', 1 FROM study;
  INSERT INTO import_run (id, format, file_name, file_sha256, started_at, status, read)
    VALUES (11, 'ris', 'a.ris', 'ab', '2026-11-23', 'failed', 3), (12, 'ris', 'b.ris', 'cd', '2026-11-23', 'running', 0);
  INSERT INTO imported_record (key, format, publication_id, import_run_id, sha256, content, read_by, matched_by, score)
    VALUES ('ris:one', 'ris', 'pmid-12', 11, 'ab', 'content', 1, 'title_year_pages', 1);
  INSERT INTO imported_record (key, format, study_id, import_run_id, sha256, content, read_by)
    VALUES ('ctgov:NCT00000001', 'ctgov_json', '${OTHER_SLUG}', 12, 'cd', 'content', 1);
  INSERT INTO imported_record (key, format, review_id, import_run_id, sha256, content, read_by)
    VALUES ('revman:42', 'revman', '${OTHER_REVIEW}', 12, 'ce', 'content', 1);
  INSERT INTO imported_record (key, format, publication_id, import_run_id, sha256, content, read_by, matched_by)
    VALUES ('ris:two', 'ris', 'pmid-12', 11, 'ef', 'content', 1, 'none');
  INSERT INTO record_identifier VALUES ('ris:one', 1, 'issn', '0027-8874'), ('ris:two', 1, 'issn', '0027-8874');
  INSERT INTO report_decision VALUES ('ris:one', '${OTHER_SLUG}', true, 'primary', 'its report'),
    ('ris:two', '${OTHER_SLUG}', false, NULL, 'a comment');
  INSERT INTO study_publication (study_id, publication_id, position, role, tied_by, reason)
    VALUES ('${OTHER_SLUG}', 'pmid-8468720', 9, 'not_stated', 'registration', 'it names the number');
  INSERT INTO check_run (id, started_at, version) VALUES (1, '2026-11-23', '0.1.0'), (2, '2026-11-23', '0.1.0');
  INSERT INTO finding (id, check_run_id, study_id, fact_id, rule, severity, status, table_name, row_key, field, about, message)
    SELECT row_number() OVER (), 1, study_id, id, 'sums', 'note', 'remark', 'outcome_measurement', 'm', field, 'Events', 'It adds up.'
    FROM fact WHERE field = 'events';
  INSERT INTO finding (id, check_run_id, review_id, rule, severity, status, table_name, row_key, about, message)
    VALUES (901, 2, '${OTHER_REVIEW}', 'review-decided', 'note', 'remark', 'review_study', 'unread', 'Unread', 'It waits.');
  INSERT INTO waiver SELECT study_id || '/w' || substr(id, length(id) - 8, 2), study_id, id, 'sums', 'seen', 'me', '2026-11-23'
    FROM fact WHERE id LIKE '%/m0000_/events';`

const connected = ({ location, url }: ScratchDatabase): Promise<Connection> =>
  location.engine === 'sqlite' ? sqliteConnection(location.file) : postgresqlConnection(url)

async function sqliteConnection(file: string): Promise<Connection> {
  const db = new Driver(file)
  return connection(
    async (sql) => void db.exec(sql),
    async <Found>(sql: string) => db.prepare(sql).all() as Found[],
    async () => void db.close(),
  )
}

async function postgresqlConnection(url: string): Promise<Connection> {
  const db = new pg.Client(url)
  await db.connect()
  return connection(
    async (sql) => void (await db.query(sql)),
    async <Found>(sql: string) => (await db.query(sql)).rows as Found[],
    () => db.end(),
  )
}

const connection = (exec: Connection['exec'], rows: Connection['rows'], close: Connection['close']): Connection => ({
  exec,
  rows,
  close,
  tried: async (sql) => {
    await exec('BEGIN')
    try {
      await exec(sql)
      return undefined
    } catch (error) {
      return error
    } finally {
      await exec('ROLLBACK')
    }
  },
})
