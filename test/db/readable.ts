import { expect } from 'vitest'

/** A person reads a message: whole sentences, no SQL, no driver, no stack. */
export function expectReadable(error: unknown): void {
  const { message } = error as Error
  expect(message).toMatch(/^[A-Z].*\.$/)
  expect(message).not.toMatch(/SQL|SELECT|INSERT|UPDATE|prisma|P\d{4}|\n|`/i)
}
