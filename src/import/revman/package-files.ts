/** The tables of a data package that are read, by what their files' names end in. */
export const PACKAGE_TABLES = [
  'data-rows',
  'overall-estimates-and-settings',
  'study-information',
  'risk-of-bias',
] as const
export type PackageTable = (typeof PACKAGE_TABLES)[number]

/** What else a package's file may be: its references are read, too. */
type Content = PackageTable | 'included' | 'other'

/** A file of a data package. */
export interface PackageFile {
  /** As it was given, with the folders that lead to it. */
  readonly name: string
  readonly content: Content
}

/** CD000001-data-rows.csv. Without what stands before it, nothing tells one review's file from another's. */
const KNOWN = new RegExp(`(?:^|[/\\\\])(?:([^/\\\\]*)-)?(?:(${PACKAGE_TABLES.join('|')})\\.csv|(included)\\.ris)$`, 'i')
const MAY_BE_OTHER = /(?:^|[/\\])([^/\\]*-[^/\\]*)\.(?:csv|ris)$/i

/** Whether a file may be one of a package's, by its name. */
export const mayBeOfPackage = (name: string): boolean => KNOWN.test(name) || MAY_BE_OTHER.test(name)

/**
 * The files of data packages among others, by what their names begin with: the review's ID, empty where there is none. A file
 * whose content isn't known is of a package when its name begins as that package's do.
 */
export function packageFiles(names: readonly string[]): ReadonlyMap<string, readonly PackageFile[]> {
  const packages = new Map<string, PackageFile[]>()
  const others: string[] = []
  for (const name of names) {
    const known = KNOWN.exec(name)
    if (known === null) others.push(name)
    else add(packages, known[1] ?? '', { name, content: contentOf(known[2] ?? known[3]) })
  }
  // Of CD1 and CD1-2, CD1-2-excluded.ris is of the latter.
  const ids = [...packages.keys()].filter((id) => id !== '').sort((one, other) => other.length - one.length)
  for (const name of others) {
    const own = MAY_BE_OTHER.exec(name)?.[1]
    const id = ids.find((candidate) => own?.startsWith(`${candidate}-`))
    if (id !== undefined) add(packages, id, { name, content: 'other' })
  }
  return packages
}

function add(packages: Map<string, PackageFile[]>, id: string, file: PackageFile): void {
  const found = packages.get(id)
  if (found === undefined) packages.set(id, [file])
  else found.push(file)
}

function contentOf(words: string | undefined): Content {
  const name = words?.toLowerCase()
  return name === 'included' ? name : (PACKAGE_TABLES.find((table) => table === name) ?? 'other')
}
