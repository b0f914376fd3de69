import { Random } from './random.ts'
import { capitalised, someWords, wordAt } from './words.ts'

/** Rows by the client's names of tables and fields. */
export type Rows = Readonly<Record<string, readonly Readonly<Record<string, string | number | boolean | null>>[]>>

const BRANCHES = 16
const CHILDREN = 6
const DEPTH = 4
const YEAR = 2024

export const descriptorUi = (number: number): string => `D9${String(number).padStart(5, '0')}`
export const qualifierUi = (number: number): string => `Q9${String(number).padStart(5, '0')}`
export const QUALIFIERS = 80

/** Tree numbers of a tree with as many children everywhere, from the top: A01, A01.001, A01.001.001 … */
function places(): readonly string[] {
  const all: string[] = []
  const grow = (place: string, depth: number): void => {
    all.push(place)
    if (depth === DEPTH) return
    for (let child = 1; child <= CHILDREN; child++) grow(`${place}.${String(child).padStart(3, '0')}`, depth + 1)
  }
  for (let branch = 0; branch < BRANCHES; branch++) grow(`${String.fromCharCode(65 + branch)}01`, 1)
  return all
}

const PLACES = places()
export const DESCRIPTORS = PLACES.length

/** A descriptor that has others below it, three levels deep, and one that has none. */
export const WIDE_HEADING = 'Heading 1'
export const NARROW_HEADING = `Heading ${DESCRIPTORS - 1}`

/** Descriptors in a tree, one in five of them at a second place; with synonyms; and qualifiers. */
export function vocabularyRows(): Rows {
  const random = new Random(1)
  return {
    meshDescriptor: PLACES.map((_, number) => ({
      ui: descriptorUi(number),
      name: `Heading ${number}`,
      scopeNote: null,
      year: YEAR,
    })),
    meshTreeNumber: PLACES.flatMap((place, number) => [
      { treeNumber: place, descriptorUi: descriptorUi(number) },
      ...(random.chance(0.2)
        ? [{ treeNumber: `Z${place.slice(1)}.${String(number).padStart(5, '0')}`, descriptorUi: descriptorUi(number) }]
        : []),
    ]),
    meshEntryTerm: PLACES.flatMap((_, number) =>
      Array.from({ length: random.between(0, 6) }, (_unused, term) => ({
        descriptorUi: descriptorUi(number),
        term: `${capitalised(someWords(random, 2))} ${number} ${term}`,
        former: false,
      })),
    ),
    meshQualifier: Array.from({ length: QUALIFIERS }, (_, number) => ({
      ui: qualifierUi(number),
      name: `${wordAt(number)} ${number}`,
      year: YEAR,
    })),
    appraisalTool: [
      {
        ...{ id: 'synthetic/1', code: 'synthetic', version: '1', name: 'A tool of five domains' },
        ...{ appliesTo: 'any study', citation: 'made for measuring', doi: null },
      },
    ],
    appraisalDomain: Array.from({ length: 6 }, (_, position) => ({
      ...{ id: `synthetic/1/d${position}`, toolId: 'synthetic/1', position: position + 1, code: `d${position}` },
      ...{ label: `Domain ${position}`, overall: position === 5 },
    })),
    appraisalJudgement: ['low', 'some concerns', 'high'].map((label, position) => ({
      ...{ id: `synthetic/1/j${position}`, toolId: 'synthetic/1', position: position + 1, code: `j${position}` },
      ...{ label, severity: position + 1 },
    })),
  }
}
