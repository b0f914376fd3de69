import type { StudyFile } from '../model/study-file.ts'
import type { MedlineField } from './medline-field.ts'

type Authors = StudyFile['publications'][number]['authors']
type Author = Exclude<Authors, { missing: unknown }>[number]

/** The by-line of a record in MEDLINE format: full names (FAU), else short ones (AU), and groups (CN), in their order. */
export function medlineAuthors(record: readonly MedlineField[]): Authors {
  const authors: Author[] = []
  let full = false
  for (const { tag, value } of record) {
    const last = authors.at(-1)
    if (tag === 'CN') authors.push({ collective_name: value })
    else if (tag === 'FAU') {
      const [lastName = value, foreName] = value.split(/, (.*)/)
      authors.push({ last_name: lastName, ...(foreName ? { fore_name: foreName } : {}) })
    } else if (tag === 'AU') {
      const [, lastName = value, initials] = /^(.*) (\p{Lu}+(?: (?:Jr|Sr|2nd|3rd))?)$/u.exec(value) ?? []
      if (full && last && 'last_name' in last) {
        if (initials !== undefined) last.initials = initials
      } else authors.push({ last_name: lastName, ...(initials === undefined ? {} : { initials }) })
    } else if (tag === 'AUID' && last && 'last_name' in last) {
      const orcid = /\d{4}-\d{4}-\d{4}-\d{3}[\dX]$/.exec(value)?.[0]
      if (orcid !== undefined) last.orcid = orcid
    } else if (tag === 'AD' && last)
      last.affiliation = last.affiliation === undefined ? value : `${last.affiliation} ${value}`
    full = tag === 'FAU'
  }
  return authors.length === 0 ? { missing: 'not_reported' } : authors
}
