import type { StudyFile } from '../../model/study-file.ts'
import { orcidIn } from '../bibliography/orcid.ts'
import type { FieldSource } from '../bibliography/tagged-fields.ts'

type Authors = StudyFile['publications'][number]['authors']
type Author = Exclude<Authors, { missing: unknown }>[number]

/** The by-line of a record in MEDLINE format: full names (FAU), else short ones (AU), and groups (CN), in their order. */
export function medlineAuthors(source: FieldSource): Authors {
  const authors: Author[] = []
  let full = false
  for (const field of source.fields) {
    const { tag, value } = field
    const last = authors.at(-1)
    const count = authors.length
    if (tag === 'CN') authors.push({ collective_name: value })
    else if (tag === 'FAU') {
      const [lastName = '', foreName] = value.split(/, (.*)/)
      authors.push(
        lastName === '' ? { last_name: value } : { last_name: lastName, ...(foreName ? { fore_name: foreName } : {}) },
      )
    } else if (tag === 'AU') {
      const [, lastName = value, initials] = /^(.*) (\p{Lu}+(?: (?:Jr|Sr|2nd|3rd))?)$/u.exec(value) ?? []
      if (full && last && 'last_name' in last) {
        if (initials !== undefined) last.initials = initials
        source.take(field)
      } else authors.push({ last_name: lastName, ...(initials === undefined ? {} : { initials }) })
    } else if (tag === 'AUID' && last && 'last_name' in last && last.orcid === undefined) {
      const orcid = /^(?:ORCID: ?)?(?:https?:|\d)/i.test(value) ? orcidIn(value) : undefined
      if (orcid !== undefined) {
        last.orcid = orcid
        source.take(field)
      }
    } else if (tag === 'AD' && last) {
      last.affiliation = last.affiliation === undefined ? value : `${last.affiliation} ${value}`
      source.take(field)
    }
    if (authors.length > count) source.take(field)
    full = tag === 'FAU'
  }
  return authors.length === 0 ? { missing: 'not_reported' } : authors
}
