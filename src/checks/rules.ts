import type { Rule } from './rule.ts'
import { adverseEventsNested } from './rules/adverse-events-nested.ts'
import { adverseEventsWithinRisk } from './rules/adverse-events-within-risk.ts'
import { analysisSetsNested } from './rules/analysis-sets-nested.ts'
import { armsSumToWhole } from './rules/arms-sum-to-whole.ts'
import { binarySd } from './rules/binary-sd.ts'
import { categoriesSumToTotal } from './rules/categories-sum-to-total.ts'
import { correctionWithoutNotice } from './rules/correction-without-notice.ts'
import { derivedValue } from './rules/derived-value.ts'
import { eventsWithinTotal } from './rules/events-within-total.ts'
import { intervalAgreesWithP } from './rules/interval-agrees-with-p.ts'
import { intervalContainsEstimate } from './rules/interval-contains-estimate.ts'
import { intervalSymmetric } from './rules/interval-symmetric.ts'
import { meanPossible } from './rules/mean-possible.ts'
import { orderOfStatistics } from './rules/order-of-statistics.ts'
import { outcomesNested } from './rules/outcomes-nested.ts'
import { pFromCounts } from './rules/p-from-counts.ts'
import { pFromMeansRule } from './rules/p-from-means.ts'
import { percentageDenominator } from './rules/percentage-denominator.ts'
import { percentageFits } from './rules/percentage-fits.ts'
import { publicationStatus } from './rules/publication-status.ts'
import { sameQuantityTwice } from './rules/same-quantity-twice.ts'
import { sdPossible } from './rules/sd-possible.ts'
import { sdWithinRange } from './rules/sd-within-range.ts'
import { sourceGivesValue } from './rules/source-gives-value.ts'
import { standardErrorCoherent } from './rules/standard-error-coherent.ts'
import { subgroupSize } from './rules/subgroup-size.ts'
import { subgroupsSumToWhole } from './rules/subgroups-sum-to-whole.ts'
import { survivalMonotone } from './rules/survival-monotone.ts'
import { timepointWithinFollowUp } from './rules/timepoint-within-follow-up.ts'
import { totalWithinEnrolment } from './rules/total-within-enrolment.ts'
import { valuesPossible } from './rules/values-possible.ts'

/** Every rule, in the order in which they are listed. A new rule is a file of its own and a line here. */
export const RULES: readonly Rule[] = [
  sourceGivesValue,
  valuesPossible,
  eventsWithinTotal,
  totalWithinEnrolment,
  armsSumToWhole,
  subgroupsSumToWhole,
  subgroupSize,
  categoriesSumToTotal,
  analysisSetsNested,
  outcomesNested,
  adverseEventsWithinRisk,
  adverseEventsNested,
  percentageFits,
  percentageDenominator,
  sameQuantityTwice,
  survivalMonotone,
  timepointWithinFollowUp,
  orderOfStatistics,
  sdWithinRange,
  standardErrorCoherent,
  meanPossible,
  sdPossible,
  binarySd,
  intervalContainsEstimate,
  intervalSymmetric,
  intervalAgreesWithP,
  pFromCounts,
  pFromMeansRule,
  derivedValue,
  correctionWithoutNotice,
  publicationStatus,
]
