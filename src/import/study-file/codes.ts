import type { StudyFile } from '../../model/study-file.ts'
import { factFields, factRows, isHole } from './fact-rows.ts'
import { target } from './provenance-rows.ts'
import type { Draft } from './shape.ts'
import type { DocumentPath, Issue } from './yaml-document.ts'

type Kind =
  | 'publication'
  | 'source'
  | 'section'
  | 'quote'
  | 'condition'
  | 'covariate'
  | 'intervention'
  | 'arm'
  | 'analysis set'
  | 'subgroup'
  | 'group'
  | 'comparison'
  | 'timepoint'
  | 'outcome'
  | 'adverse event'
  | 'ref'
  | 'waiver'

/** Codes that are given twice, and codes that are named but that nothing has. */
export function codeIssues(file: Draft<StudyFile>): Issue[] {
  const issues: Issue[] = []
  const codes = new Map<Kind, Set<string>>()
  // A kind of which a code couldn't be read: it may be the very one that something names.
  const unread = new Set<Kind>()
  const define = (kind: Kind, code: string | undefined, path: DocumentPath) => {
    if (code === undefined) {
      unread.add(kind)
      return
    }
    const known = codes.get(kind) ?? new Set()
    if (known.has(code))
      issues.push({ path, message: `the ${kind} code "${code}" is given twice; expected each only once` })
    codes.set(kind, known.add(code))
  }
  const refer = (kind: Kind, code: string | undefined, path: DocumentPath) => {
    const known = codes.get(kind) ?? new Set()
    if (code === undefined || known.has(code) || unread.has(kind)) return
    const options = known.size === 0 ? `the file defines no ${kind}` : `expected one of: ${[...known].join(', ')}`
    issues.push({ path, message: `no ${kind} has the code "${code}"; ${options}` })
  }

  defineAll(file, define)
  referAll(file, refer)
  issues.push(
    ...cycles('outcomes', 'outcome', file.outcomes),
    ...cycles('adverse_events', 'harm', file.adverse_events),
    ...idleWaivers(file),
  )
  return issues
}

type Define = (kind: Kind, code: string | undefined, path: DocumentPath) => void

function defineAll(file: Draft<StudyFile>, define: Define): void {
  const list = (
    kind: Kind,
    name: string,
    entries: readonly ({ readonly code?: string | undefined } | undefined)[] = [],
  ) => {
    if (isHole(file, name)) define(kind, undefined, [name])
    entries.forEach((entry, index) => {
      define(kind, entry?.code, [name, index, 'code'])
    })
  }
  list('publication', 'publications', file.publications)
  if (isHole(file, 'publications')) for (const kind of ['source', 'section'] as const) define(kind, undefined, [])
  for (const [index, publication] of (file.publications ?? []).entries())
    for (const [place, source] of (publication?.sources ?? []).entries()) {
      const path = ['publications', index, 'sources', place] as const
      define('source', source?.code, [...path, 'code'])
      for (const [number, section] of (source?.sections ?? []).entries())
        define('section', section?.code, [...path, 'sections', number, 'code'])
    }
  list('quote', 'quotes', file.quotes)
  list('condition', 'conditions', file.conditions)
  list('covariate', 'covariates', file.covariates)
  list('intervention', 'interventions', file.interventions)
  list('arm', 'arms', file.arms)
  list('analysis set', 'analysis_sets', file.analysis_sets)
  list('subgroup', 'subgroups', file.subgroups)
  list('group', 'groups', file.groups)
  list('comparison', 'comparisons', file.comparisons)
  list('timepoint', 'timepoints', file.timepoints)
  list('outcome', 'outcomes', file.outcomes)
  list('adverse event', 'adverse_events', file.adverse_events)
  list('waiver', 'waivers', file.waivers)
  for (const { values, path } of factRows(file))
    if (Object.hasOwn(values, 'ref')) define('ref', values.ref, [...path, 'ref'])
}

function referAll(file: Draft<StudyFile>, refer: Define): void {
  for (const [index, arm] of (file.arms ?? []).entries())
    for (const [place, given] of (arm?.interventions ?? []).entries())
      refer('intervention', given?.intervention, ['arms', index, 'interventions', place, 'intervention'])
  for (const [index, group] of (file.groups ?? []).entries()) {
    for (const [place, arm] of (group?.arms ?? []).entries()) refer('arm', arm, ['groups', index, 'arms', place])
    for (const [place, subgroup] of (group?.subgroups ?? []).entries())
      refer('subgroup', subgroup, ['groups', index, 'subgroups', place])
  }
  for (const [index, comparison] of (file.comparisons ?? []).entries()) {
    refer('group', comparison?.experimental, ['comparisons', index, 'experimental'])
    refer('group', comparison?.reference, ['comparisons', index, 'reference'])
  }
  for (const [index, quote] of (file.quotes ?? []).entries()) {
    refer('section', quote?.section, ['quotes', index, 'section'])
    refer('source', quote?.source, ['quotes', index, 'source'])
  }
  for (const [index, outcome] of (file.outcomes ?? []).entries())
    refer('outcome', outcome?.within, ['outcomes', index, 'within'])
  for (const [index, term] of (file.adverse_events ?? []).entries())
    refer('adverse event', term?.within, ['adverse_events', index, 'within'])
  for (const { path, values } of factRows(file)) {
    const { group, analysis_set, timepoint, comparison, groups } = values as {
      group?: string
      analysis_set?: string
      timepoint?: string
      comparison?: string
      groups?: readonly ({ group?: string } | undefined)[]
    }
    refer('group', group, [...path, 'group'])
    refer('analysis set', analysis_set, [...path, 'analysis_set'])
    refer('timepoint', timepoint, [...path, 'timepoint'])
    refer('comparison', comparison, [...path, 'comparison'])
    for (const [place, entry] of (groups ?? []).entries())
      refer('group', entry?.group, [...path, 'groups', place, 'group'])
    for (const [place, link] of (values.quotes ?? []).entries())
      refer('quote', link?.quote, [...path, 'quotes', place, 'quote'])
    for (const [place, entry] of (values.derived ?? []).entries())
      for (const [name, input] of Object.entries(entry?.inputs ?? {}))
        if (typeof input === 'string') refer('ref', input.split('.')[0], [...path, 'derived', place, 'inputs', name])
    for (const [place, entry] of (values.corrections ?? []).entries())
      refer('publication', entry?.publication, [...path, 'corrections', place, 'publication'])
  }
  for (const [index, waiver] of (file.waivers ?? []).entries())
    refer('ref', waiver?.on?.split('.')[0], ['waivers', index, 'on'])
}

/** Waivers of a field that has no value. */
function idleWaivers(file: Draft<StudyFile>): Issue[] {
  const rows = factRows(file)
  return (file.waivers ?? []).flatMap((waiver, index): Issue[] => {
    if (waiver?.on === undefined) return []
    const { row, field } = target(rows, waiver.on)
    if (row === undefined) return []
    const known = factFields(row)
    if (field !== undefined && (known.includes(field) || isHole(row.values, field))) return []
    return [
      {
        path: ['waivers', index, 'on'],
        message: `the entry "${row.values.ref}" has no value in "${field ?? ''}"; expected one of: ${known.join(', ')}`,
      },
    ]
  })
}

type Nested = { readonly code?: string | undefined; readonly within?: string | undefined } | undefined

/** Outcomes or harms that lie within themselves, straight or round a circle. */
function cycles(name: 'outcomes' | 'adverse_events', noun: string, entries: readonly Nested[] = []): Issue[] {
  const within = new Map(entries.map((entry) => [entry?.code, entry?.within]))
  return entries.flatMap((entry, index) => {
    let outer = entry?.within
    for (let steps = 0; outer !== undefined && steps <= within.size; steps++) {
      if (outer === entry?.code)
        return [{ path: [name, index, 'within'], message: `"${outer}" lies within itself; expected a wider ${noun}` }]
      outer = within.get(outer)
    }
    return []
  })
}
