import { describe, expect, test } from 'vitest'
import { hypergeometricFunction } from '../../../src/stats/distributions/hypergeometric-function.ts'
import reference from '../../reference/hypergeometric-function.json' with { type: 'json' }
import { near } from '../near.ts'

describe("Gauss' hypergeometric function agrees with mpmath", () => {
  const rows = reference.function.map(([a = 0, c = 0, y = 0, value = 0]) => ({ a, c, y, value }))
  test.each(rows)('F($a, $a; $c; 1 - $y)', ({ a, c, y, value }) => {
    expect(hypergeometricFunction(a, a, c, 1 - y, y)).toSatisfy(near(value, 1e-11))
  })
})
