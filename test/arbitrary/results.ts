import fc from 'fast-check'
import * as enums from '../../src/generated/prisma/enums.ts'
import type { Quotes } from './quotes.ts'
import type { Refs } from './refs.ts'
import { type Codes, entry, type Gen, maybe, oneOf, several, some, text } from './texts.ts'
import { anyOf, decimal, type Entry, filled, inOrder, mesh, missing, orMissing, whole } from './values.ts'

export type At = () => { group: string; analysis_set?: string | undefined; timepoint?: string | undefined }

function statistics(g: Gen) {
  const [minimum, q1, median, q3, maximum] = inOrder(decimal(g), decimal(g), decimal(g), decimal(g), decimal(g))
  return {
    mean: maybe(g, () => decimal(g)),
    sd: maybe(g, () => decimal(g)),
    median: maybe(g, () => median),
    q1: maybe(g, () => q1),
    q3: maybe(g, () => q3),
    minimum: maybe(g, () => minimum),
    maximum: maybe(g, () => maximum),
  }
}

const STATISTICS = ['mean', 'sd', 'median', 'q1', 'q3', 'minimum', 'maximum']

export function baselineEntry(g: Gen, at: At, quotes: Quotes, refs: Refs): Entry<'baseline'> {
  const [count, total] = inOrder(whole(g), whole(g))
  const { group, analysis_set } = at()
  const fields = entry({
    group,
    analysis_set,
    characteristic: text(g),
    category: maybe(g, () => text(g)),
    unit: maybe(g, () => text(g)),
    count: maybe(g, () => count),
    total: maybe(g, () => total),
    ...statistics(g),
    note: maybe(g, () => text(g)),
  })
  const numbers = ['count', 'total', ...STATISTICS]
  // Now and then a row gives a reason in the place of numbers.
  if (g(fc.integer, { min: 0, max: 4 }) === 0)
    for (const field of [...numbers, 'person_time_unit']) Reflect.deleteProperty(fields, field)
  const silent = numbers.every((field) => !(field in fields))
  return refs.named(
    quotes.support(entry({ ...fields, missing: silent ? missing(g).missing : undefined }), {
      numbers,
      texts: ['characteristic', 'category', 'unit', 'note'],
    }),
    numbers,
  )
}

function interval(g: Gen) {
  const [ci_lower, estimate, ci_upper] = inOrder(decimal(g), decimal(g), decimal(g))
  return {
    estimate: maybe(g, () => estimate),
    ci_lower: maybe(g, () => ci_lower),
    ci_upper: maybe(g, () => ci_upper),
    ci_level: maybe(g, () => oneOf(g, [0.95, 0.9, 1, 0])),
  }
}
const INTERVAL = ['ci_lower', 'ci_upper', 'ci_level']

export function measurement(g: Gen, at: At, quotes: Quotes, refs: Refs) {
  const [events, total] = inOrder(whole(g), whole(g))
  const { estimate: _, ...limits } = interval(g)
  const person_time = maybe(g, () => decimal(g))
  const reckoned = maybe(g, () => refs.derived('mean'))
  const fields = entry({
    ...at(),
    events: maybe(g, () => events),
    total: maybe(g, () => total),
    person_time,
    person_time_unit: person_time === undefined ? undefined : anyOf(g, enums.TimeUnit),
    ...statistics(g),
    se: maybe(g, () => decimal(g)),
    proportion: maybe(g, () => g(fc.integer, { min: 0, max: 100 }) / 100),
    ...limits,
    method: maybe(g, () => text(g)),
    note: maybe(g, () => text(g)),
    ...(reckoned ? { mean: reckoned.value } : {}),
  })
  const numbers = ['events', 'total', 'person_time', 'se', 'proportion', ...STATISTICS, ...INTERVAL]
  // Now and then a row gives a reason in the place of numbers.
  if (g(fc.integer, { min: 0, max: 4 }) === 0)
    for (const field of [...numbers, 'person_time_unit']) Reflect.deleteProperty(fields, field)
  const silent = numbers.every((field) => !(field in fields))
  const supported = quotes.support(entry({ ...fields, missing: silent ? missing(g).missing : undefined }), {
    numbers,
    texts: ['person_time_unit', 'method', 'note'],
    ...(reckoned ? { derived: ['mean'] } : {}),
  })
  return refs.named(entry({ ...supported, derived: 'mean' in fields ? reckoned?.derived : undefined }), numbers)
}

export function analysis(
  g: Gen,
  at: At,
  { comparisons, groups }: { comparisons: readonly { code: string }[]; groups: readonly { code: string }[] },
  quotes: Quotes,
  refs: Refs,
) {
  const { analysis_set, timepoint: time } = at()
  const p_value = maybe(g, () => g(fc.integer, { min: 0, max: 1_000 }) / 1_000)
  const fields = entry({
    comparison: comparisons.length === 0 ? undefined : maybe(g, () => oneOf(g, comparisons).code),
    groups: maybe(g, () =>
      some(g, groups).map(({ code }) => ({ group: code, role: anyOf(g, enums.AnalysisGroupRole) })),
    ),
    analysis_set,
    timepoint: time,
    measure: maybe(g, () => anyOf(g, enums.EffectMeasure)),
    ...interval(g),
    p_operator: p_value === undefined ? undefined : oneOf(g, ['=', '<', '<=', '>', '>='] as const),
    p_value,
    p_text: maybe(g, () => text(g)),
    p_sides: maybe(g, () => oneOf(g, [1, 2] as const)),
    method: maybe(g, () => orMissing(g, () => text(g))),
    finding: maybe(g, () => text(g)),
    finding_direction: maybe(g, () => anyOf(g, enums.FindingDirection)),
    note: maybe(g, () => text(g)),
  })
  const numbers = ['estimate', 'p_value', 'p_sides', ...INTERVAL]
  const silent = [...numbers, 'finding'].every((field) => !(field in fields))
  const supported = quotes.support(entry({ ...fields, missing: silent ? missing(g).missing : undefined }), {
    numbers,
    texts: ['measure', 'p_operator', 'p_text', 'method', 'finding', 'finding_direction', 'note'],
  })
  // Of a bound a formula would have to say more.
  const read = fields.p_operator === '=' ? numbers : numbers.filter((field) => field !== 'p_value')
  return refs.named(supported, read)
}

export function harm(
  g: Gen,
  code: Codes,
  at: At,
  wider: readonly { code: string }[],
  quotes: Quotes,
  refs: Refs,
): Entry<'adverse_events'> {
  const numbers = ['affected', 'at_risk', 'events', 'percent']
  return quotes.support(
    entry({
      code: code(g, 'harm'),
      term: text(g),
      within: wider.length === 0 ? undefined : maybe(g, () => oneOf(g, wider).code),
      organ_system: maybe(g, () => text(g)),
      vocabulary: maybe(g, () => text(g)),
      mesh: maybe(g, () => mesh(g)),
      serious: maybe(g, () => g(fc.boolean)),
      related: maybe(g, () => g(fc.boolean)),
      fatal: maybe(g, () => g(fc.boolean)),
      narrative: maybe(g, () => text(g)),
      counts: filled(
        several(g, { min: 0, max: 2 }, () => {
          const [affected, at_risk] = inOrder(whole(g), whole(g))
          const fields = entry({
            ...at(),
            affected: maybe(g, () => affected),
            at_risk: maybe(g, () => at_risk),
            events: maybe(g, () => whole(g)),
            percent: maybe(g, () => g(fc.integer, { min: 0, max: 1_000 }) / 10),
            note: maybe(g, () => text(g)),
          })
          const silent = numbers.every((field) => !(field in fields))
          const supported = quotes.support(entry({ ...fields, missing: silent ? missing(g).missing : undefined }), {
            numbers,
            texts: ['note'],
          })
          return refs.named(supported, numbers)
        }),
      ),
    }),
    { texts: ['term', 'organ_system', 'serious', 'related', 'fatal', 'narrative'] },
  )
}
