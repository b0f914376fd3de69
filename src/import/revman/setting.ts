import type { StudyRows } from '../../model/study-record.ts'
import type { XmlElement } from '../stream/xml-element.ts'

/** Two groups that RevMan sets against each other, and what is said of all rows of an outcome. */
export interface Setting {
  readonly outcomeId: string
  readonly comparisonId: string
  readonly experimental: StudyRows['studyGroup'][number]
  readonly control: StudyRows['studyGroup'][number]
  readonly outcome: XmlElement
}
