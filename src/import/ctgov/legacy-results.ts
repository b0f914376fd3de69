import { child, children, type XmlElement } from '../stream/xml-element.ts'
import { capitals, isoDate, type LegacySource, yesNo } from './legacy-source.ts'

/** A legacy record's results, in the shape of the newer format. */
export function legacyResults(source: LegacySource, results: XmlElement): object {
  const agreements = child(results, 'certain_agreements')
  const employed = source.text(agreements, 'pi_employee')
  const restricted = source.text(agreements, 'restrictive_agreement')
  return {
    participantFlowModule: legacyFlow(source, child(results, 'participant_flow')),
    baselineCharacteristicsModule: legacyBaseline(source, child(results, 'baseline')),
    outcomeMeasuresModule: {
      outcomeMeasures: children(child(results, 'outcome_list'), 'outcome').map((outcome) =>
        legacyOutcome(source, outcome),
      ),
    },
    adverseEventsModule: legacyHarms(source, child(results, 'reported_events')),
    moreInfoModule: {
      limitationsAndCaveats: { description: source.text(results, 'limitations_and_caveats') },
      certainAgreement: {
        piSponsorEmployee: employed === undefined ? undefined : !/\bNOT employed\b/i.test(employed),
        restrictiveAgreement: /^There is NOT an agreement/i.test(restricted ?? '') ? false : restricted && true,
        otherDetails: restricted,
      },
    },
  }
}

const groupsOf = (source: LegacySource, element: XmlElement | undefined) =>
  children(child(element, 'group_list'), 'group').map((group) => ({
    id: source.attribute(group, 'group_id'),
    title: source.text(group, 'title'),
    description: source.text(group, 'description'),
  }))

function legacyFlow(source: LegacySource, flow: XmlElement | undefined): object | undefined {
  if (flow === undefined) return undefined
  const steps = (of: XmlElement) =>
    children(child(of, 'participants_list'), 'participants').map((participants) => ({
      groupId: source.attribute(participants, 'group_id'),
      numSubjects: source.attribute(participants, 'count'),
      comment: source.text(participants),
    }))
  return {
    recruitmentDetails: source.text(flow, 'recruitment_details'),
    preAssignmentDetails: source.text(flow, 'pre_assignment_details'),
    groups: groupsOf(source, flow),
    periods: children(child(flow, 'period_list'), 'period').map((period) => ({
      title: source.text(period, 'title'),
      milestones: children(child(period, 'milestone_list'), 'milestone').map((milestone) => ({
        type: source.text(milestone, 'title'),
        achievements: steps(milestone),
      })),
      dropWithdraws: children(child(period, 'drop_withdraw_reason_list'), 'drop_withdraw_reason').map((reason) => ({
        type: source.text(reason, 'title'),
        reasons: steps(reason),
      })),
    })),
  }
}

const measurements = (source: LegacySource, category: XmlElement) =>
  children(child(category, 'measurement_list'), 'measurement').map((measurement) => ({
    groupId: source.attribute(measurement, 'group_id'),
    value: source.attribute(measurement, 'value'),
    spread: source.attribute(measurement, 'spread'),
    lowerLimit: source.attribute(measurement, 'lower_limit'),
    upperLimit: source.attribute(measurement, 'upper_limit'),
    comment: source.text(measurement),
  }))

const denominators = (source: LegacySource, element: XmlElement | undefined) =>
  children(child(element, 'analyzed_list'), 'analyzed').map((analyzed) => {
    // Of the measure or of a class: as it stands in one.
    source.mark(child(analyzed, 'scope'))
    return {
      units: source.text(analyzed, 'units'),
      counts: children(child(analyzed, 'count_list'), 'count').map((count) => ({
        groupId: source.attribute(count, 'group_id'),
        value: source.attribute(count, 'value'),
      })),
    }
  })

const isSizes = (measure: XmlElement): boolean => {
  const words = (name: string) => child(measure, name)?.content.join('').trim()
  return words('title') === 'Number of Participants' && /^participants$/i.test(words('units') ?? '')
}

/** Older records have how many there were as a first measure. */
const sizesOf = (source: LegacySource, measure: XmlElement) => {
  for (const name of ['title', 'param', 'units']) source.mark(child(measure, name))
  const counts = children(child(measure, 'category_list'), 'category').flatMap((category) =>
    measurements(source, category),
  )
  return { units: 'Participants', counts: counts.map(({ groupId, value }) => ({ groupId, value })) }
}

/** A measure's classes; those of older records are categories with titles below it. */
function classesOf(source: LegacySource, measure: XmlElement | undefined, asClasses: boolean): readonly object[] {
  const categories = (of: XmlElement | undefined) =>
    children(child(of, 'category_list'), 'category').map((category) => ({
      title: source.text(category, 'title') ?? source.text(category, 'sub_title'),
      measurements: measurements(source, category),
    }))
  const classes = children(child(measure, 'class_list'), 'class')
  if (classes.length > 0)
    return classes.map((of) => ({
      title: source.text(of, 'title'),
      denoms: denominators(source, of),
      categories: categories(of),
    }))
  const old = categories(measure)
  if (old.length === 0) return []
  return asClasses ? old.map(({ title, ...category }) => ({ title, categories: [category] })) : [{ categories: old }]
}

function legacyBaseline(source: LegacySource, baseline: XmlElement | undefined): object | undefined {
  if (baseline === undefined) return undefined
  const measures = children(child(baseline, 'measure_list'), 'measure')
  return {
    populationDescription: source.text(baseline, 'population'),
    groups: groupsOf(source, baseline),
    denoms: [...denominators(source, baseline), ...measures.filter(isSizes).map((measure) => sizesOf(source, measure))],
    measures: measures
      .filter((measure) => !isSizes(measure))
      .map((measure) => ({
        title: source.text(measure, 'title'),
        description: source.text(measure, 'description'),
        populationDescription: source.text(measure, 'population'),
        paramType: source.text(measure, 'param'),
        dispersionType: source.text(measure, 'dispersion'),
        unitOfMeasure: source.text(measure, 'units'),
        denoms: denominators(source, measure),
        classes: classesOf(source, measure, false),
      })),
  }
}

function legacyOutcome(source: LegacySource, outcome: XmlElement): object {
  const measures = [...children(outcome, 'measure'), ...children(child(outcome, 'measure_list'), 'measure')]
  const sizes = measures.length > 1 ? measures.filter(isSizes) : []
  const measure = measures.find((one) => !sizes.includes(one))
  /** What the outcome says once more in its measure. */
  const said = (name: string) => {
    const [words, again] = [source.text(outcome, name), child(measure, name)]
    const others = again?.content.join('').trim()
    if (words === undefined) return source.text(measure, name)
    if (others?.replace(/\s+/g, ' ') === words.replace(/\s+/g, ' ')) source.mark(again)
    return words
  }
  return {
    type: capitals(source.text(outcome, 'type')),
    title: said('title'),
    description: said('description'),
    populationDescription: said('population'),
    timeFrame: source.text(outcome, 'time_frame'),
    anticipatedPostingDate: isoDate(source.text(outcome, 'posting_date')),
    paramType: source.text(measure, 'param'),
    dispersionType: source.text(measure, 'dispersion'),
    unitOfMeasure: source.text(measure, 'units'),
    typeUnitsAnalyzed: source.text(measure, 'units_analyzed'),
    groups: groupsOf(source, outcome),
    denoms: [...denominators(source, measure), ...sizes.map((one) => sizesOf(source, one))],
    classes: classesOf(source, measure, true),
    analyses: children(child(outcome, 'analysis_list'), 'analysis').map((analysis) => legacyAnalysis(source, analysis)),
  }
}

const SIDES: Readonly<Record<string, string>> = { '1-sided': 'ONE_SIDED', '2-sided': 'TWO_SIDED' }

function legacyAnalysis(source: LegacySource, analysis: XmlElement): object {
  const text = (name: string) => source.text(analysis, name)
  const type = text('non_inferiority_type')
  const tested = text('non_inferiority')
  const isAnswer = /^(?:yes|no)$/i.test(type ?? '')
  const sides = text('ci_n_sides')
  return {
    groupIds: source.texts(child(analysis, 'group_id_list'), 'group_id'),
    groupDescription: text('groups_desc'),
    paramType: text('param_type'),
    paramValue: text('param_value'),
    dispersionType: capitals(text('dispersion_type')?.replace('Error of the', 'Error of')),
    dispersionValue: text('dispersion_value'),
    statisticalMethod: text('method'),
    statisticalComment: text('method_desc'),
    pValue: text('p_value'),
    pValueComment: text('p_value_desc'),
    ciNumSides: SIDES[sides?.toLowerCase() ?? ''] ?? sides,
    ciPctValue: text('ci_percent'),
    ciLowerLimit: text('ci_lower_limit'),
    ciUpperLimit: text('ci_upper_limit'),
    ciLowerLimitComment: text('ci_lower_limit_na_comment'),
    ciUpperLimitComment: text('ci_upper_limit_na_comment'),
    estimateComment: text('estimate_desc'),
    testedNonInferiority: yesNo(isAnswer ? type : tested),
    nonInferiorityType: isAnswer ? undefined : capitals(type),
    nonInferiorityComment: text('non_inferiority_desc'),
    otherAnalysisDescription: text('other_analysis_desc'),
  }
}

/** What legacy records have as a first harm of each list, and no harm is. */
const TOTALS: Readonly<Record<string, 'deaths' | 'serious' | 'other'>> = {
  'total, all-cause mortality': 'deaths',
  'total, serious adverse events': 'serious',
  'total, other adverse events': 'other',
}

function legacyHarms(source: LegacySource, events: XmlElement | undefined): object | undefined {
  if (events === undefined) return undefined
  const totals = new Map<string, Record<string, string | undefined>>()
  const listOf = (name: string) => {
    const list = child(events, name)
    const vocabulary = source.text(list, 'default_vocab')
    const assessment = source.text(list, 'default_assessment')
    return children(child(list, 'category_list'), 'category').flatMap((category) => {
      const organSystem = source.text(category, 'title')
      return children(child(category, 'event_list'), 'event').flatMap((event) => {
        const named = child(event, 'sub_title')
        const term = source.text(named)
        const stats = children(event, 'counts').map((counts) => ({
          groupId: source.attribute(counts, 'group_id'),
          numEvents: source.attribute(counts, 'events'),
          numAffected: source.attribute(counts, 'subjects_affected'),
          numAtRisk: source.attribute(counts, 'subjects_at_risk'),
        }))
        const total = TOTALS[term?.toLowerCase() ?? '']
        if (total === undefined || organSystem?.toLowerCase() !== 'total')
          return {
            term,
            organSystem,
            sourceVocabulary: source.attribute(named, 'vocab') ?? vocabulary,
            assessmentType: capitals(source.text(event, 'assessment') ?? assessment),
            notes: source.text(event, 'description'),
            stats,
          }
        for (const { groupId, numAffected, numAtRisk } of stats) {
          const of = totals.get(groupId ?? '') ?? {}
          totals.set(groupId ?? '', { ...of, [`${total}NumAffected`]: numAffected, [`${total}NumAtRisk`]: numAtRisk })
        }
        return []
      })
    })
  }
  const [seriousEvents, otherEvents] = [listOf('serious_events'), listOf('other_events')]
  return {
    timeFrame: source.text(events, 'time_frame'),
    description: source.text(events, 'desc'),
    frequencyThreshold: source.text(events, 'other_events', 'frequency_threshold'),
    eventGroups: groupsOf(source, events).map((group) => ({ ...group, ...totals.get(group.id ?? '') })),
    seriousEvents,
    otherEvents,
  }
}
