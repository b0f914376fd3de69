import { NUMBER_FIELDS } from '../../model/facts.ts'
import { isMissing } from '../../model/study-file/values.ts'
import type { StudyFile } from '../../model/study-file.ts'
import { evaluateFormula, isFormulaValue, namedFormulasIn } from '../../stats/derivations/formula.ts'
import { NAMED_FORMULAS } from '../../stats/derivations/named-formulas.ts'
import { type FactRow, factRows, isHole } from './fact-rows.ts'
import type { Draft } from './shape.ts'
import type { DocumentPath, Issue } from './yaml-document.ts'

type Values = Readonly<Record<string, unknown>>

/** Pairs of fields of which the first can't be larger than the second. */
const ORDERED: readonly (readonly [smaller: string, larger: string])[] = [
  ['events', 'total'],
  ['count', 'total'],
  ['affected', 'at_risk'],
  ['ci_lower', 'ci_upper'],
  ['ci_lower', 'estimate'],
  ['estimate', 'ci_upper'],
  ['q1', 'median'],
  ['median', 'q3'],
  ['minimum', 'median'],
  ['median', 'maximum'],
  ['minimum', 'maximum'],
]

/** Fields that mean something only together. */
const TOGETHER: readonly (readonly [one: string, other: string])[] = [
  ['p_value', 'p_operator'],
  ['person_time', 'person_time_unit'],
]

/** What a hand-written file can't mean: more events than people, an interval the wrong way round, a formula that gives another value. */
export function plausibilityIssues(file: Draft<StudyFile>): Issue[] {
  const rows = factRows(file)
  return [
    ...rows.flatMap(numberIssues),
    ...rows.flatMap((row) => derivationIssues(row, rows)),
    ...circles(rows),
    ...emptyRows(rows),
    ...otherIssues(file),
  ]
}

function numberIssues(row: FactRow): Issue[] {
  const values = row.values as Values
  const ordered = ORDERED.flatMap(([small, large]): Issue[] => {
    const [one, other] = [values[small], values[large]]
    // Events may be more than participants where a harm can happen twice.
    if (row.table === 'adverse_event_count' && small === 'events') return []
    return typeof one === 'number' && typeof other === 'number' && one > other
      ? [
          {
            path: [...row.path, small],
            message: `${small} ${one} is more than ${large} ${other}; expected at most ${other}`,
          },
        ]
      : []
  })
  const together = TOGETHER.flatMap(([one, other]): Issue[] =>
    (values[one] === undefined) !== (values[other] === undefined) && !isHole(values, one) && !isHole(values, other)
      ? [{ path: row.path, message: `${one} and ${other} go together; expected both or neither` }]
      : [],
  )
  return [...ordered, ...together]
}

function derivationIssues(row: FactRow, rows: readonly FactRow[]): Issue[] {
  return (row.values.derived ?? []).flatMap((entry, index): Issue[] => {
    const path = [...row.path, 'derived', index]
    const value = entry?.field === undefined ? undefined : (row.values as Values)[entry.field]
    if (entry?.field !== undefined && value !== undefined && !isMissing(value) && typeof value !== 'number')
      return [{ path: [...path, 'field'], message: `"${entry.field}" is no number; a formula gives only numbers` }]
    if (typeof value !== 'number' || entry?.formula === undefined || entry.field === undefined) return []
    const inputs: Record<string, number> = Object.create(null)
    const issues: Issue[] = []
    const unstated = entry.assumption === undefined && !isHole(entry, 'assumption')
    const taken = unstated ? unstatedAssumptions(entry, rows).map((message): Issue => ({ path, message })) : []
    for (const [name, input] of Object.entries(entry.inputs ?? {})) {
      const [ref, field] = String(input).split('.')
      const target = rows.find((candidate) => candidate.values.ref === ref)
      const number = field === undefined ? undefined : (target?.values as Values | undefined)?.[field]
      if (typeof number === 'number' && field !== undefined) inputs[name] = number
      else if (target && field !== undefined && isHole(target.values, field)) return []
      else if (target)
        issues.push({
          path: [...path, 'inputs', name],
          message: `"${input}" is no number; expected a row's ref and one of its number fields, such as ${ref}.${NUMBER_FIELDS[target.table]?.[0] ?? 'events'}`,
        })
      else return []
    }
    if (issues.length > 0) return [...taken, ...issues]
    const result = evaluateFormula(entry.formula, inputs)
    if ('problem' in result)
      return [...taken, { path: [...path, 'formula'], message: `the formula has no value: ${result.problem}` }]
    if (isFormulaValue(result.value, value)) return taken
    return [
      ...taken,
      {
        path: [...row.path, entry.field],
        message: `${entry.field} is ${value}, but its formula gives ${result.value}`,
      },
    ]
  })
}

type DerivationEntry = NonNullable<NonNullable<FactRow['values']['derived']>[number]>

/** What a derivation takes for granted and must say: what its formulas assume, and a bound that stands for a value. */
function unstatedAssumptions(entry: DerivationEntry, rows: readonly FactRow[]): string[] {
  const formulas = namedFormulasIn(entry.formula ?? '').flatMap((name) => {
    const assumes = NAMED_FORMULAS[name]?.assumes ?? null
    return assumes === null
      ? []
      : [`${name} assumes that ${assumes}; expected assumption: with why that may be said here`]
  })
  const bounds = Object.values(entry.inputs ?? {}).flatMap((input) => {
    const [ref, field] = String(input).split('.')
    const values = rows.find((candidate) => candidate.values.ref === ref)?.values as Values | undefined
    const operator = values?.p_operator
    return field === 'p_value' && typeof operator === 'string' && operator !== '='
      ? [
          `"${input}" is no p value but a bound, ${operator} ${values?.p_value}; expected assumption: with what the result is then`,
        ]
      : []
  })
  return [...formulas, ...bounds]
}

/** Derived values that were made out of themselves. */
function circles(rows: readonly FactRow[]): Issue[] {
  const inputsOf = new Map<string, readonly string[]>()
  for (const { values } of rows)
    for (const entry of values.derived ?? [])
      if (values.ref !== undefined && entry?.field !== undefined)
        inputsOf.set(
          `${values.ref}.${entry.field}`,
          Object.values(entry.inputs ?? {}).filter((input) => input !== undefined),
        )
  const reaches = (from: string, goal: string, seen: Set<string>): boolean =>
    (inputsOf.get(from) ?? []).some((next) => next === goal || (!seen.has(next) && reaches(next, goal, seen.add(next))))
  return rows.flatMap((row) =>
    (row.values.derived ?? []).flatMap((entry, index): Issue[] => {
      const own = `${row.values.ref}.${entry?.field}`
      return reaches(own, own, new Set())
        ? [
            {
              path: [...row.path, 'derived', index, 'inputs'],
              message: `"${own}" is derived from itself; expected inputs that were read from a source`,
            },
          ]
        : []
    }),
  )
}

/** Measurements and analyses that say nothing. */
function emptyRows(rows: readonly FactRow[]): Issue[] {
  return rows.flatMap((row): Issue[] => {
    const values = row.values as Values
    const said = [...(NUMBER_FIELDS[row.table] ?? []), 'finding', 'missing'].some((field) =>
      Object.hasOwn(values, field),
    )
    return !said &&
      ['baseline_measurement', 'outcome_measurement', 'outcome_analysis', 'adverse_event_count'].includes(row.table)
      ? [
          {
            path: row.path,
            message: 'the entry gives no number and no reason; expected a number, or missing: with the reason',
          },
        ]
      : []
  })
}

function otherIssues(file: Draft<StudyFile>): Issue[] {
  const issues: Issue[] = []
  for (const [index, comparison] of (file.comparisons ?? []).entries())
    if (comparison?.experimental !== undefined && comparison.experimental === comparison.reference)
      issues.push({
        path: ['comparisons', index],
        message: `"${comparison.experimental}" is compared with itself; expected two groups`,
      })
  for (const [index, timepoint] of (file.timepoints ?? []).entries()) {
    if (!timepoint?.kind) continue
    const { from, to, unit } = timepoint
    const expected = {
      at: 'from and unit, and no to',
      over: 'from, to and unit',
      last_follow_up: 'neither from, to nor unit',
      at_report: 'neither from, to nor unit',
    }[timepoint.kind]
    const fits = {
      at: from !== undefined && to === undefined && unit !== undefined,
      over: from !== undefined && to !== undefined && unit !== undefined,
      last_follow_up: from === undefined && to === undefined && unit === undefined,
      at_report: from === undefined && to === undefined && unit === undefined,
    }[timepoint.kind]
    const path = ['timepoints', index]
    const unclear = ['from', 'to', 'unit'].some((field) => isHole(timepoint, field))
    if (!fits && !unclear)
      issues.push({ path, message: `the times don't fit the kind "${timepoint.kind}"; expected ${expected}` })
    if (from !== undefined && to !== undefined && from > to)
      issues.push({
        path: [...path, 'from'],
        message: `from ${from} is after to ${to}; expected the earlier time first`,
      })
  }
  for (const [index, covariate] of (file.covariates ?? []).entries())
    if (covariate && Object.hasOwn(covariate, 'number') === Object.hasOwn(covariate, 'text'))
      issues.push({
        path: ['covariates', index],
        message: 'a covariate has either a number or a text; expected exactly one',
      })
  for (const [index, arm] of (file.arms ?? []).entries())
    for (const [place, given] of (arm?.interventions ?? []).entries())
      if (
        given &&
        (typeof given.dose === 'number') !== (given.dose_unit !== undefined) &&
        !isHole(given, 'dose') &&
        !isHole(given, 'dose_unit')
      )
        issues.push({
          path: ['arms', index, 'interventions', place],
          message: 'dose and dose_unit go together; expected both or neither',
        })
  issues.push(...repeated(file))
  return issues
}

/** Things that the database holds once only: a group's size in an analysis set, an arm within a group … */
function repeated(file: Draft<StudyFile>): Issue[] {
  const issues: Issue[] = []
  const once = (what: string) => {
    const seen = new Set<string>()
    return (key: string | undefined, path: DocumentPath) => {
      if (key === undefined) return
      if (seen.has(key)) issues.push({ path, message: `${what} is given twice; expected it once` })
      seen.add(key)
    }
  }
  const size = once('the size of this group in this analysis set')
  for (const [index, entry] of (file.enrolment ?? []).entries())
    size(entry?.group && entry.analysis_set && `${entry.group} ${entry.analysis_set}`, ['enrolment', index])
  const pair = once('this comparison')
  for (const [index, entry] of (file.comparisons ?? []).entries())
    pair(entry?.experimental && entry.reference && `${entry.experimental} ${entry.reference}`, ['comparisons', index])
  const level = once('this level of this factor')
  for (const [index, entry] of (file.subgroups ?? []).entries())
    level(entry?.factor && entry.level && `${entry.factor}\n${entry.level}`, ['subgroups', index])
  for (const [index, group] of (file.groups ?? []).entries()) {
    const arm = once('this arm of the group')
    for (const [place, code] of (group?.arms ?? []).entries()) arm(code, ['groups', index, 'arms', place])
    const part = once('this subgroup of the group')
    for (const [place, code] of (group?.subgroups ?? []).entries()) part(code, ['groups', index, 'subgroups', place])
  }
  for (const [index, arm] of (file.arms ?? []).entries()) {
    const given = once('this intervention of the arm')
    for (const [place, entry] of (arm?.interventions ?? []).entries())
      given(entry?.intervention, ['arms', index, 'interventions', place])
  }
  for (const { path, values } of factRows(file)) {
    for (const name of ['derived', 'corrections'] as const) {
      const field = once(`the ${name === 'derived' ? 'derivation' : 'correction'} of this field`)
      for (const [place, entry] of (values[name] ?? []).entries()) field(entry?.field, [...path, name, place, 'field'])
    }
    const { groups } = values as { groups?: readonly ({ group?: string } | undefined)[] }
    const part = once('this group of the analysis')
    for (const [place, entry] of (groups ?? []).entries()) part(entry?.group, [...path, 'groups', place])
  }
  for (const key of ['pmid', 'doi', 'pmcid'] as const) {
    const identifier = once(`this ${key.toUpperCase()}`)
    for (const [index, publication] of (file.publications ?? []).entries())
      identifier(publication?.[key], ['publications', index, key])
  }
  issues.push(...meshIssues(file))
  const registration = once('this identifier')
  for (const [index, entry] of (file.study?.identifiers ?? []).entries())
    registration(entry?.registry && entry.value && `${entry.registry} ${entry.value}`, ['study', 'identifiers', index])
  return issues
}

/** One MeSH identifier under two names, of which one must be wrong. */
function meshIssues(file: Draft<StudyFile>): Issue[] {
  const issues: Issue[] = []
  const names = new Map<string, string>()
  const name = (ui: string | undefined, given: string | undefined, path: DocumentPath) => {
    if (ui === undefined || given === undefined) return
    const known = names.get(ui)
    if (known !== undefined && known !== given)
      issues.push({ path, message: `MeSH ${ui} is "${given}" here and "${known}" elsewhere; expected one name` })
    names.set(ui, known ?? given)
  }
  for (const [index, publication] of (file.publications ?? []).entries())
    for (const [place, line] of (publication?.mesh ?? []).entries()) {
      const path = ['publications', index, 'mesh', place]
      name(line?.ui, line?.descriptor, [...path, 'descriptor'])
      name(line?.qualifier?.ui, line?.qualifier?.name, [...path, 'qualifier', 'name'])
    }
  for (const list of ['conditions', 'interventions', 'subgroups', 'adverse_events'] as const)
    for (const [index, entry] of (file[list] ?? []).entries())
      name(entry?.mesh?.ui, entry?.mesh?.name, [list, index, 'mesh', 'name'])
  return issues
}
