import type { StudyFile } from '../../model/study-file.ts'

type Author = Exclude<StudyFile['publications'][number]['authors'], { missing: unknown }>[number]

const INITIALS = /^(?:\p{Lu}\p{Ll}?\.[ -]?|\p{Lu}[ -]?){1,5}$/u
const SUFFIX = /^(?:Jr|Sr|II|III|IV|2nd|3rd)\.?$/i
/** Words that no person's name has. */
const GROUP =
  /\b(?:group|committee|organi[sz]ation|university|cent(?:er|re)|consortium|investigators|collaborati(?:on|ve)|society|association|team|network|trial|institute|agency|council|department|ministry|office|board|foundation|service|inc)\b/i

/**
 * An author in the forms that programs write: "Doe, Jane A", "Doe, J. A.", "Doe,J.A.,Jr.", "Doe J.A.", "J. A. Doe". A name
 * with words such as "group" in it, or a comma at its end, is a group's. Of a name in two words without a comma nobody
 * can tell which is the family's: it stays whole. Undefined where there is no letter.
 */
export function risAuthor(printed: string): Author | undefined {
  if (!/\p{L}/u.test(printed)) return undefined

  const [last = '', ...others] = printed
    .replace(/^[,\s]+/, '')
    .split(',')
    .map((part) => part.trim())
  const given = others.filter((part) => part !== '')
  if (others.length > 0 && given.length === 0) return { collective_name: last }
  if (given.length > 0) return person(last, given)
  if (GROUP.test(last)) return { collective_name: last }
  const { family, initials } = withInitialsLast(last)
  if (family !== '' && initials !== '') return { last_name: family, initials }
  const [, before, name] = /^((?:\p{Lu}\.[ -]?)+)(\p{L}.*)$/u.exec(last) ?? []
  if (before !== undefined && name !== undefined) return { last_name: name, initials: bare(before) }
  return { last_name: last }
}

/** "Adler D.G.", "Doe J. A.", "Luke TJ": the words at the end that are initials, and those before. */
function withInitialsLast(name: string): { readonly family: string; readonly initials: string } {
  const words = name.split(' ')
  let end = words.length
  if (/^\p{Lu}{1,3}$/u.test(words[end - 1] ?? '')) end--
  else while (end > 0 && /^(?:\p{Lu}\.-?){1,5}$/u.test(words[end - 1] ?? '')) end--
  return { family: words.slice(0, end).join(' '), initials: bare(words.slice(end).join('')) }
}

function person(last: string, given: readonly string[]): Author {
  const suffix = given.find((part) => SUFFIX.test(part))
  const fore = given.filter((part) => part !== suffix).join(', ')
  const initials = [INITIALS.test(fore) ? bare(fore) : '', suffix?.replace(/\.$/, '') ?? ''].filter(Boolean).join(' ')
  return {
    last_name: last,
    ...(fore === '' || INITIALS.test(fore) ? {} : { fore_name: fore }),
    ...(initials === '' ? {} : { initials }),
  }
}

const bare = (initials: string): string => initials.replace(/[. -]/g, '')
