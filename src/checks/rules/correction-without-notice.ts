import { factKeyOf } from '../../model/fact-key.ts'
import { remark } from '../observe.ts'
import type { Observation, Rule } from '../rule.ts'

export const correctionWithoutNotice: Rule = {
  id: 'correction-without-notice',
  title: 'Corrections without their notice',
  tests: 'Of a value that was corrected, the publication that corrected it is cited; a note where it isn’t.',
  formula:
    'a correction names a publication, or a publication of the study has a link ErratumIn or CorrectedandRepublishedIn',
  source: 'ICMJE Recommendations, Corrections and version control',
  severity: 'note',
  *check({ record, rows }): Iterable<Observation> {
    const linked = record.publications.some(({ publicationLink }) =>
      publicationLink.some(({ refType }) => refType === 'ErratumIn' || refType === 'CorrectedandRepublishedIn'),
    )
    for (const { factId, notice, publicationId } of rows.correction) {
      if (linked || publicationId !== null) continue
      const { table, rowId: id, field } = factKeyOf(factId)
      const at = { table, id, field }
      yield remark(at, `${field} was corrected (${notice}), and no erratum is linked.`, { notice })
    }
  },
}
