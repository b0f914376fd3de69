import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byKey } from '../../src/model/byte-order.ts'

test('keys are in the order of their bytes, beyond the first plane too', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'é', '\ud7ff', '\ue000', '\uffff', '𝒹', '🧪', '/') })
  fc.assert(
    fc.property(text, text, (one, other) => {
      expect(byKey(one, other)).toBe(Buffer.compare(Buffer.from(one), Buffer.from(other)))
    }),
  )
})
