import fc from 'fast-check'

/** Names of any length, of letters narrow and wide, from left to right and right to left, with words and without. */
export const names = fc.oneof(
  fc.string({ minLength: 1, maxLength: 80, unit: 'grapheme' }),
  fc.string({ minLength: 1, maxLength: 80, unit: fc.constantFrom('W', 'i', ' ', 'é', 'm') }),
  fc.string({ minLength: 1, maxLength: 80, unit: fc.constantFrom('試', '験', '語', 'ア') }),
  fc.string({ minLength: 1, maxLength: 80, unit: fc.constantFrom('م', 'ح', ' ', 'ש', '٣') }),
  fc.string({ minLength: 1, maxLength: 80, unit: fc.constantFrom('<script>', '&', '\u0000', '"', '\u202e', '👩‍👩‍👧') }),
)
