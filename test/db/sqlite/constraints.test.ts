import { copyFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Constraint, constraintsOf } from '../../../scripts/constraints.ts'
import { readSchema } from '../../../scripts/prisma-schema.ts'
import { type ScratchFile, scratchFile } from '../../scratch.ts'
import { normalised, standingChecks } from './standing-checks.ts'

const expected = constraintsOf(readSchema(fileURLToPath(new URL('../../../prisma/schema', import.meta.url))))

let scratch: ScratchFile
beforeAll(async () => {
  scratch = await scratchFile()
})
afterAll(() => scratch.remove())

/** What a migration lost, what it added on its own, and what it wrote differently; all empty when all is well. */
function compared(standing: readonly Constraint[]) {
  const there = new Map(standing.map((constraint) => [nameOf(constraint), normalised(constraint.check)]))
  const wanted = new Map(expected.map((constraint) => [nameOf(constraint), normalised(constraint.check)]))
  return {
    missing: [...wanted.keys()].filter((name) => !there.has(name)),
    extra: [...there.keys()].filter((name) => !wanted.has(name)),
    different: [...wanted].filter(([name, check]) => (there.get(name) ?? check) !== check).map(([name]) => name),
  }
}

const nameOf = ({ table, name, check }: Constraint) => `${table}: ${name || check}`

test('the CHECKs that stand in a migrated database are those that should', () => {
  const standing = inDatabase((db) => standingChecks(db))
  expect(compared(standing)).toEqual({ missing: [], extra: [], different: [] })
  expect(standing).toHaveLength(expected.length)
})

test('no two CHECKs have the same name, so that a refusal names one of them', () => {
  const names = expected.map(({ name }) => name)
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})

describe('the comparison sees', () => {
  const changed = (sql: string) =>
    inDatabase((db) => {
      db.exec(sql)
      return compared(standingChecks(db))
    })

  test('a table that Prisma rebuilt without its CHECKs', () => {
    const { missing, extra, different } = changed(`
      PRAGMA defer_foreign_keys=ON;
      PRAGMA foreign_keys=OFF;
      CREATE TABLE "new_extraction" (
          "id" TEXT NOT NULL PRIMARY KEY,
          "study_id" TEXT NOT NULL,
          "role" TEXT NOT NULL,
          "extracted_by" TEXT NOT NULL,
          "extracted_on" TEXT NOT NULL,
          "note" TEXT,
          "confidence" TEXT,
          CONSTRAINT "extraction_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE CASCADE ON UPDATE CASCADE
      );
      INSERT INTO "new_extraction" SELECT *, NULL FROM "extraction";
      DROP TABLE "extraction";
      ALTER TABLE "new_extraction" RENAME TO "extraction";
      PRAGMA foreign_keys=ON;
      PRAGMA defer_foreign_keys=OFF;`)
    expect(missing).toEqual([
      'extraction: extraction_role_known',
      'extraction: extraction_key',
      'extraction: extraction_extracted_on_date',
    ])
    expect({ extra, different }).toEqual({ extra: [], different: [] })
  })

  test('a CHECK that no rule asks for, with a name or without', () => {
    const { missing, extra, different } = changed(`
      ALTER TABLE "keyword" ADD COLUMN "weight" INTEGER CONSTRAINT "keyword_weight_positive" CHECK ("weight" > 0);
      ALTER TABLE "keyword" ADD COLUMN "mark" TEXT CHECK ("mark" <> ')');`)
    expect(extra).toEqual(['keyword: keyword_weight_positive', `keyword: "mark" <> ')'`])
    expect({ missing, different }).toEqual({ missing: [], different: [] })
  })

  test('a CHECK whose list of values fell behind the schema', () => {
    const { missing, extra, different } = changed(`
      PRAGMA writable_schema=ON;
      UPDATE sqlite_master SET sql = replace(sql, ', ''exclusion'')', ')') WHERE name = 'eligibility_criterion';
      PRAGMA writable_schema=OFF;`)
    expect(different).toEqual(['eligibility_criterion: eligibility_criterion_kind_known'])
    expect({ missing, extra }).toEqual({ missing: [], extra: [] })
  })
})

let copies = 0
/** Over a copy, so that no test sees what another one did. */
function inDatabase<Result>(use: (db: Database.Database) => Result): Result {
  const copy = path.join(path.dirname(scratch.file), `copy-${++copies}.db`)
  copyFileSync(scratch.file, copy)
  const db = new Database(copy)
  db.unsafeMode()
  try {
    return use(db)
  } finally {
    db.close()
  }
}
