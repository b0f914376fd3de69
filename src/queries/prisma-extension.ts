import { Prisma } from '@prisma/client/extension'
import type { Transaction } from '../db/connect.ts'
import { extractAdverseEvents } from './extract-adverse-events.ts'
import { extractAnalyses } from './extract-analyses.ts'
import { extractArms } from './extract-arms.ts'
import { extractBaseline } from './extract-baseline.ts'
import { extractCharacteristics } from './extract-characteristics.ts'
import { extractContinuous } from './extract-continuous.ts'
import { extractCorrections } from './extract-corrections.ts'
import { extractCounts } from './extract-counts.ts'
import { extractDichotomous } from './extract-dichotomous.ts'
import { extractEffects } from './extract-effects.ts'
import { extractEffectsInput } from './extract-effects-input.ts'
import { extractEvidence } from './extract-evidence.ts'
import { extractFlow } from './extract-flow.ts'
import { extractHazardRatios } from './extract-hazard-ratios.ts'
import { extractLong } from './extract-long.ts'
import { extractMedians } from './extract-medians.ts'
import { extractOrdinal } from './extract-ordinal.ts'
import { extractReviewStudies } from './extract-review-studies.ts'
import { extractRiskOfBias } from './extract-risk-of-bias.ts'
import { extractSurvival } from './extract-survival.ts'
import { findStudies } from './find-studies.ts'

/** What a client's `study` learns: each function without its first argument. One more is one more line. */
const QUESTIONS = {
  extractAdverseEvents,
  extractAnalyses,
  extractArms,
  extractBaseline,
  extractCharacteristics,
  extractContinuous,
  extractCorrections,
  extractCounts,
  extractDichotomous,
  extractEffects,
  extractEffectsInput,
  extractEvidence,
  extractFlow,
  extractHazardRatios,
  extractLong,
  extractMedians,
  extractOrdinal,
  extractReviewStudies,
  extractRiskOfBias,
  extractSurvival,
  findStudies,
}

type Asked<Question> = Question extends (db: Transaction, ...rest: infer Rest) => infer Answer
  ? (...rest: Rest) => Answer
  : never
type Questions = { readonly [K in keyof typeof QUESTIONS]: Asked<(typeof QUESTIONS)[K]> }

/**
 * An extension of Prisma's client: `client.$extends(evibase).study.extractDichotomous({ … })`, with the choices and rows
 * of the functions of that name. Each asks the client that was extended, in a snapshot of its own.
 */
export const evibase = Prisma.defineExtension((client) =>
  client.$extends({ name: 'evibase', model: { study: questionsOf(client as unknown as Transaction) } }),
)

const questionsOf = (client: Transaction): Questions =>
  Object.fromEntries(
    Object.entries(QUESTIONS).map(([name, ask]) => [
      name,
      (...rest: readonly unknown[]) =>
        (ask as (db: Transaction, ...rest: readonly unknown[]) => unknown)(client, ...rest),
    ]),
  ) as Questions
