/** Of a list so many are named. */
const MOST = 10

/** A list as words, and where it is long, how many more there are. */
export const shortened = (names: readonly string[], between: string): string =>
  names.length <= MOST
    ? names.join(between)
    : `${names.slice(0, MOST).join(between)} and ${(names.length - MOST).toLocaleString('en')} more`
