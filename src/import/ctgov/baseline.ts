import type { StudyRows } from '../../model/study-record.ts'
import { inWords, printedCount } from '../rows/printed-text.ts'
import type { RowBook } from '../rows/row-book.ts'
import { type ArmNames, addGroups, type GroupList } from './groups.ts'
import { pathOf } from './shape.ts'
import {
  baselineColumns,
  type Column,
  cellsOf,
  countsPeople,
  type Denominators,
  denominatorsOf,
  statisticOf,
} from './statistics.ts'
import type { CtgovDenominator, CtgovMeasure, CtgovMeasurement, Results } from './study-shape.ts'

type Row = StudyRows['baselineMeasurement'][number]

/** The baseline table: each group's number of each characteristic, and how many people each group has. */
export function addBaseline(
  book: RowBook,
  arms: readonly ArmNames[],
  baseline: Results['baselineCharacteristicsModule'],
): void {
  if (baseline === undefined) return
  const groups = addGroups(book, arms, 'baseline', '', baseline.groups)
  const others = unplaced(book)
  const whole = denominatorsOf(baseline.denoms, others)
  const set =
    whole === undefined && baseline.populationDescription === undefined
      ? null
      : book.analysisSet('other', 'Baseline analysis population', baseline.populationDescription)
  if (whole !== undefined && set !== null)
    for (const code of whole.codes)
      book.enrol(groups.of(code, baseline.place), set, whole.people.get(code), whole.units.get(code), whole.unitsOf)
  for (const measure of baseline.measures) addMeasure(book, groups, measure, set, whole, others)
}

/** Tells a second kind of units, for which a row has no place. */
export const unplaced =
  (book: RowBook) =>
  ({ place, counts }: CtgovDenominator): void => {
    for (const { place: at } of counts) book.unmapped(pathOf({ within: at ?? place, key: 'value' }, false))
  }

function addMeasure(
  book: RowBook,
  groups: GroupList,
  measure: CtgovMeasure,
  set: string | null,
  whole: Denominators | undefined,
  others: (denominator: CtgovDenominator) => void,
): void {
  const statistic = statisticOf(measure.paramType)
  if (statistic === undefined && measure.paramType !== undefined)
    book.unmapped(pathOf({ within: measure.place, key: 'paramType' }, false))
  const columns = baselineColumns(statistic, measure.dispersionType, measure.unitOfMeasure)
  const ofMeasure = denominatorsOf(measure.denoms, others)
  const title = measure.title ?? 'not named'
  const people = countsPeople(statistic, measure.unitOfMeasure)
  const shared = {
    analysisSetId: set,
    unit: measure.unitOfMeasure ?? null,
    description: measure.description ?? null,
    population: measure.populationDescription ?? null,
    statistic: statistic ?? null,
    dispersion: measure.dispersionType === undefined ? null : inWords(measure.dispersionType),
    percentages: measure.calculatePct ?? null,
    denominatorUnits: measure.denomUnitsSelected ?? null,
  }
  const ofClasses = measure.classes.map(({ denoms }) => denominatorsOf(denoms, others))
  const measured = new Set<string | undefined>()
  /** Groups whose number is out of the measure's own denominator. */
  const ofWhole = new Set<string | undefined>()
  const inClass = new Set<string>()
  for (const { of, index, category } of cellsOf(measure.classes)) {
    // A class is a characteristic of its own where it has categories, or where it isn't a count of people in it.
    const apart = of.title !== undefined && (category.title !== undefined || !people)
    const named = {
      characteristic: apart ? `${title}: ${of.title}` : title,
      category: category.title ?? (apart ? null : (of.title ?? null)),
      classTitle: of.title ?? null,
    }
    for (const measurement of category.measurements) {
      measured.add(measurement.groupId)
      if (ofClasses[index] === undefined) ofWhole.add(measurement.groupId)
      inClass.add(`${index} ${measurement.groupId}`)
      add(measurement.groupId, named, ofClasses[index] ?? ofMeasure ?? whole, measurement)
    }
  }
  // Denominators of groups that have no number.
  for (const [index, { title: classTitle = null }] of measure.classes.entries())
    for (const code of ofClasses[index]?.codes ?? [])
      if (!inClass.has(`${index} ${code}`)) {
        measured.add(code)
        add(code, { characteristic: title, category: classTitle, classTitle }, ofClasses[index], undefined)
      }
  for (const code of ofMeasure?.codes ?? [])
    if (!ofWhole.has(code)) {
      measured.add(code)
      add(code, { characteristic: title, category: null, classTitle: null }, ofMeasure, undefined)
    }
  if (measured.size === 0) {
    book.text('baseline', 'characteristic without numbers', title)
    book.text('baseline', `description of ${title}`, measure.description)
    book.text('baseline', `population of ${title}`, measure.populationDescription)
    book.text('baseline', `unit of ${title}`, measure.unitOfMeasure)
    book.text('baseline', `statistic of ${title}`, measure.paramType)
    book.text('baseline', `dispersion of ${title}`, measure.dispersionType)
    book.text('baseline', `percentages of ${title}`, measure.calculatePct)
    book.text('baseline', `denominator of ${title}`, measure.denomUnitsSelected)
    for (const { title: named } of measure.classes) book.text('baseline', `class of ${title}`, named)
    for (const { category } of cellsOf(measure.classes)) book.text('baseline', `category of ${title}`, category.title)
  }

  function add(
    code: string | undefined,
    named: Pick<Row, 'characteristic' | 'category' | 'classTitle'>,
    denominators: Denominators | undefined,
    measurement: CtgovMeasurement | undefined,
  ) {
    const studyGroupId = groups.of(code, measurement?.place ?? measure.place)
    const id = book.next('baseline_measurement')
    const number = ({ name, read }: Column<string>, text: string | undefined) =>
      book.number('baseline_measurement', id, name, read, text)
    const count = (name: string, text: string | undefined) =>
      book.number('baseline_measurement', id, name, printedCount, text)
    const value = number(columns.value, measurement?.value)
    const numbers = {
      count: null,
      mean: null,
      sd: null,
      median: null,
      q1: null,
      q3: null,
      minimum: null,
      maximum: null,
      value: null,
      spread: null,
      lower: null,
      upper: null,
      [columns.value.name]: value,
      [columns.spread.name]: number(columns.spread, measurement?.spread),
      [columns.lower.name]: number(columns.lower, measurement?.lowerLimit),
      [columns.upper.name]: number(columns.upper, measurement?.upperLimit),
    }
    const units = denominators?.units.get(code ?? '')
    book.rows.baselineMeasurement.push({
      id,
      studyId: book.slug,
      studyGroupId,
      ...shared,
      ...named,
      ...numbers,
      total: count('total', denominators?.people.get(code ?? '')),
      derived: false,
      missingReason: book.reason(value, measurement?.comment),
      note: measurement?.comment ?? null,
      units: count('units', units),
      unitsOf: units === undefined ? null : (denominators?.unitsOf ?? 'units'),
    })
  }
}
