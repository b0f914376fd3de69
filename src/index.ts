/** Evibase as a library: open a database, load studies, and ask the questions of a review. */
export { checkStudy } from './checks/check-study.ts'
export {
  type Agreement,
  type ComparedValue,
  type Comparison,
  type ComparisonOptions,
  compareExtractions,
  type FieldAgreement,
  type Settled,
} from './checks/compare-extractions.ts'
export type { Finding, FindingStatus, Rule, Severity } from './checks/rule.ts'
export type { Database, Transaction } from './db/connect.ts'
export { type CopiedTable, copyDatabase } from './db/copy-database.ts'
export { DEFAULT_DATABASE_URL } from './db/database-url.ts'
export { type OpenOptions, openEvidenceBase } from './db/open-evidence-base.ts'
export { readReview } from './db/read-review.ts'
export { readStudy } from './db/read-study.ts'
export type { ImportOrigin } from './db/record-import.ts'
export { saveReview } from './db/save-review.ts'
export { type SaveResult, saveStudy } from './db/save-study.ts'
export { inSnapshot } from './db/snapshot.ts'
export { ERROR_CODES, type ErrorCode, EvidenceError, type FileIssue } from './errors.ts'
export { type PoolRecord, poolRecord } from './export/pool/pool-record.ts'
export { reviewFileOf } from './export/review-file/review-file-of.ts'
export { studyFileOf } from './export/study-file/study-file-of.ts'
export { type StudyFileKind, writeStudyFile } from './export/study-file/write-study-file.ts'
export { FORMATS, type Format, type Table, tableOf } from './export/table.ts'
export { writeTable } from './export/write-table.ts'
export { readEffectRows, type StudyRow } from './import/effect-rows/read-effect-rows.ts'
export { type EvidenceRecord, readEvidenceFile } from './import/read-evidence-file.ts'
export { readReviewFile } from './import/review-file/read-review-file.ts'
export { readRobvisFile } from './import/robvis/read-robvis-file.ts'
export { readStudyFile } from './import/study-file/read-study-file.ts'
export { readVocabulary } from './import/vocabulary.ts'
export type { AppraisalVocabulary } from './model/appraisal-vocabulary.ts'
export { type ReviewFile, reviewFileSchema } from './model/review-file.ts'
export type { ReviewRecord } from './model/review-record.ts'
export type { RiskOfBiasTable, TableJudgement } from './model/risk-of-bias-table.ts'
export { type StudyFile, studyFileSchema } from './model/study-file.ts'
export { questionOf, type StudyFilter, type StudyQuestion } from './model/study-filter.ts'
export type { StudyRecord } from './model/study-record.ts'
export { whereFilter } from './model/where-filter.ts'
export type { BaujatData } from './plots/baujat/baujat-data.ts'
export { type BaujatAsked, baujatOfPool } from './plots/baujat/baujat-of-pool.ts'
export { baujatPlot } from './plots/baujat/baujat-plot.ts'
export type { ForestData } from './plots/forest/forest-data.ts'
export { type ForestAsked, forestOfPool } from './plots/forest/forest-of-pool.ts'
export { forestPlot } from './plots/forest/forest-plot.ts'
export type { FunnelData } from './plots/funnel/funnel-data.ts'
export { type FunnelAsked, funnelOfPool } from './plots/funnel/funnel-of-pool.ts'
export { funnelPlot } from './plots/funnel/funnel-plot.ts'
export type { LabbeData } from './plots/labbe/labbe-data.ts'
export { type LabbeAsked, type LabbeMeasure, labbeOfPool } from './plots/labbe/labbe-of-pool.ts'
export { labbePlot } from './plots/labbe/labbe-plot.ts'
export type { Mark, Picture } from './plots/mark.ts'
export { type Printed, printedPdf, printedPng } from './plots/printed.ts'
export { robSummaryPlot } from './plots/risk-of-bias/rob-summary-plot.ts'
export { trafficLightPlot } from './plots/risk-of-bias/traffic-light-plot.ts'
export type { SurvivalData } from './plots/survival/survival-data.ts'
export { type SurvivalEstimate, survivalOf } from './plots/survival/survival-panels.ts'
export { survivalPlot } from './plots/survival/survival-plot.ts'
export { svgOf } from './plots/svg.ts'
export { type CheckedKeys, checkAndKeep } from './queries/check-and-keep.ts'
export { checkReviews, type ReviewCheckSelection } from './queries/check-reviews.ts'
export { CHECK_COLUMNS, type CheckResult, type CheckRow, type CheckSummary } from './queries/check-rows.ts'
export { checkRules, RULE_COLUMNS, type RuleRow } from './queries/check-rules.ts'
export { type CheckSelection, checkStudies } from './queries/check-studies.ts'
export { EFFECT_MEASURE_COLUMNS, type EffectMeasureRow, effectMeasures } from './queries/effect-measures.ts'
export { ADVERSE_EVENT_COLUMNS, type AdverseEventRow, extractAdverseEvents } from './queries/extract-adverse-events.ts'
export { ANALYSIS_COLUMNS, type AnalysisRow, extractAnalyses } from './queries/extract-analyses.ts'
export { ARM_COLUMNS, type ArmRow, extractArms } from './queries/extract-arms.ts'
export { BASELINE_COLUMNS, type BaselineRow, extractBaseline } from './queries/extract-baseline.ts'
export {
  CHARACTERISTICS_COLUMNS,
  type CharacteristicsRow,
  extractCharacteristics,
} from './queries/extract-characteristics.ts'
export { CONTINUOUS_COLUMNS, type ContinuousRow, extractContinuous } from './queries/extract-continuous.ts'
export { CORRECTION_COLUMNS, type CorrectionRow, extractCorrections } from './queries/extract-corrections.ts'
export { COUNT_COLUMNS, type CountRow, extractCounts } from './queries/extract-counts.ts'
export { DICHOTOMOUS_COLUMNS, type DichotomousRow, extractDichotomous } from './queries/extract-dichotomous.ts'
export {
  EFFECT_COLUMNS,
  type EffectQuestion,
  type EffectRow,
  effectsOf,
  extractEffects,
} from './queries/extract-effects.ts'
export { EFFECT_INPUT_COLUMNS, type EffectInputRow, extractEffectsInput } from './queries/extract-effects-input.ts'
export { EVIDENCE_COLUMNS, type EvidenceRow, extractEvidence } from './queries/extract-evidence.ts'
export { extractFlow, FLOW_COLUMNS, type FlowRow } from './queries/extract-flow.ts'
export { extractHazardRatios, HAZARD_RATIO_COLUMNS, type HazardRatioRow } from './queries/extract-hazard-ratios.ts'
export { extractLong, LONG_COLUMNS, type LongRow } from './queries/extract-long.ts'
export { extractMedians, MEDIAN_COLUMNS, type MedianRow } from './queries/extract-medians.ts'
export { extractOrdinal, ORDINAL_COLUMNS, type OrdinalRow } from './queries/extract-ordinal.ts'
export {
  extractReviewStudies,
  REVIEW_STUDY_COLUMNS,
  type ReviewStudyRow,
} from './queries/extract-review-studies.ts'
export { extractRiskOfBias, RISK_OF_BIAS_COLUMNS, type RiskOfBiasRow } from './queries/extract-risk-of-bias.ts'
export { extractSurvival, SURVIVAL_COLUMNS, type SurvivalRow } from './queries/extract-survival.ts'
export {
  type ArmChoice,
  DEFAULT_CHOICES,
  type Duration,
  type ExtractionChoices,
  PREFERENCES,
  type Preference,
  type TimeChoice,
  type TimeWindow,
} from './queries/extraction/choices.ts'
export { COLUMN_COLUMNS, type Column, type Columns, type ColumnType, columnRows } from './queries/extraction/columns.ts'
export type {
  Extracted,
  Extraction,
  ExtractionMetadata,
  ExtractionPages,
} from './queries/extraction/extraction.ts'
export { EXTRACTIONS, type ExtractionName } from './queries/extractions.ts'
export {
  FIND_COLUMNS,
  type FindOptions,
  type FoundInText,
  type FoundStudies,
  type FoundStudy,
  findStudies,
} from './queries/find-studies.ts'
export { type PoolRow, type PoolRows, poolRows } from './queries/pool-rows.ts'
export { evibase } from './queries/prisma-extension.ts'
export type { ReviewSelection } from './queries/review-selection.ts'
export { riskOfBiasTables } from './queries/risk-of-bias-tables.ts'
export type { Selection } from './queries/selection.ts'
export { FAILED_VERDICTS, TRACE_COLUMNS, type TraceRow, traceStudy, type Verdict } from './queries/trace-study.ts'
export { VERIFY_COLUMNS, type VerifyRow, verifyEvidenceBase } from './queries/verify-evidence-base.ts'
export { evaluateFormula } from './stats/derivations/formula.ts'
export type { Derived, NamedFormula } from './stats/derivations/named-formula.ts'
export { NAMED_FORMULAS, signatureOf } from './stats/derivations/named-formulas.ts'
export { type BaujatPoint, baujat } from './stats/diagnostics/baujat.ts'
export { beggTest } from './stats/diagnostics/begg.ts'
export { type CumulativeStep, cumulative } from './stats/diagnostics/cumulative.ts'
export {
  eggerTest,
  harbordTest,
  petersTest,
  type RegressionTest,
  type RegressionTestOptions,
  regressionTest,
} from './stats/diagnostics/egger.ts'
export {
  type FailSafeMethod,
  type FailSafeN,
  type FailSafeOptions,
  failSafeN,
} from './stats/diagnostics/fail-safe-n.ts'
export { type Influence, influence } from './stats/diagnostics/influence.ts'
export type { Kendall } from './stats/diagnostics/kendall.ts'
export { leaveOneOut } from './stats/diagnostics/leave-one-out.ts'
export { type TrimAndFill, type TrimAndFillOptions, trimAndFill } from './stats/diagnostics/trim-and-fill.ts'
export type { GivenOptions } from './stats/effect-sizes/effect-options.ts'
export { type EffectSizeColumns, effectSizeColumns } from './stats/effect-sizes/effect-size-columns.ts'
export { effectSizes } from './stats/effect-sizes/effect-sizes.ts'
export type {
  Data,
  EffectOptions,
  EffectSize,
  Estimated,
  Measure,
  NotEstimable,
  RowOf,
  VarianceType,
} from './stats/effect-sizes/measure.ts'
export { MEASURES, type MeasureName } from './stats/effect-sizes/measures.ts'
export { type MidPValues, midPValues } from './stats/hypothesis-tests/mid-p.ts'
export { type TwoByTwoPValues, twoByTwoPValues } from './stats/hypothesis-tests/two-by-two.ts'
export type { Interval } from './stats/intervals/interval.ts'
export { miettinenNurminenInterval } from './stats/intervals/miettinen-nurminen-interval.ts'
export { newcombeInterval } from './stats/intervals/newcombe-interval.ts'
export {
  type NumberNeeded,
  type NumberNeededToTreat,
  numberNeededText,
  numberNeededToTreat,
} from './stats/intervals/number-needed-to-treat.ts'
export {
  clopperPearsonInterval,
  jeffreysInterval,
  type Proportion,
  wilsonInterval,
} from './stats/intervals/proportion-intervals.ts'
export type { ChiSquareTest } from './stats/pooling/chi-square-test.ts'
export { designOf, type Moderator } from './stats/pooling/design.ts'
export type { Effect } from './stats/pooling/effect.ts'
export type { FitStatistics } from './stats/pooling/fit-statistics.ts'
export {
  type InverseVarianceMethod,
  type InverseVarianceOptions,
  POOLING_TESTS,
  type PoolingTest,
  poolInverseVariance,
  TAU_SQUARED_METHODS,
} from './stats/pooling/inverse-variance.ts'
export { type MantelHaenszelOptions, poolMantelHaenszel } from './stats/pooling/mantel-haenszel.ts'
export {
  type MantelHaenszelRateOptions,
  poolMantelHaenszelRates,
} from './stats/pooling/mantel-haenszel-rates.ts'
export {
  cochranMantelHaenszel,
  type Homogeneity,
  homogeneityOfOddsRatios,
  mantelHaenszelRateTest,
} from './stats/pooling/mantel-haenszel-tests.ts'
export {
  type Coefficient,
  type Design,
  type MetaRegression,
  type ModeratorTest,
  metaRegression,
  type RegressionPrediction,
} from './stats/pooling/meta-regression.ts'
export { poolPeto } from './stats/pooling/peto.ts'
export {
  backOf,
  POOL_METHODS,
  type PooledStudies,
  type PoolMethod,
  type PoolOptions,
  poolStudies,
  type StudyInput,
} from './stats/pooling/pool-studies.ts'
export type { Pooled, StudyTable } from './stats/pooling/pooled.ts'
export { type PooledEffect, pooledEffect } from './stats/pooling/pooled-effect.ts'
export {
  type Pool,
  poolSubgroups,
  type Subgroup,
} from './stats/pooling/subgroups.ts'
export { type TauSquaredInterval, tauSquaredInterval } from './stats/pooling/tau-squared-interval.ts'
