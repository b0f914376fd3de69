/** A list, or nothing where it is empty: a study file has no empty lists. */
export const filled = <T>(list: T[]): T[] | undefined => (list.length === 0 ? undefined : list)

/** Each of what has the same values once, in the order of the first. */
export const once = <T extends object>(list: readonly T[]): T[] => [
  ...new Map(list.map((entry) => [JSON.stringify(Object.values(entry)), entry])).values(),
]
