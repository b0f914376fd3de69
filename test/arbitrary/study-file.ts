import fc from 'fast-check'
import * as enums from '../../src/generated/prisma/enums.ts'
import type { StudyFile } from '../../src/model/study-file.ts'
import { VOCABULARIES } from '../vocabularies.ts'
import { publication } from './publication.ts'
import { Quotes } from './quotes.ts'
import { Refs } from './refs.ts'
import { type At, analysis, baselineEntry, harm, measurement } from './results.ts'
import {
  anyText,
  type Codes,
  codes,
  entry,
  fullDate,
  type Gen,
  maybe,
  oneOf,
  partialDate,
  several,
  some,
  text,
} from './texts.ts'
import { anyOf, decimal, type Entry, filled, HARD_NUMBERS, inOrder, mesh, orMissing, whole } from './values.ts'

/** A study file without a mistake, with any kind of row. */
export function anyStudyFile(g: Gen): StudyFile {
  const code = codes()
  const publications = several(g, { min: 1, max: 3 }, (index) => publication(g, code, index))
  const sections = publications.flatMap(({ sources }) => sources.flatMap((source) => source.sections ?? []))
  const sources = publications.flatMap((entry) => entry.sources.map((source) => source.code))
  const quotes = new Quotes(g, {
    code,
    sections,
    sources,
    publications: publications.map((entry) => entry.code),
  })
  const slug = code(g, 'slug')
  const study: StudyFile['study'] = quotes.support(
    entry({
      slug,
      label: text(g),
      title: text(g),
      acronym: maybe(g, () => text(g)),
      type: anyOf(g, enums.StudyType),
      allocation: orMissing(g, () => anyOf(g, enums.Allocation)),
      intervention_model: orMissing(g, () => anyOf(g, enums.InterventionModel)),
      masking: orMissing(g, () => anyOf(g, enums.Masking)),
      phase: orMissing(g, () => anyOf(g, enums.Phase)),
      purpose: orMissing(g, () => anyOf(g, enums.Purpose)),
      objective: maybe(g, () => text(g)),
      authors_conclusion: maybe(g, () => anyText(g)),
      start_date: maybe(g, () => partialDate(g)),
      end_date: maybe(g, () => partialDate(g)),
      identifiers: filled(several(g, { min: 0, max: 2 }, (n) => ({ registry: `${text(g)}${n}`, value: text(g) }))),
      note: maybe(g, () => text(g)),
    }),
    { texts: ['type', 'label', 'objective', 'authors_conclusion', 'allocation'] },
  )
  const extractions = several(g, { min: 1, max: 2 }, () =>
    entry({ role: anyOf(g, enums.ExtractionRole), by: text(g), date: fullDate(g), note: maybe(g, () => text(g)) }),
  )
  const head = { format: 1 as const, study, publications }
  // A study of which nothing is known yet.
  if (g(fc.integer, { min: 0, max: 9 }) === 0) return entry({ ...head, quotes: filled(quotes.finish()), extractions })
  const conditions = several(g, { min: 0, max: 2 }, () =>
    quotes.support(entry({ code: code(g, 'condition'), name: text(g), mesh: maybe(g, () => mesh(g)) }), {
      texts: ['name'],
    }),
  )
  const eligibility = several(g, { min: 0, max: 2 }, () =>
    quotes.support({ kind: anyOf(g, enums.EligibilityKind), text: anyText(g) }, { texts: ['kind', 'text'] }),
  )
  const covariates = several(g, { min: 0, max: 3 }, () => covariate(g, code, quotes))
  const interventions = several(g, { min: 1, max: 2 }, () =>
    quotes.support(
      entry({
        code: code(g, 'intervention'),
        name: text(g),
        kind: anyOf(g, enums.InterventionKind),
        description: maybe(g, () => text(g)),
        mesh: maybe(g, () => mesh(g)),
      }),
      { texts: ['name', 'kind'] },
    ),
  )
  const refs = new Refs(g, code)
  const arms = several(g, { min: 1, max: 3 }, () =>
    quotes.support(
      entry({
        code: code(g, 'arm'),
        label: text(g),
        role: anyOf(g, enums.ArmRole),
        description: maybe(g, () => text(g)),
        printed_as: filled(several(g, { min: 0, max: 2 }, () => anyText(g))),
        interventions: filled(some(g, interventions).map(({ code }) => armIntervention(g, code, quotes, refs))),
      }),
      { texts: ['label', 'role'] },
    ),
  )
  const analysisSets = several(g, { min: 1, max: 3 }, () =>
    quotes.support(
      entry({
        code: code(g, 'set'),
        kind: anyOf(g, enums.AnalysisSetKind),
        label: text(g),
        description: maybe(g, () => text(g)),
      }),
      { texts: ['kind', 'label'] },
    ),
  )
  const subgroups = several(g, { min: 0, max: 3 }, (n) =>
    quotes.support(
      entry({ code: code(g, 'subgroup'), factor: text(g), level: `${n} ${text(g)}`, mesh: maybe(g, () => mesh(g)) }),
      {
        texts: ['factor', 'level'],
      },
    ),
  )
  const groups = several(g, { min: 2, max: 4 }, () =>
    entry({
      code: code(g, 'group'),
      label: text(g),
      arms: some(g, arms, 1).map((arm) => arm.code),
      subgroups: filled(some(g, subgroups).map((subgroup) => subgroup.code)),
    }),
  )
  const [one, other] = groups.map((group) => group.code)
  const comparisons =
    one === undefined || other === undefined
      ? []
      : [{ code: code(g, 'comparison'), experimental: one, reference: other }].slice(g(oneOrNone))
  const timepoints = several(g, { min: 0, max: 3 }, () => timepoint(g, code))
  const at: At = () =>
    entry({
      group: oneOf(g, groups).code,
      analysis_set: maybe(g, () => oneOf(g, analysisSets).code),
      timepoint: timepoints.length === 0 ? undefined : maybe(g, () => oneOf(g, timepoints).code),
    })
  const enrolment = some(g, groups).map(({ code: group }) => {
    const fields = { group, analysis_set: oneOf(g, analysisSets).code, participants: orMissing(g, () => whole(g)) }
    return refs.named(
      quotes.support(entry({ ...fields, note: maybe(g, () => text(g)) }), {
        numbers: ['participants'],
        texts: ['note'],
      }),
      ['participants'],
    )
  })
  const followUp = several(g, { min: 0, max: 2 }, () =>
    refs.named(
      quotes.support(
        {
          group: oneOf(g, groups).code,
          statistic: anyOf(g, enums.FollowUpStatistic),
          basis: anyOf(g, enums.FollowUpBasis),
          value: decimal(g),
          unit: anyOf(g, enums.TimeUnit),
        },
        { numbers: ['value'], texts: ['statistic', 'basis', 'unit'] },
      ),
      ['value'],
    ),
  )
  const flow = several(g, { min: 0, max: 2 }, () =>
    refs.named(
      quotes.support(
        entry({
          group: oneOf(g, groups).code,
          period: maybe(g, () => text(g)),
          milestone: text(g),
          reason: maybe(g, () => text(g)),
          participants: orMissing(g, () => whole(g)),
        }),
        { numbers: ['participants'], texts: ['period', 'milestone', 'reason'] },
      ),
      ['participants'],
    ),
  )
  const baseline = several(g, { min: 0, max: 2 }, () => baselineEntry(g, at, quotes, refs))
  const outcomes: Entry<'outcomes'>[] = []
  for (let n = g(fc.integer, { min: 1, max: 3 }); n > 0; n--) {
    const wider = outcomes.length === 0 ? undefined : maybe(g, () => oneOf(g, outcomes).code)
    const outcome = quotes.support(
      entry({
        code: code(g, 'outcome'),
        label: text(g),
        within: wider,
        kind: anyOf(g, enums.OutcomeKind),
        role: anyOf(g, enums.OutcomeRole),
        direction: anyOf(g, enums.OutcomeDirection),
        definition: maybe(g, () => text(g)),
        unit: maybe(g, () => text(g)),
        measurements: filled(several(g, { min: 0, max: 3 }, () => measurement(g, at, quotes, refs))),
        analyses: filled(several(g, { min: 0, max: 2 }, () => analysis(g, at, { comparisons, groups }, quotes, refs))),
      }),
      { texts: ['label', 'kind', 'definition', 'unit'] },
    )
    outcomes.push(outcome)
  }
  const harms: Entry<'adverse_events'>[] = []
  for (let n = g(fc.integer, { min: 0, max: 3 }); n > 0; n--) harms.push(harm(g, code, at, harms, quotes, refs))
  const judgements = new Map(
    several(g, { min: 0, max: 3 }, () => judgement(g, outcomes, quotes)).map((entry) => [
      JSON.stringify([entry.tool, entry.domain, entry.on, entry.assessor?.trim()]),
      entry,
    ]),
  )
  const waivers = several(g, { min: 0, max: 2 }, () =>
    entry({
      code: code(g, 'waiver'),
      rule: code(g, 'rule'),
      on: refs.any(),
      reason: text(g),
      by: text(g),
      date: fullDate(g),
    }),
  )
  return entry({
    ...head,
    quotes: filled(quotes.finish()),
    conditions: filled(conditions),
    eligibility: filled(eligibility),
    covariates: filled(covariates),
    interventions: filled(interventions),
    arms: filled(arms),
    analysis_sets: filled(analysisSets),
    subgroups: filled(subgroups),
    groups: filled(groups),
    comparisons: filled(comparisons),
    enrolment: filled(enrolment),
    follow_up: filled(followUp),
    flow: filled(flow),
    baseline: filled(baseline),
    timepoints: filled(timepoints),
    outcomes: filled(outcomes),
    adverse_events: filled(harms),
    risk_of_bias: filled([...judgements.values()]),
    extractions,
    waivers: filled(waivers),
  })
}

const oneOrNone = () => fc.integer({ min: 0, max: 1 })

function covariate(g: Gen, code: Codes, quotes: Quotes): Entry<'covariates'> {
  const base = { code: code(g, 'covariate'), name: text(g) }
  const unit = maybe(g, () => text(g))
  const kind = g(fc.integer, { min: 0, max: 2 })
  if (kind === 0) return quotes.support(entry({ ...base, text: text(g), unit }), { texts: ['name', 'text', 'unit'] })
  if (kind === 1)
    return quotes.support(entry({ ...base, number: decimal(g), unit }), { numbers: ['number'], texts: ['unit'] })
  const [number, formula] = oneOf(g, HARD_NUMBERS)
  return {
    ...quotes.support(entry({ ...base, number, unit }), { texts: ['name'] }),
    derived: [{ field: 'number', formula, inputs: {} }],
  }
}

function armIntervention(g: Gen, intervention: string, quotes: Quotes, refs: Refs) {
  const dose = maybe(g, () => orMissing(g, () => decimal(g)))
  const fields = entry({
    intervention,
    dose,
    dose_unit: typeof dose === 'number' ? text(g) : undefined,
    route: maybe(g, () => orMissing(g, () => text(g))),
    schedule: maybe(g, () => orMissing(g, () => text(g))),
    note: maybe(g, () => text(g)),
  })
  const supported = quotes.support(fields, { numbers: ['dose'], texts: ['dose_unit', 'route', 'schedule', 'note'] })
  return refs.named(supported, ['dose'])
}

function timepoint(g: Gen, code: Codes): Entry<'timepoints'> {
  const { as_stated: _, ...kinds } = enums.TimepointKind
  const kind = anyOf(g, kinds)
  const [from = 0, to = 0] = inOrder(decimal(g), decimal(g))
  const base = { code: code(g, 'timepoint'), kind, label: text(g) }
  if (kind === 'at') return { ...base, from, unit: anyOf(g, enums.TimeUnit) }
  if (kind === 'over') return { ...base, from, to, unit: anyOf(g, enums.TimeUnit) }
  return base
}

/** A judgement on the whole study, an outcome, or an entry of one; where a code and a ref are alike, on neither. */
function judgement(g: Gen, outcomes: NonNullable<StudyFile['outcomes']>, quotes: Quotes): Entry<'risk_of_bias'> {
  const { tool, domains, judgements } = oneOf(g, VOCABULARIES)
  const codes = outcomes.map(({ code }) => code)
  const refs = outcomes.flatMap(({ measurements = [], analyses = [] }) =>
    [...measurements, ...analyses].flatMap(({ ref }) => ref ?? []),
  )
  const targets = [...codes.filter((code) => !refs.includes(code)), ...refs.filter((ref) => !codes.includes(ref))]
  const { corrections: _, ...entries } = quotes.support(
    entry({
      tool: tool.code,
      version: maybe(g, () => tool.version),
      on: targets.length === 0 ? undefined : maybe(g, () => oneOf(g, targets)),
      domain: oneOf(g, domains).code,
      judgement: oneOf(g, judgements).code,
      support: maybe(g, () => anyText(g)),
      assessor: maybe(g, () => text(g)),
    }),
    { texts: ['judgement', 'support'] },
  )
  return entries
}
