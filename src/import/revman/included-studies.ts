import { child, children, type XmlElement } from '../stream/xml-element.ts'
import { studyCode } from './study-code.ts'

/** A study that a review includes; without an ID, or with that of another before it, it can't be told from others. */
export type IncludedStudy = { readonly study: XmlElement } & ({ readonly id: string } | { readonly fault: string })

/** The studies that a review includes, in its order. */
export function includedStudies(root: XmlElement): readonly IncludedStudy[] {
  const included = child(root, 'STUDIES_AND_REFERENCES', 'STUDIES', 'INCLUDED_STUDIES')
  const codes = new Map<string, string>()
  return children(included, 'STUDY').map((study) => {
    const { ID: id, NAME: name } = study.attributes
    if (!id) return { study, fault: `the study ${name === undefined ? '' : `"${name}" `}has no ID` }
    const code = studyCode(id)
    const other = codes.get(code)
    if (other === id) return { study, fault: `a study before it has the ID ${id}, too, and stays` }
    if (other !== undefined)
      return { study, fault: `the ID ${id} is too like ${other}, that of a study before it, which stays` }
    codes.set(code, id)
    return { study, id }
  })
}

/** Those that can be told apart, by their IDs. */
export const studiesById = (included: readonly IncludedStudy[]): ReadonlyMap<string, XmlElement> =>
  new Map(included.flatMap((one) => ('id' in one ? [[one.id, one.study] as const] : [])))
