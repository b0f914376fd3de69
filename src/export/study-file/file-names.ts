import type { StudyRecord } from '../../model/study-record.ts'

type Mesh = { readonly ui: string; readonly name: string }

/** What a study's rows are called in its file, where the database has keys. */
export interface FileNames {
  /** The part of a row's key after its study. */
  readonly code: (key: string) => string
  readonly optional: (key: string | null) => string | undefined
  /** Sources and sections, by their keys. */
  readonly inPublication: (key: string | null) => string | undefined
  readonly publication: (id: string) => string
  readonly mesh: (descriptorUi: string | null) => Mesh | undefined
}

export function fileNames(record: StudyRecord): FileNames {
  const { slug, rows, publications, vocabulary } = record
  const code = (key: string) => key.slice(slug.length + 1)
  const parts = new Map(
    publications.flatMap(({ publication, source, publicationText }) =>
      publication.flatMap(({ id }) =>
        [...source, ...publicationText].map((row) => [row.id, row.id.slice(id.length + 1)] as const),
      ),
    ),
  )
  const descriptors = new Map(vocabulary.meshDescriptor.map(({ ui, name }) => [ui, name]))
  const codes = publicationCodes(slug, rows.studyPublication)
  return {
    code,
    optional: (key) => (key === null ? undefined : code(key)),
    inPublication: (key) => (key === null ? undefined : (parts.get(key) ?? key)),
    publication: (id) => codes.get(id) ?? id,
    mesh: (ui) => (ui === null ? undefined : { ui, name: descriptors.get(ui) ?? ui }),
  }
}

/** A study that was saved before the codes of publications were kept has names by their roles: report, protocol, protocol-2. */
function publicationCodes(
  slug: string,
  publications: StudyRecord['rows']['studyPublication'],
): ReadonlyMap<string, string> {
  const codes = new Map<string, string>()
  const taken = new Set(publications.flatMap(({ code }) => code ?? []))
  for (const { publicationId, role, code } of publications) {
    const own = publicationId.startsWith(`${slug}-`) ? publicationId.slice(slug.length + 1) : undefined
    const name = code ?? own ?? firstFree(role === 'primary' ? 'report' : role, taken)
    codes.set(publicationId, name)
    taken.add(name)
  }
  return codes
}

/** The longest code that a file may have. */
const LONGEST = 60

/** A name that isn't taken: the wanted one, or that with a number. */
export function firstFree(wanted: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const end = number === 1 ? '' : `-${number}`
    const name = `${wanted.slice(0, LONGEST - end.length).replace(/-+$/, '')}${end}`
    if (!taken.has(name)) return name
  }
}
