import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readRevman } from '../../../src/import/revman/read-revman.ts'
import { splitRevman } from '../../../src/import/revman/split-revman.ts'
import type { StudyReading } from '../../../src/model/reading.ts'
import { effectSizes } from '../../../src/stats/effect-sizes/effect-sizes.ts'
import { MEASURES } from '../../../src/stats/effect-sizes/measures.ts'
import { poolInverseVariance } from '../../../src/stats/pooling/inverse-variance.ts'
import { poolMantelHaenszel } from '../../../src/stats/pooling/mantel-haenszel.ts'
import { chunks, split } from '../chunks.ts'

const folder = path.join(process.env.EVIBASE_FIXTURES ?? '', 'revman')
const FILES = [
  'antibiotics-for-sore-throat__IEBH_revman-replicant.rm5',
  'antibiotics-for-sore-throat__IEBH_revman.rm5',
  'Fleiss1993.rm5',
]

/** The file's text, and what it is read as; both real files are in Latin 1. */
async function read(name: string) {
  const bytes = readFileSync(path.join(folder, name))
  const { records, error } = await split(splitRevman, chunks(bytes))
  expect(error).toBeUndefined()
  const readings = records.map(readRevman)
  return {
    xml: bytes.toString('latin1'),
    studies: readings.flatMap((reading) => (reading.kind === 'study' ? [reading] : [])),
    reviews: readings.flatMap((reading) => (reading.kind === 'review' ? [reading] : [])),
  }
}

/** The attributes of all elements of a name, by their letters alone. */
const attributesOf = (xml: string, name: RegExp) =>
  [...xml.matchAll(new RegExp(`<(?:${name.source})\\s([^>]*)>`, 'g'))].map(([, inside = '']) =>
    Object.fromEntries([...inside.matchAll(/([A-Z_\d]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value])),
  )
const inside = (xml: string, name: string) =>
  new RegExp(`<${name}(?:\\s[^>]*[^/])?>.*?</${name}>`, 's').exec(xml)?.[0] ?? ''
const rowsOf = <Row>(studies: readonly StudyReading[], of: (rows: StudyReading['record']['rows']) => readonly Row[]) =>
  studies.flatMap(({ record }) => of(record.rows))

describe.skipIf(!process.env.EVIBASE_FIXTURES)('a real review', () => {
  test.each(FILES)('%s is read with as many studies, references, judgements and rows as it has', async (name) => {
    const { xml, studies, reviews } = await read(name)
    const included = inside(xml, 'INCLUDED_STUDIES')
    expect(studies).toHaveLength(attributesOf(included, /STUDY/).length)
    expect(rowsOf(studies, ({ studyPublication }) => studyPublication)).toHaveLength(
      [...included.matchAll(/<TI>/g)].length,
    )
    const [own] = reviews
    const excluded = attributesOf(inside(xml, 'EXCLUDED_STUDIES'), /STUDY/).length
    expect(own?.record.rows.reviewStudy.map(({ decision }) => decision).sort()).toEqual([
      ...Array.from({ length: excluded }, () => 'excluded'),
      ...Array.from({ length: studies.length }, () => 'included'),
    ])
    expect(own?.record.rows.reviewStudy.filter(({ reason }) => /gives no reason/.test(reason ?? ''))).toEqual([])
    expect(own?.record.rows.reviewOutcome).toHaveLength(attributesOf(xml, /(?:DICH|CONT)_OUTCOME/).length)
    expect(own?.record.rows.reviewResult).toHaveLength(attributesOf(xml, /(?:DICH|CONT)_DATA/).length)
    const judgements = attributesOf(xml, /QUALITY_ITEM_DATA_ENTRY/)
    const mute = [...xml.matchAll(/RESULT="UNKNOWN"[^>]*>\s*<DESCRIPTION\s*\/>/g)].length
    const texts = rowsOf(studies, ({ studyText }) => studyText.filter(({ module }) => module === 'risk of bias'))
    expect(rowsOf(studies, ({ riskOfBias }) => riskOfBias).length + texts.length).toBe(judgements.length - mute)

    const key = (...parts: readonly unknown[]) => parts.join(' ')
    const printed = attributesOf(xml, /DICH_DATA|CONT_DATA/)
    expect(printed.length).toBeGreaterThan(10)
    const measured = studies.flatMap(({ key: own, record }) =>
      record.rows.outcomeMeasurement.map(({ studyGroupId, events, total, mean, sd }) =>
        key(own.split('/')[1], /\/experimental-/.test(studyGroupId) ? 1 : 2, events, total, mean, sd),
      ),
    )
    const number = (text: string | undefined) => (text === undefined ? null : Number(text))
    const expected = printed.flatMap((row) =>
      [1, 2].map((side) =>
        key(row.STUDY_ID, side, ...['EVENTS', 'TOTAL', 'MEAN', 'SD'].map((field) => number(row[`${field}_${side}`]))),
      ),
    )
    expect(measured.sort()).toEqual(expected.sort())
    const outcomes = rowsOf(studies, ({ outcome }) => outcome.filter(({ partOfId }) => partOfId === null))
    expect(new Set(outcomes.map(({ id }) => id.split('/')[1])).size).toBe(
      attributesOf(xml, /(?:DICH|CONT)_OUTCOME/).length,
    )
  })

  /** What RevMan itself pooled: of all outcomes and subgroups of tables. */
  test.each(FILES)('%s pools to the totals that RevMan wrote into it', async (name) => {
    const { xml, studies } = await read(name)
    let compared = 0
    const settings = attributesOf(xml, /DICH_OUTCOME/)
    for (const total of attributesOf(xml, /DICH_OUTCOME|DICH_SUBGROUP/)) {
      const of = settings.find(({ ID: id }) => total.ID?.startsWith(id ?? '-'))
      const measure = of?.EFFECT_MEASURE === 'OR' ? 'OR' : 'RR'
      const code = total.ID?.toLowerCase().replaceAll('.', '-') ?? ''
      const tables = studies.flatMap(({ record }) => tablesOf(record.rows, code))
      expect({ ID: total.ID, events: sum(tables, 'events'), total: sum(tables, 'total') }).toEqual({
        ID: total.ID,
        events: [Number(total.EVENTS_1), Number(total.EVENTS_2)],
        total: [Number(total.TOTAL_1), Number(total.TOTAL_2)],
      })
      if (total.ESTIMABLE === 'NO') continue
      const sizes = tables.map((table) => {
        const [size] = effectSizes(MEASURES[measure], [table], { add: 0.5, to: 'only0', drop00: true })
        return size?.status === 'estimated' && size.vi > 0 ? { yi: size.yi, vi: size.vi } : undefined
      })
      const common = poolMantelHaenszel(
        tables.map((table, index) => ({ table, effect: sizes[index] })),
        { measure, correction: 'half-where-zero' },
      )
      if (common.status === 'not-estimable') throw new Error(`${total.ID}: ${common.reason}`)
      const effects = sizes.flatMap((size) => size ?? [])
      const pooled =
        of?.RANDOM === 'YES' ? poolInverseVariance(effects, { method: 'DL', about: common.estimate }) : common
      if (pooled.status === 'not-estimable') throw new Error(`${total.ID}: ${pooled.reason}`)
      const { inference } = pooled
      if ('status' in inference) throw new Error(`${total.ID}: no interval`)
      const near = (ours: number, theirs: string | undefined) =>
        expect(Math.abs(ours / Number(theirs) - 1), `${total.ID} ${ours} ${theirs}`).toBeLessThan(1e-9)
      near(Math.exp(pooled.estimate), total.EFFECT_SIZE)
      near(Math.exp(inference.ciLower), total.CI_START)
      near(Math.exp(inference.ciUpper), total.CI_END)
      compared++
    }
    expect(compared).toBe([...xml.matchAll(/<DICH_(?:OUTCOME|SUBGROUP)\s[^>]*ESTIMABLE="YES"/g)].length)
    expect(compared).toBeGreaterThan(0)
  })
})

type Rows = StudyReading['record']['rows']

/** The tables of an outcome, or of all its parts. */
function tablesOf({ outcome, outcomeMeasurement }: Rows, code: string) {
  const named = outcome.filter(({ id }) => {
    const own = id.split('/')[1] ?? ''
    return own === code || own.startsWith(`${code}-`)
  })
  return named.flatMap(({ id }) => {
    const [experimental, control] = outcomeMeasurement.filter(({ outcomeId }) => outcomeId === id).map(countsOf)
    return experimental === undefined || control === undefined ? [] : [{ experimental, control }]
  })
}

const countsOf = ({ events, total }: Rows['outcomeMeasurement'][number]) => ({ events: events ?? 0, total: total ?? 0 })

const sum = (tables: ReturnType<typeof tablesOf>, field: 'events' | 'total') =>
  (['experimental', 'control'] as const).map((side) => tables.reduce((all, table) => all + table[side][field], 0))
