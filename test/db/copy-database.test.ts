import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { readSchema } from '../../scripts/prisma-schema.ts'
import { type Database, openDatabase } from '../../src/db/connect.ts'
import { copyDatabase } from '../../src/db/copy-database.ts'
import type { DatabaseLocation } from '../../src/db/database-url.ts'
import { saveStudy } from '../../src/db/save-study.ts'
import { tableContent } from '../../src/db/table-digest.ts'
import { ALL_TABLES, sqlName } from '../../src/db/tables.ts'
import { ENGINE } from '../engines.ts'
import { ROOT, type ScratchDatabase, scratchDatabase, scratchFile, seededDatabase } from '../scratch.ts'
import { environment } from '../scripts/prisma-project.ts'
import { AWKWARD, fillDatabase } from './full-database.ts'
import { asOtherStudy, ORIGIN, variant } from './study-variants.ts'

const schema = readSchema(`${ROOT}prisma/schema`)

let full: ScratchDatabase
let fullFile: ScratchDatabase
beforeAll(async () => {
  full = await scratchDatabase()
  await fillDatabase(full)
  fullFile = ENGINE === 'sqlite' ? full : await scratchFile()
  if (fullFile !== full) await fillDatabase(fullFile)
})

const INVENTED = path.join(ROOT, 'test/fixtures/study-files/invented-2001.yaml')
/** Another program loads a study, and has done so when this returns. */
const load = ({ url }: ScratchDatabase, file: string) =>
  execFileSync(process.execPath, [path.join(ROOT, 'scripts/evibase.mjs'), 'load', file], {
    env: environment({ DATABASE_URL: url }),
    stdio: 'pipe',
  })

async function using<Result>(location: DatabaseLocation, use: (db: Database) => Promise<Result>): Promise<Result> {
  const db = await openDatabase(location, ROOT)
  try {
    return await use(db)
  } finally {
    await db.$disconnect()
  }
}
const copy = (from: ScratchDatabase, to: ScratchDatabase) =>
  using(from.location, (source) => using(to.location, (target) => copyDatabase(source, target)))

type Everything = Readonly<Record<string, readonly object[]>>

/** All rows of all tables, by the client's own functions: nothing of what copies them has a hand in it. */
const everything = (scratch: ScratchDatabase): Promise<Everything> =>
  using(scratch.location, async (db) => {
    const readers = db as unknown as Record<string, { findMany(): Promise<object[]> }>
    const tables = schema.models.map(({ name }) => `${name[0]?.toLowerCase()}${name.slice(1)}`)
    const read = await Promise.all(
      tables.map(async (table) => [table, (await readers[table]?.findMany()) ?? []] as const),
    )
    return Object.fromEntries(
      read.map(([table, rows]) => [table, rows.map((row) => JSON.stringify(row)).sort()]),
    ) as never
  })

test('every table of the schema is known, parents before children', () => {
  const names = ALL_TABLES.map(([table]) => sqlName(table))
  expect([...names].sort()).toEqual(schema.models.map(({ table }) => table).sort())
  const parents = (table: string) =>
    (schema.models.find((model) => model.table === table)?.fields ?? []).flatMap(({ type, attributes }) => {
      const parent = /fields: \[/.test(attributes) ? schema.models.find(({ name }) => name === type)?.table : undefined
      return parent === undefined || parent === table ? [] : [parent]
    })
  const late = names.flatMap((table, index) =>
    parents(table)
      .filter((parent) => names.indexOf(parent) > index)
      .map((parent) => `${table} before ${parent}`),
  )
  expect(late).toEqual([])
})

test('each table has its primary key for a key, and says which row of itself it points at', () => {
  for (const [name, rule] of ALL_TABLES) {
    const model = schema.models.find(({ table }) => table === sqlName(name))
    expect(rule.key.map(sqlName), name).toEqual(model?.key)
    const own = (model?.fields ?? []).flatMap(({ type, attributes }) => {
      const field = type === model?.name ? /fields: \[(\w+)\]/.exec(attributes)?.[1] : undefined
      return field === undefined ? [] : [field]
    })
    expect(rule.within ?? [], name).toEqual(own)
    expect(rule.counted ?? false, name).toBe(model?.fields.some(({ attributes }) => /autoincrement/.test(attributes)))
  }
})

describe('a copy', () => {
  const ways = [
    { way: `from ${ENGINE} to ${ENGINE}`, from: () => full, to: scratchDatabase },
    ...(ENGINE === 'sqlite'
      ? []
      : [
          { way: 'from sqlite to postgresql', from: () => fullFile, to: scratchDatabase },
          { way: 'from postgresql to sqlite', from: () => full, to: scratchFile },
        ]),
  ]
  test.each(ways)('$way holds every row, as the client reads it', async ({ from, to }) => {
    const [source, target] = [from(), await to()]
    const before = await everything(source)
    const copied = await copy(source, target)
    expect(await everything(target)).toEqual(before)
    expect(await everything(source)).toEqual(before)
    expect(
      copied.filter(({ rows }) => rows === 0).map(({ table }) => table),
      'no table is empty',
    ).toEqual([])
    expect(Object.values(before).flat().length).toBe(copied.reduce((sum, { rows }) => sum + rows, 0))
    const numbers = await using(target.location, (db) =>
      db.outcomeMeasurement.findMany({
        where: { mean: { not: null } },
        orderBy: { id: 'asc' },
        select: { mean: true },
      }),
    )
    expect(numbers.slice(0, AWKWARD.numbers.length)).toEqual(AWKWARD.numbers.map((number) => ({ mean: number })))
  })

  test('goes on with the numbers of its rows where the original left off', async () => {
    const target = await scratchDatabase()
    await copy(full, target)
    await using(target.location, async (db) => {
      const { id } = await db.checkRun.create({ data: { startedAt: AWKWARD.moment, version: '0.1.0' } })
      expect(id).toBe(8)
      expect(
        await saveStudy(
          db,
          variant((file) => asOtherStudy(file, 'later', '99')),
          ORIGIN,
        ),
      ).toBe('created')
    })
  })

  test('is as of one moment, though a study is loaded meanwhile', async () => {
    const source = await seededDatabase()
    const target = await scratchDatabase()
    let loaded = false
    await using(source.location, (reader) =>
      using(target.location, (writer) =>
        copyDatabase(reader, writer, () => {
          if (!loaded) load(source, INVENTED)
          loaded = true
        }),
      ),
    )
    expect(await source.rows('SELECT count(*) AS n FROM study')).toEqual([{ n: 2 }])
    expect(await target.rows('SELECT id FROM study')).toEqual([{ id: 'rosenberg-1993-il2-lak' }])
  })

  test('into a database that holds something is refused, whatever it is', async () => {
    const target = await scratchDatabase()
    await target.exec(`INSERT INTO mesh_qualifier (ui, name) VALUES ('Q000453', 'epidemiology')`)
    await expect(copy(full, target)).rejects.toMatchObject({
      code: 'DATABASE_NOT_EMPTY',
      details: { table: 'mesh_qualifier' },
    })
    expect(await target.rows('SELECT count(*) AS n FROM study')).toEqual([{ n: 0 }])
  })

  test('that breaks off leaves the target empty, and so does one whose target refuses a row', async () => {
    const target = await scratchDatabase()
    let pages = 0
    await expect(
      using(full.location, (source) =>
        using(target.location, (db) =>
          copyDatabase(source, db, () => {
            pages++
            if (pages === 30) throw new Error('the disk has gone')
          }),
        ),
      ),
    ).rejects.toThrow('the disk has gone')
    expect(pages).toBe(30)
    const strict = await scratchDatabase()
    await strict.exec(`CREATE UNIQUE INDEX one_fact ON fact (study_id)`)
    await expect(copy(full, strict)).rejects.toMatchObject({ code: 'CONSTRAINT_VIOLATED' })
    for (const left of [target, strict])
      expect(Object.values(await everything(left)).flat(), 'nothing is left').toEqual([])
  })

  test('that arrives otherwise than it was sent is not kept', async () => {
    const target = await scratchDatabase()
    await target.exec(
      ENGINE === 'sqlite'
        ? `CREATE TRIGGER rounds AFTER INSERT ON outcome_measurement WHEN new.mean IS NOT NULL
           BEGIN UPDATE outcome_measurement SET mean = round(mean, 1) WHERE id = new.id; END`
        : `CREATE FUNCTION rounds() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN new.mean := round(new.mean::numeric, 1); RETURN new; END $$;
           CREATE TRIGGER rounds BEFORE INSERT ON outcome_measurement FOR EACH ROW
             WHEN (new.mean BETWEEN 0.2 AND 0.4) EXECUTE FUNCTION rounds()`,
    )
    await expect(copy(full, target)).rejects.toMatchObject({
      code: 'COPY_DIFFERS',
      message: expect.stringContaining('Of the table outcome_measurement '),
    })
    expect(Object.values(await everything(target)).flat()).toEqual([])
  })
})

describe('a digest', () => {
  const digests = (scratch: ScratchDatabase) =>
    using(scratch.location, async (db) => {
      const found: Record<string, string> = {}
      for (const [table, rule] of ALL_TABLES) found[table] = (await tableContent(db, table, rule)).sha256
      return found
    })

  test.each([
    { edit: `UPDATE study SET note = note || ' ' WHERE id = 'zebra-1999'`, table: 'study' },
    {
      edit: `UPDATE outcome_measurement SET events = events + 1 WHERE id = 'zebra-1999/m00001'`,
      table: 'outcomeMeasurement',
    },
    { edit: `UPDATE outcome_measurement SET total = NULL WHERE id = 'zebra-1999/m00001'`, table: 'outcomeMeasurement' },
    { edit: `DELETE FROM waiver WHERE id = (SELECT max(id) FROM waiver)`, table: 'waiver' },
  ])('of a table is another one after $edit, and those of the others are not', async ({ edit, table }) => {
    const target = await scratchDatabase()
    await copy(full, target)
    const before = await digests(target)
    expect(before).toEqual(await digests(full))
    await target.exec(edit)
    const after = await digests(target)
    expect(Object.keys(after).filter((name) => after[name] !== before[name])).toEqual([table])
  })
})
