import type { Transaction } from '../db/connect.ts'
import { sqlName } from '../db/tables.ts'
import { EvidenceError } from '../errors.ts'
import { localKey } from './selection.ts'

/** Fields of a study that can be asked for as covariates; `year` is that of its first primary publication. */
const FIELDS = ['type', 'allocation', 'interventionModel', 'masking', 'phase', 'purpose'] as const

/** So many studies are read by one statement. */
const STUDIES_AT_ONCE = 500

interface Value {
  readonly number: number | null
  readonly text: string | null
  readonly unit: string | null
}

type Named = ReadonlyMap<string, ReadonlyMap<string, Value>>

/**
 * The covariates of studies by their codes, as words or numbers, each study with all of them, empty where it has no value:
 * those of the review, where there is one; else of the study files; else fields of the study itself. Which of these a name
 * means is the same for all studies.
 *
 * @param asked  names that must have the same unit in all studies
 * @throws EvidenceError POOL_AMBIGUOUS  a covariate that is asked for has several units
 */
export async function covariatesOf(
  db: Transaction,
  studies: readonly string[],
  review: string | undefined,
  asked: readonly string[],
): Promise<(study: string) => ReadonlyMap<string, string>> {
  const columns = new Map<string, ReadonlyMap<string, Value>>()
  for (const named of [await fieldsOf(db, studies), await ofStudyFiles(db, studies), await ofReview(db, review)])
    for (const [name, values] of named) columns.set(name, values)
  for (const name of asked) requireOneUnit(name, columns.get(name))
  return (study) =>
    new Map(
      [...columns].map(([name, values]) => {
        const { number, text } = values.get(study) ?? {}
        return [name, String(number ?? text ?? '')]
      }),
    )
}

function requireOneUnit(name: string, values: ReadonlyMap<string, Value> | undefined): void {
  const units = new Set([...(values?.values() ?? [])].flatMap(({ number, unit }) => (number === null ? [] : [unit])))
  if (units.size < 2) return
  const list = [...units].map((unit) => unit ?? 'no unit').join(', ')
  throw new EvidenceError('POOL_AMBIGUOUS', `The covariate ${name} is given in ${list}; expected one unit.`)
}

async function ofReview(db: Transaction, reviewId: string | undefined): Promise<Named> {
  if (reviewId === undefined) return new Map()
  const rows = await db.reviewStudyCovariate.findMany({
    where: { reviewId },
    include: { covariate: true, reviewStudy: true },
    orderBy: [{ reviewStudyId: 'asc' }, { covariateId: 'asc' }],
  })
  return byName(
    rows.flatMap(({ covariate, reviewStudy: { studyId }, number, text }) =>
      studyId === null
        ? []
        : [{ study: studyId, name: localKey(reviewId, covariate.id), number, text, unit: covariate.unit }],
    ),
  )
}

async function ofStudyFiles(db: Transaction, studies: readonly string[]): Promise<Named> {
  const rows = await inPages(studies, (some) =>
    db.covariate.findMany({ where: { studyId: { in: some } }, orderBy: { id: 'asc' } }),
  )
  return byName(
    rows.map(({ id, studyId, number, text, unit }) => ({
      ...{ study: studyId, name: localKey(studyId, id), number, text, unit },
    })),
  )
}

async function fieldsOf(db: Transaction, studies: readonly string[]): Promise<Named> {
  const rows = await inPages(studies, (some) =>
    db.study.findMany({
      where: { id: { in: some } },
      include: { publications: { where: { role: 'primary' }, include: { publication: true } } },
      orderBy: { id: 'asc' },
    }),
  )
  return byName(
    rows.flatMap((study) => {
      const years = study.publications.flatMap(({ publication }) => publication.year ?? [])
      const year = years.length === 0 ? null : Math.min(...years)
      return [
        { study: study.id, name: 'year', number: year, text: null, unit: null },
        ...FIELDS.map((field) => ({
          ...{ study: study.id, name: sqlName(field), number: null, text: study[field], unit: null },
        })),
      ]
    }),
  )
}

async function inPages<Row>(
  studies: readonly string[],
  read: (some: string[]) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (let from = 0; from < studies.length; from += STUDIES_AT_ONCE)
    rows.push(...(await read(studies.slice(from, from + STUDIES_AT_ONCE))))
  return rows
}

function byName(rows: readonly (Value & { readonly study: string; readonly name: string })[]): Named {
  const named = new Map<string, Map<string, Value>>()
  for (const { study, name, ...value } of rows) {
    const values = named.get(name) ?? new Map<string, Value>()
    values.set(study, value)
    named.set(name, values)
  }
  return named
}
