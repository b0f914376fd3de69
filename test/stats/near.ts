/** Whether a number is within a relative tolerance of what is expected; zero is met only by zero. */
export const near =
  (expected: number, tolerance: number) =>
  (value: number | null | undefined): boolean =>
    typeof value === 'number' && Math.abs(value - expected) <= tolerance * Math.abs(expected)

/** Whether a number is within so much of what is expected. */
export const within =
  (expected: number, distance: number) =>
  (value: number | null | undefined): boolean =>
    typeof value === 'number' && Math.abs(value - expected) <= distance
