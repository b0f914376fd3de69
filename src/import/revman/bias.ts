import type { RowBook } from '../rows/row-book.ts'
import { child, children, type XmlElement } from '../stream/xml-element.ts'
import type { RevmanSource } from './revman-source.ts'

const TOOL = 'rob-1/2011'

/** The tool's domains by what RevMan calls its items, in its later words and in its questions of 2008. */
const DOMAINS: readonly (readonly [RegExp, string])[] = [
  [/sequence generation/i, 'sequence-generation'],
  [/allocation concealment/i, 'allocation-concealment'],
  [/blinding of participants/i, 'blinding-participants'],
  [/blinding of outcome assess/i, 'blinding-assessment'],
  [/incomplete outcome data/i, 'incomplete-data'],
  [/selective (?:outcome )?reporting/i, 'selective-reporting'],
  [/^other (?:bias|sources of bias)|^free of other bias/i, 'other'],
  [/^summary over all domains/i, 'overall'],
]

/** Whether there is a low risk of bias. */
const RESULTS: Readonly<Record<string, string>> = { YES: 'low', NO: 'high', UNKNOWN: 'unclear' }

/**
 * What the reviewers judged of a study, by the Cochrane tool of 2011. "Unclear" without a word of support is how RevMan
 * begins, and shows as no judgement. An item that the tool doesn't have, such as blinding of everybody in one, is a text.
 */
export function addBias(source: RevmanSource, book: RowBook, root: XmlElement): void {
  const seen = new Set<string>()
  for (const item of children(child(root, 'QUALITY_ITEMS'), 'QUALITY_ITEM')) {
    const name = source.text(item, 'NAME') ?? 'Item without a name'
    const groups = children(item, 'QUALITY_ITEM_DATA_ENTRY_GROUP')
    for (const entry of children(child(item, 'QUALITY_ITEM_DATA'), 'QUALITY_ITEM_DATA_ENTRY')) {
      const support = source.text(entry, 'DESCRIPTION')
      const result = source.attribute(entry, 'RESULT') ?? 'UNKNOWN'
      source.attribute(entry, 'STUDY_ID')
      const groupId = source.attribute(entry, 'GROUP_ID')
      const group = groups.find(({ attributes }) => attributes.ID === groupId)
      const on = group === undefined ? undefined : source.text(group, 'NAME')
      const judgement = Object.hasOwn(RESULTS, result) ? RESULTS[result] : undefined
      if (judgement === 'unclear' && support === undefined) continue
      const domain = DOMAINS.find(([pattern]) => pattern.test(name))?.[1]
      // What is judged of a group of outcomes, RevMan ties to none of them.
      const ofAll = on === undefined || /^all outcomes$/i.test(on)
      if (domain === undefined || judgement === undefined || !ofAll || seen.has(domain)) {
        const words = [judgement === undefined ? result : WORDS[judgement], support].filter(
          (part) => part !== undefined,
        )
        book.text('risk of bias', ofAll ? name : `${name}: ${on}`, words.join('. '))
        continue
      }
      seen.add(domain)
      const { riskOfBias } = book.rows
      riskOfBias.push({
        id: book.key(`j${String(riskOfBias.length + 1).padStart(5, '0')}`),
        studyId: book.slug,
        toolId: TOOL,
        domainId: `${TOOL}/${domain}`,
        judgement: `${TOOL}/${judgement}`,
        outcomeId: null,
        outcomeMeasurementId: null,
        outcomeAnalysisId: null,
        support: support ?? null,
        assessor: null,
      })
    }
  }
}

const WORDS: Readonly<Record<string, string>> = {
  low: 'Low risk of bias',
  high: 'High risk of bias',
  unclear: 'Unclear risk of bias',
}
