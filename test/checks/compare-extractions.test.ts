import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ComparedValue, compareExtractions, type FieldAgreement } from '../../src/checks/compare-extractions.ts'
import type { StudyFile } from '../../src/model/study-file.ts'
import type { StudyRecord, StudyRows } from '../../src/model/study-record.ts'
import { coded, entry, fillEveryTable, SEED_SLUG, variant } from '../db/study-variants.ts'

const A = variant()

/** The seed's record after an edit of its rows. */
function edited(edit: (rows: StudyRows) => void, record = A): StudyRecord {
  const copy = structuredClone(record)
  edit(copy.rows)
  return copy
}
const row = <Row extends { readonly id: string }>(rows: readonly Row[], key: string): Row =>
  entry(rows, ({ id }) => id === `${SEED_SLUG}/${key}`)

/** A record of which codes are spelt otherwise wherever they stand; the label of what they name stays. */
function respelt(record: StudyRecord, codes: Readonly<Record<string, string>>): StudyRecord {
  const rename = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(rename)
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rename(inner)]))
    if (typeof value !== 'string' || !value.startsWith(`${SEED_SLUG}/`)) return value
    return value
      .split('/')
      .map((part) =>
        part
          .split('+')
          .map((code) => codes[code] ?? code)
          .join('+'),
      )
      .join('/')
  }
  return rename(record) as StudyRecord
}

const disagreements = (values: readonly ComparedValue[]) =>
  values
    .filter(({ agreement }) => agreement !== 'agree')
    .map(({ table, row: name, field, a, b, agreement }) => [table, name, field, a, b, agreement])
const differences = (a: StudyRecord, b: StudyRecord) => disagreements(compareExtractions(a, b).values)

describe('one and the same extraction', () => {
  const full = variant(fillEveryTable)

  test.each([
    { what: 'the seed', record: A },
    { what: 'a study with something in every table', record: full },
  ])('$what agrees with itself, with a kappa of 1 or none', ({ record }) => {
    const { values, fields } = compareExtractions(record, record, { quotes: true })
    expect(values.length).toBeGreaterThan(150)
    expect(disagreements(values)).toEqual([])
    expect(fields.filter(({ kappa, not_estimable }) => kappa !== 1 && not_estimable === null)).toEqual([])
    expect(fields.filter(({ kappa, not_estimable }) => (kappa === null) === (not_estimable === null))).toEqual([])
    expect(fields.filter(({ compared, agreed, percent }) => compared !== agreed || percent !== 100)).toEqual([])
  })

  test('every number of the study is among what is compared', () => {
    const { values } = compareExtractions(full, full)
    const tables = new Set(values.map(({ table }) => table))
    expect([...tables].sort()).toEqual(
      [
        'adverse_event_count',
        'adverse_event_term',
        'analysis_set',
        'arm',
        'arm_intervention',
        'baseline_measurement',
        'comparison',
        'covariate',
        'eligibility_criterion',
        'enrolment',
        'follow_up',
        'intervention',
        'outcome',
        'outcome_analysis',
        'outcome_measurement',
        'participant_flow',
        'risk_of_bias',
        'study',
        'study_condition',
        'study_group',
        'study_identifier',
        'subgroup',
        'timepoint',
      ].sort(),
    )
    const numbers = full.rows.outcomeMeasurement.flatMap(({ events, total }) => [events, total])
    const compared = values.filter(({ table, field }) => table === 'outcome_measurement' && /events|total/.test(field))
    expect(compared.filter(({ a }) => typeof a === 'number')).toHaveLength(numbers.filter((n) => n !== null).length)
  })

  test('with other codes it still agrees with itself', () => {
    const codes = {
      'il2-lak': 'combination',
      il2: 'single',
      'complete-response': 'cr',
      survival: 'os',
      '36-months': 'three-years',
      assessable: 'evaluable',
      'treatment-related-death': 'deaths',
      'metastatic-cancer': 'cancer',
      overall: 'main',
    }
    expect(differences(A, respelt(A, codes))).toEqual([])
    const names = compareExtractions(A, respelt(A, codes)).values.map((value) => value.row)
    expect(names).toContain('complete-response = cr / combination = il2-lak / assessable = evaluable')
  })

  test('with the codes of two arms and two outcomes swapped, the labels tell', () => {
    const codes = {
      'il2-lak': 'il2',
      il2: 'il2-lak',
      'complete-response': 'partial-response',
      'partial-response': 'complete-response',
    }
    expect(differences(A, respelt(A, codes))).toEqual([])
  })

  test('written otherwise it still agrees with itself', () => {
    const written = edited((rows) => {
      row(rows.arm, 'il2-lak').label = '  IL-2  plus\nLAK cells '
      row(rows.outcomeAnalysis, 'a00001').pText = '0.089'
      Object.assign(row(rows.timepoint, '36-months'), { fromTime: 3, unit: 'years' })
      entry(rows.study).title = entry(rows.study).title.normalize('NFD')
      for (const outcome of rows.outcome) outcome.definition = outcome.definition?.replaceAll(' ', '\u00a0') ?? null
    })
    expect(differences(A, written)).toEqual([])
  })
})

describe('what two extractors have otherwise', () => {
  test('another number', () => {
    const b = edited((rows) => {
      row(rows.outcomeMeasurement, 'm00003').events = 41
    })
    expect(differences(A, b)).toEqual([
      ['outcome_measurement', 'partial-response / il2-lak / assessable', 'events', 14, 41, 'differ'],
    ])
  })

  test('two arms’ numbers the wrong way round', () => {
    const b = edited((rows) => {
      const [one, other] = [row(rows.outcomeMeasurement, 'm00001'), row(rows.outcomeMeasurement, 'm00002')]
      ;[one.events, other.events] = [other.events, one.events]
    })
    expect(differences(A, b)).toEqual([
      ['outcome_measurement', 'complete-response / il2 / assessable', 'events', 4, 10, 'differ'],
      ['outcome_measurement', 'complete-response / il2-lak / assessable', 'events', 10, 4, 'differ'],
    ])
  })

  test('a reason for a number, and nothing for a reason', () => {
    const b = edited((rows) => {
      Object.assign(row(rows.outcomeMeasurement, 'm00001'), {
        events: null,
        total: null,
        missingReason: 'not_reported',
      })
      Object.assign(row(rows.enrolment, 'il2+treated'), { missingReason: 'not_reported' })
      Object.assign(entry(rows.study), { masking: null, maskingMissingReason: null })
    })
    expect(differences(A, b)).toEqual([
      ['study', SEED_SLUG, 'masking', '[not reported]', null, 'only_a'],
      ['enrolment', 'il2 / treated', 'missing', '[not split by arm]', '[not reported]', 'differ'],
      ['outcome_measurement', 'complete-response / il2-lak / assessable', 'events', 10, '[not reported]', 'differ'],
      ['outcome_measurement', 'complete-response / il2-lak / assessable', 'total', 85, '[not reported]', 'differ'],
    ])
  })

  test('another analysis set, another time', () => {
    const b = edited((rows) => {
      row(rows.outcomeMeasurement, 'm00001').analysisSetId = `${SEED_SLUG}/treated`
      entry(rows.outcomeMeasurement, ({ proportion }) => proportion === 0.31).timepointId = `${SEED_SLUG}/24-months`
    })
    expect(differences(A, b)).toEqual([
      [
        'outcome_measurement',
        'complete-response / il2-lak / assessable = treated',
        'analysis_set',
        'assessable',
        'treated',
        'differ',
      ],
      [
        'outcome_measurement',
        'survival / il2-lak / 24-months = 36-months',
        'timepoint',
        '36-months',
        '24-months',
        'differ',
      ],
    ])
  })

  test('the roles of a comparison the wrong way round', () => {
    const b = edited((rows) => {
      const overall = row(rows.comparison, 'overall')
      const { experimentalGroupId, referenceGroupId } = overall
      Object.assign(overall, { experimentalGroupId: referenceGroupId, referenceGroupId: experimentalGroupId })
      for (const group of rows.analysisGroup.filter(({ analysisId }) => analysisId.endsWith('a00001')))
        group.role = group.role === 'experimental' ? 'reference' : 'experimental'
    })
    expect(differences(A, b)).toEqual([
      ['comparison', 'il2 + il2-lak', 'experimental', 'il2-lak', 'il2', 'differ'],
      ['comparison', 'il2 + il2-lak', 'reference', 'il2', 'il2-lak', 'differ'],
      [
        'outcome_analysis',
        'survival / il2 + il2-lak',
        'roles',
        'experimental: il2-lak; reference: il2',
        'experimental: il2; reference: il2-lak',
        'differ',
      ],
    ])
  })

  test('an outcome that only one extracted, with all its numbers', () => {
    const b = edited((rows) => {
      rows.outcome = rows.outcome.filter(({ id }) => id !== `${SEED_SLUG}/alive`)
      rows.outcomeMeasurement = rows.outcomeMeasurement.filter(({ outcomeId }) => outcomeId !== `${SEED_SLUG}/alive`)
    })
    const found = differences(A, b)
    expect(found.every(([, , , , , agreement]) => agreement === 'only_a')).toBe(true)
    expect(found).toContainEqual([
      'outcome_measurement',
      'alive / melanoma-il2 / not-stated / at-report',
      'events',
      0,
      null,
      'only_a',
    ])
    expect(differences(b, A).map(([, , , a, other]) => [other, a])).toEqual(found.map(([, , , a, other]) => [a, other]))
    const { fields } = compareExtractions(A, b)
    expect(entry(fields, ({ field }) => field === 'outcome_measurement.events')).toMatchObject({
      only_a: 2,
      only_b: 0,
      percent: 100,
    })
  })

  test('the words that a row was read from, where that is asked for', () => {
    const b = edited((rows) => {
      entry(rows.quote, ({ id }) => id.endsWith('/follow-up')).words = 'Median follow-up was 63.2 months.'
    })
    expect(differences(A, b)).toEqual([])
    expect(disagreements(compareExtractions(A, b, { quotes: true }).values)).toEqual([
      [
        'follow_up',
        'all / median / potential',
        'quotes',
        'Median potential follow-up was 63.2 months.',
        'Median follow-up was 63.2 months.',
        'differ',
      ],
    ])
  })

  test('kappa of a field is Cohen’s over the rows that both have', () => {
    const b = edited((rows) => {
      const [first] = rows.outcome
      Object.assign(first ?? {}, { direction: 'harm' })
      row(rows.outcome, 'survival').direction = 'harm'
      row(rows.outcome, 'alive').direction = 'unclear'
    })
    const a = edited((rows) => {
      row(rows.outcome, 'survival').direction = 'harm'
    })
    // Six outcomes: (benefit, harm), (harm, harm), (benefit, unclear) and three (benefit, benefit).
    const n = a.rows.outcome.length
    const expected = (5 * 3 + 1 * 2) / n ** 2
    const field = entry(compareExtractions(a, b).fields, (each) => each.field === 'outcome.direction')
    expect(n).toBe(6)
    expect(field).toMatchObject({ compared: 6, agreed: 4, not_estimable: null } satisfies Partial<FieldAgreement>)
    expect(field.percent).toBeCloseTo(66.667, 3)
    expect(field.kappa).toBeCloseTo((4 / 6 - expected) / (1 - expected), 12)
  })
})

describe('a consensus', () => {
  const b = edited((rows) => {
    row(rows.outcomeMeasurement, 'm00001').events = 12
    row(rows.outcomeMeasurement, 'm00002').events = 5
    row(rows.outcomeMeasurement, 'm00003').events = 15
    row(rows.outcomeMeasurement, 'm00004').events = 13
    rows.followUp = []
  })
  const settled = (consensus: StudyRecord) =>
    compareExtractions(A, b, { consensus })
      .values.filter((value) => value.settled !== null)
      .map(({ row: name, field, a, b: other, consensus: own, settled: how }) => [name, field, a, other, own, how])

  test('settles each disagreement: as a, as b, otherwise, or not at all', () => {
    const consensus = respelt(
      edited((rows) => {
        row(rows.outcomeMeasurement, 'm00002').events = 5
        row(rows.outcomeMeasurement, 'm00003').events = 16
        rows.outcomeMeasurement = rows.outcomeMeasurement.filter(({ id }) => !id.endsWith('m00004'))
      }),
      { 'il2-lak': 'both' },
    )
    const of = settled(consensus).filter(([, field]) => field !== 'total' && field !== 'analysis_set')
    expect(of).toEqual([
      ['all / median / potential', 'statistic', 'median', null, 'median', 'a'],
      ['all / median / potential', 'basis', 'potential', null, 'potential', 'a'],
      ['all / median / potential', 'length', '63.2 months', null, '63.2 months', 'a'],
      ['complete-response / il2 / assessable', 'events', 4, 5, 5, 'b'],
      ['complete-response / il2-lak / assessable', 'events', 10, 12, 10, 'a'],
      ['partial-response / il2 / assessable', 'events', 12, 13, null, 'unsettled'],
      ['partial-response / il2-lak / assessable', 'events', 14, 15, 16, 'neither'],
    ])
  })

  test('that lost what both have leaves it unsettled, and one that has it otherwise is told', () => {
    const lost = edited((rows) => {
      Object.assign(entry(rows.study), { purpose: null, type: 'observational' })
    }, b)
    expect(settled(lost).filter(([name]) => name === SEED_SLUG)).toEqual([
      [SEED_SLUG, 'type', 'interventional', 'interventional', 'observational', 'neither'],
      [SEED_SLUG, 'purpose', 'treatment', 'treatment', null, 'unsettled'],
    ])
  })

  test.each([
    { what: 'the first file', consensus: A, how: 'a' },
    { what: 'the second file', consensus: b, how: 'b' },
  ])('that is $what settles everything as it has it', ({ consensus, how }) => {
    const found = compareExtractions(A, b, { consensus }).values.filter(({ agreement }) => agreement !== 'agree')
    expect(found.length).toBeGreaterThan(5)
    expect(found.filter((value) => value.settled !== how)).toEqual([])
    expect(settled(consensus)).toHaveLength(found.length)
  })

  test('has rows of its own', () => {
    const more = edited((rows) => {
      rows.covariate.push({
        id: `${SEED_SLUG}/latitude`,
        studyId: SEED_SLUG,
        position: 1,
        name: 'latitude',
        number: 44,
        text: null,
        unit: null,
      })
    })
    expect(compareExtractions(A, b, { consensus: more }).onlyConsensus).toBe(1)
    expect(compareExtractions(A, b, { consensus: A }).onlyConsensus).toBe(0)
  })
})

describe('whatever two files hold', () => {
  /** Edits that a second extractor's file may have: numbers, reasons, times, rows left out, codes. */
  const edit = fc.oneof(
    fc.record({ kind: fc.constant('number' as const), at: fc.nat(30), to: fc.nat(40) }),
    fc.record({ kind: fc.constant('reason' as const), at: fc.nat(30), to: fc.nat(1) }),
    fc.record({ kind: fc.constant('remove' as const), at: fc.nat(30), to: fc.nat(3) }),
    fc.record({ kind: fc.constant('double' as const), at: fc.nat(30), to: fc.nat(40) }),
    fc.record({ kind: fc.constant('time' as const), at: fc.nat(30), to: fc.nat(4) }),
  )
  const CODES = { 'il2-lak': 'combination', 'complete-response': 'cr', melanoma: 'mel', '36-months': 'm36' }
  const file = fc
    .record({ edits: fc.array(edit, { maxLength: 6 }), respell: fc.boolean() })
    .map(({ edits, respell }) => {
      const record = edited((rows) => {
        for (const { kind, at, to } of edits) {
          const list = rows.outcomeMeasurement
          const target = list[at % Math.max(list.length, 1)]
          if (!target) continue
          if (kind === 'number') target.events = to
          if (kind === 'reason')
            Object.assign(target, { events: null, total: null, missingReason: to ? 'not_reported' : 'not_estimable' })
          if (kind === 'remove') list.splice(list.indexOf(target), 1)
          if (kind === 'double') list.push({ ...target, id: `${target.id}-${list.length}`, events: to })
          if (kind === 'time') target.timepointId = rows.timepoint[to]?.id ?? null
        }
      })
      return respell ? respelt(record, CODES) : record
    })
  const shuffled = (record: StudyRecord, seed: number): StudyRecord => {
    const next = (() => {
      let state = seed + 1
      return () => {
        state = (state * 48_271) % 2_147_483_647
        return state
      }
    })()
    const rows = Object.fromEntries(
      Object.entries(record.rows).map(([table, list]) => [
        table,
        [...list]
          .map((item) => ({ item, at: next() }))
          .sort((one, other) => one.at - other.at)
          .map(({ item }) => item),
      ]),
    )
    return { ...record, rows: rows as unknown as StudyRows }
  }
  const MIRRORED = { agree: 'agree', differ: 'differ', only_a: 'only_b', only_b: 'only_a' } as const

  test('swapping them swaps a and b, and nothing else', () => {
    fc.assert(
      fc.property(file, file, (one, other) => {
        const there = compareExtractions(one, other)
        const back = compareExtractions(other, one)
        expect(back.values).toEqual(
          there.values.map((value) => ({ ...value, a: value.b, b: value.a, agreement: MIRRORED[value.agreement] })),
        )
        expect([...back.fields]).toEqual(
          there.fields.map((field) => ({ ...field, only_a: field.only_b, only_b: field.only_a })),
        )
      }),
      { numRuns: 60 },
    )
  })

  test('the order of entries plays no part', () => {
    fc.assert(
      fc.property(file, file, fc.nat(1_000_000), (one, other, seed) => {
        expect(compareExtractions(shuffled(one, seed), shuffled(other, seed + 7))).toEqual(
          compareExtractions(one, other),
        )
      }),
      { numRuns: 60 },
    )
  })

  test('a file agrees with itself', () => {
    fc.assert(
      fc.property(file, fc.nat(1_000_000), (one, seed) => {
        expect(disagreements(compareExtractions(one, shuffled(one, seed)).values)).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  test('no figure is NaN', () => {
    fc.assert(
      fc.property(file, file, (one, other) => {
        for (const { percent, kappa } of compareExtractions(one, other).fields)
          for (const figure of [percent, kappa]) expect(figure === null || Number.isFinite(figure)).toBe(true)
      }),
      { numRuns: 30 },
    )
  })
})

test('an outcome within another is told by what it lies within', () => {
  const within = (wider: string) => (file: StudyFile) => {
    coded(file.outcomes, 'complete-response').within = wider
  }
  const [a, b] = [variant(within('complete-or-partial-response')), variant(within('alive'))]
  expect(differences(a, b)).toEqual([
    ['outcome', 'complete-response', 'within', 'complete-or-partial-response', 'alive', 'differ'],
  ])
})

test('a harm within another is told by what it lies within', () => {
  const within = (wider: string) => (file: StudyFile) => {
    coded(file.adverse_events, 'other-toxicity').within = wider
  }
  const [a, b] = [variant(within('treatment-related-death')), variant(within('vascular-permeability'))]
  expect(differences(a, b)).toEqual([
    ['adverse_event_term', 'other-toxicity', 'within', 'treatment-related-death', 'vascular-permeability', 'differ'],
  ])
})
