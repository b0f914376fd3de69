/** Tests that can be done again from a table of counts or from means, by how reports name them. */
const TESTS = {
  fisher: /fisher/i,
  chiSquare: /chi|χ|pearson/i,
  chiSquareCorrected: /chi|χ|yates|continuity/i,
  riskDifference: /\bz\b|wald|proportions/i,
  logOddsRatio: /wald|woolf|odds ratio/i,
  pooled: /student|t[- ]?test|\bt\b|anova|analysis of variance/i,
  welch: /welch|unequal|t[- ]?test|\bt\b/i,
} as const

export type TestName = keyof typeof TESTS

/** Tests that need more than counts or means: the data of each participant, or what was adjusted for. */
const OTHERS =
  /log[- ]?rank|cox|adjust|stratif|regress|mantel|cochran|mcnemar|logistic|ancova|covarian|mixed|repeated|paired|wilcoxon|mann|kruskal|rank|permut|bootstrap|bayes|gee|poisson|hazard|gehan|trend/i

/**
 * Which of the tests that can be done again a method may have been.
 *
 * @returns all of them where no method is stated, none where it is one that can't be done again
 */
export function testsNamed<T extends TestName>(method: string | null, among: readonly T[]): readonly T[] {
  if (method === null) return among
  const named = among.filter((name) => TESTS[name].test(method))
  return OTHERS.test(method) ? [] : named
}
