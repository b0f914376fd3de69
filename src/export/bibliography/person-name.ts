import type { Signatory } from '../../queries/publications.ts'
import { oneLine } from './one-line.ts'

/** A person's name in the parts that formats tell apart. */
export interface PersonName {
  readonly family: string
  /** Fore names, or initials with full stops and spaces where no more is known. */
  readonly given: string | undefined
  readonly suffix: string | undefined
}

/** MEDLINE has a suffix at the end of the fore names and of the initials: "John Jr", "J Jr". */
const SUFFIX = /^(.*\S) (Jr|Sr|2nd|3rd|[4-9]th|II|III|IV)\.?$/

/** The name of a person of the by-line; undefined of a group. */
export function personName({ collectiveName, lastName, foreName, initials }: Signatory): PersonName | undefined {
  if (collectiveName !== null || lastName === null) return undefined
  const printed = oneLine(foreName ?? initials ?? '')
  const [, before = printed, suffix] = SUFFIX.exec(printed) ?? []
  const given = foreName === null ? dotted(before) : before
  return { family: oneLine(lastName), given: given === '' ? undefined : given, suffix }
}

/** SA → S. A.; initials that are written in another way stay as they are. */
const dotted = (initials: string): string =>
  /^\p{Lu}+$/u.test(initials) ? [...initials].map((letter) => `${letter}.`).join(' ') : initials

/** The name of a group, or of somebody of whom nothing is known but a name. */
export const groupName = ({ collectiveName, lastName, foreName, initials }: Signatory): string =>
  oneLine(collectiveName ?? lastName ?? foreName ?? initials ?? '')
