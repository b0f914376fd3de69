interface NotEstimable {
  readonly status: 'not-estimable'
  readonly reason: string
}

/** What a test expects to be there: fails, with the reason, where it isn't. */
export function estimated<T extends object>(value: T | NotEstimable): Exclude<T, NotEstimable> {
  if ('status' in value && value.status === 'not-estimable')
    throw new Error(`not estimable: ${'reason' in value ? String(value.reason) : ''}`)
  return value as Exclude<T, NotEstimable>
}
