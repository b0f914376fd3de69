import { expect, test } from 'vitest'
import { readStudyObject } from '../../../src/import/ctgov/read-study.ts'
import { describeFixtures, fixtures } from './fixtures.ts'

/** A record as anybody would read it, by nothing of ours. */
// biome-ignore lint/suspicious/noExplicitAny: a plain walk over parsed JSON
type Plain = any

const list = (of: Plain): Plain[] => of ?? []
const flat = (of: Plain, ...names: string[]): Plain[] =>
  names.reduce((all: Plain[], name) => all.flatMap((one) => list(one?.[name])), Array.isArray(of) ? of : [of])

/** How many numbers of each kind a record has, by walking its JSON. */
function counted(record: Plain) {
  const results = record.resultsSection ?? {}
  const flow = flat(results.participantFlowModule, 'periods')
  const outcomes = flat(results.outcomeMeasuresModule, 'outcomeMeasures')
  const harms = results.adverseEventsModule ?? {}
  const terms = [...list(harms.seriousEvents), ...list(harms.otherEvents)]
  const protocol = record.protocolSection
  return {
    steps: flow.flatMap((period) => [
      ...flat(period, 'milestones', 'achievements'),
      ...flat(period, 'dropWithdraws', 'reasons'),
    ]).length,
    baseline: flat(results.baselineCharacteristicsModule, 'measures', 'classes', 'categories', 'measurements').length,
    measurements: outcomes.flatMap((outcome) => flat(outcome, 'classes', 'categories', 'measurements')).length,
    analyses: outcomes.flatMap((outcome) => list(outcome.analyses)).length,
    members: outcomes.flatMap((outcome) => list(outcome.analyses).flatMap((one: Plain) => list(one.groupIds))).length,
    outcomes: outcomes.length,
    planned: ['primaryOutcomes', 'secondaryOutcomes', 'otherOutcomes'].flatMap((name) =>
      list(protocol.outcomesModule?.[name]),
    ).length,
    terms: terms.length,
    counts: terms.flatMap((term: Plain) => list(term.stats)).length,
    affected: terms
      .flatMap((term: Plain) => list(term.stats))
      .reduce((sum: number, stat: Plain) => sum + (stat.numAffected ?? 0), 0),
    groups: [
      ...list(results.participantFlowModule?.groups),
      ...list(results.baselineCharacteristicsModule?.groups),
      ...outcomes.flatMap((outcome) => list(outcome.groups)),
      ...list(harms.eventGroups),
    ].length,
    arms: list(protocol.armsInterventionsModule?.armGroups).length,
    interventions: list(protocol.armsInterventionsModule?.interventions).length,
  }
}

describeFixtures('of real records', () => {
  const real = fixtures('v2', '.json').filter(({ name }) => !/NCT(?:55555555|87654321)/.test(name))
  test.each(real)('$name gives as many rows as its JSON has numbers', ({ bytes }) => {
    const plain: Plain = JSON.parse(bytes.toString())
    const { rows } = readStudyObject(plain).record
    // Rows that hold nothing but how many there were are of no number in a category.
    const printed = new Set(rows.fact.map(({ id }) => id.split('/')[2]))
    const numbered = (row: { readonly id: string }, ...values: readonly unknown[]) =>
      values.some((value) => value !== null) || printed.has(row.id.split('/')[1] ?? '')
    const harms = rows.adverseEventTerm.filter(({ id }) => /\/s?ae\d+$/.test(id))
    const ofHarms = rows.adverseEventCount.filter(({ termId }) => /\/s?ae\d+$/.test(termId))
    expect({
      steps: rows.participantFlow.length,
      baseline: rows.baselineMeasurement.filter((row) => numbered(row, row.count, row.mean, row.median, row.value))
        .length,
      measurements: rows.outcomeMeasurement.filter((row) => numbered(row, row.events, row.mean, row.median, row.value))
        .length,
      analyses: rows.outcomeAnalysis.length,
      members: rows.analysisGroup.length,
      outcomes: rows.outcome.filter(({ section, partOfId }) => section === 'results' && partOfId === null).length,
      planned: rows.outcome.filter(({ section }) => section === 'protocol').length,
      terms: harms.length,
      counts: ofHarms.length,
      affected: ofHarms.reduce((sum, { affected }) => sum + (affected ?? 0), 0),
      groups: rows.studyGroup.filter(({ module }) => module !== null).length,
      arms: rows.arm.length,
      interventions: rows.intervention.length,
    }).toEqual(counted(plain))
  })

  test('1,046 analyses name 228 times one group and 7 times more than two, and none is told who is who', () => {
    const roles = new Map<string, number>()
    for (const { bytes } of real)
      for (const { role } of readStudyObject(JSON.parse(bytes.toString())).record.rows.analysisGroup)
        roles.set(role, (roles.get(role) ?? 0) + 1)
    expect(Object.fromEntries(roles)).toEqual({ unstated: 2 * 811, single: 228, member: 4 * 3 + 3 * 4 })
  })
})
