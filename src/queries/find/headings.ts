import type { Transaction } from '../../db/connect.ts'
import { valuesOf } from '../../db/rows-as-json.ts'
import { folded, listed, sql } from '../../db/sql.ts'
import { EvidenceError } from '../../errors.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import { nearNames } from '../../model/near-names.ts'
import type { StudyQuestion } from '../../model/study-filter.ts'

/** What a question's words mean in MeSH. */
export interface Heading {
  readonly ui: string
  readonly name: string
  readonly year: number | null
  readonly qualifierUi: string | null
  /** It and all headings below each of its places. */
  readonly exploded: readonly string[]
}

type Named = Omit<Heading, 'exploded'>

export interface Headings {
  /** By the words as they were asked. */
  readonly mesh: ReadonlyMap<string, Heading>
  /** Of conditions and interventions, which need not be MeSH's. */
  readonly named: ReadonlyMap<string, Heading>
  readonly notes: readonly string[]
}

type Candidate = Omit<Named, 'qualifierUi'> & { readonly called: string; readonly synonym: boolean }

/**
 * Looks up every name of a filter in MeSH, in a constant number of statements: a heading by its name or identifier, else by
 * a synonym.
 *
 * @throws EvidenceError HEADING_NOT_FOUND   a name of `mesh` is none, or a synonym of several, or the qualifier is none
 * @throws EvidenceError VOCABULARY_MISSING  `mesh` is to explode, and no MeSH was imported
 */
export async function headingsOf(tx: Transaction, questions: readonly StudyQuestion[]): Promise<Headings> {
  const asked = questions.flatMap((question) => ('mesh' in question ? [question] : []))
  const words = questions.flatMap((question) =>
    'condition' in question ? [question.condition] : 'intervention' in question ? [question.intervention] : [],
  )
  if (asked.length + words.length === 0) return { mesh: new Map(), named: new Map(), notes: [] }
  const names = [...asked.flatMap(({ mesh }) => [mesh, ...split(mesh).slice(0, 1)]), ...words].map(folded)
  const qualifiers = asked.flatMap(({ mesh }) => split(mesh).slice(1)).map(folded)
  const told = await valuesOf<
    readonly [ui: string, name: string, year: number | null, called: string, synonym: number]
  >(
    tx,
    ['ui', 'name', 'year', 'called', 'synonym'],
    sql`SELECT "ui", "name", "year", lower("name") AS called, 0 AS synonym FROM "mesh_descriptor"
    WHERE lower("name") IN (${listed(tx, names)})
    UNION ALL SELECT "ui", "name", "year", lower("ui"), 0 FROM "mesh_descriptor"
    WHERE "ui" IN (${listed(
      tx,
      names.map((name) => name.toUpperCase()),
    )})
    UNION ALL SELECT d."ui", d."name", d."year", lower(t."term"), 1
    FROM "mesh_entry_term" AS t JOIN "mesh_descriptor" AS d ON d."ui" = t."descriptor_ui"
    WHERE lower(t."term") IN (${listed(tx, names)}) ORDER BY 5, 1`,
  )
  const candidates = told.map(([ui, name, year, called, synonym]) => ({
    ui,
    name,
    year,
    called,
    synonym: synonym === 1,
  }))
  const known = qualifiers.length === 0 ? [] : await tx.meshQualifier.findMany({ orderBy: { name: 'asc' } })
  // Only what lies below a heading needs the tree.
  const explodes = words.length > 0 || asked.some(({ explode = true }) => explode)
  const imported =
    explodes && (await tx.meshDescriptor.findFirst({ where: { year: { not: null } }, select: { year: true } })) !== null
  const notes = new Set<string>()
  const find = (name: string): readonly Candidate[] => {
    const all = candidates.filter(({ called }) => called === folded(name))
    const best = all.filter(({ synonym }) => synonym === all[0]?.synonym)
    return [...new Map(best.map((one) => [one.ui, one])).values()]
  }
  const took = (name: string, { ui, name: heading }: Candidate) => {
    if (folded(name) !== folded(heading)) notes.add(`"${name}" was taken for the MeSH heading ${heading} (${ui}).`)
  }

  const mesh = new Map<string, Named>()
  for (const { mesh: name, explode = true } of asked) {
    const [heading = name, qualifier] = split(name)
    const whole = find(name)
    const there = whole.length > 0 ? whole : find(heading)
    const part = whole.length > 0 ? undefined : qualifier
    const [first] = there
    if (first === undefined) throw await headingNotFound(tx, heading)
    if (there.length > 1)
      throw new EvidenceError(
        'HEADING_NOT_FOUND',
        `"${heading}" is a synonym of several MeSH headings: ${there.map(({ name: one, ui }) => `${one} (${ui})`).join('; ')}. Name one of them.`,
      )
    if (explode && !imported)
      throw new EvidenceError(
        'VOCABULARY_MISSING',
        `The headings below ${first.name} aren't known, since no MeSH was imported. Import it with \`evibase import mesh desc2024.xml\`, or say --no-explode to ask for this heading alone.`,
      )
    took(heading, first)
    if (explode && first.year === null)
      notes.add(`${first.name} (${first.ui}) isn't in the imported MeSH: it is looked for by itself alone.`)
    const qualifierUi =
      part === undefined
        ? null
        : known.find(({ ui, name: one }) => folded(one) === folded(part) || folded(ui) === folded(part))?.ui
    if (qualifierUi === undefined)
      throw new EvidenceError(
        'HEADING_NOT_FOUND',
        `MeSH has no qualifier "${part}" here.${offer(
          nearNames(
            part ?? '',
            known.map(({ name: one }) => one),
          ),
        )}`,
      )
    mesh.set(name, { ...first, qualifierUi })
  }

  const named = new Map<string, Named>()
  for (const name of words) {
    const there = find(name)
    const [first] = there
    if (first === undefined) continue
    if (there.length > 1) {
      notes.add(
        `"${name}" is a synonym of several MeSH headings (${there.map(({ name: one }) => one).join('; ')}): only its words were looked for.`,
      )
      continue
    }
    took(name, first)
    if (!imported)
      notes.add(
        `The headings below ${first.name} weren't looked for, since no MeSH was imported (evibase import mesh FILE).`,
      )
    named.set(name, { ...first, qualifierUi: null })
  }
  const below = await headingsBelow(tx, explodes ? [...mesh.values(), ...named.values()] : [])
  return { mesh: below(mesh), named: below(named), notes: [...notes] }
}

/** Heading and qualifier. */
const split = (name: string): readonly string[] => {
  const bar = name.lastIndexOf('/')
  return bar < 1 ? [name] : [name.slice(0, bar).trim(), name.slice(bar + 1).trim()]
}

async function headingNotFound(tx: Transaction, name: string): Promise<EvidenceError> {
  const descriptors = await tx.meshDescriptor.findMany({ select: { name: true }, orderBy: { name: 'asc' } })
  const terms = await tx.meshEntryTerm.findMany({ select: { term: true }, orderBy: { term: 'asc' } })
  const near = nearNames(name, [...descriptors.map((one) => one.name), ...terms.map(({ term }) => term)])
  return new EvidenceError(
    'HEADING_NOT_FOUND',
    `No MeSH heading that is known here goes by "${name}", and none has it as a synonym.${offer(near)}`,
    { near },
  )
}

const offer = (near: readonly string[]) => (near.length === 0 ? '' : ` Near it: ${near.join('; ')}.`)

/**
 * Looks up the headings below others: those with a tree number that goes on after one of theirs and a point. Asked for by
 * themselves, since no planner knows how few of them there are.
 */
async function headingsBelow(tx: Transaction, headings: readonly Named[]) {
  const pairs = sql`SELECT place."descriptor_ui" AS above, below."descriptor_ui" AS below
    FROM "mesh_tree_number" AS place JOIN "mesh_tree_number" AS below
      ON below."tree_number" > place."tree_number" || '.' AND below."tree_number" < place."tree_number" || '/'
    WHERE place."descriptor_ui" IN (${listed(
      tx,
      headings.map(({ ui }) => ui),
    )})`
  const rows =
    headings.length === 0 ? [] : await valuesOf<readonly [above: string, below: string]>(tx, ['above', 'below'], pairs)
  const ofAbove = groupedBy(rows, ([above]) => above)
  return (named: ReadonlyMap<string, Named>): ReadonlyMap<string, Heading> =>
    new Map(
      [...named].map(([words, heading]) => {
        const below = (ofAbove.get(heading.ui) ?? []).map(([, lower]) => lower)
        return [words, { ...heading, exploded: [...new Set([heading.ui, ...below])] }]
      }),
    )
}
