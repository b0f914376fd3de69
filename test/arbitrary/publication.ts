import fc from 'fast-check'
import * as enums from '../../src/generated/prisma/enums.ts'
import type { StudyFile } from '../../src/model/study-file.ts'
import { anyText, type Codes, entry, type Gen, maybe, oneOf, partialDate, several, text } from './texts.ts'
import { anyOf, filled, mesh, orMissing } from './values.ts'

export function publication(g: Gen, code: Codes, index: number): StudyFile['publications'][number] {
  const own = `${index}${g(fc.integer, { min: 1, max: 99 })}`
  const ui = (letter: string, n: number) => `${letter}00000${n}`
  return entry({
    code: code(g, 'publication'),
    role: anyOf(g, enums.StudyPublicationRole),
    pmid: maybe(g, () => `9${own}`),
    doi: maybe(g, () => `10.1000/${oneOf(g, ['a/b', 'a(b)c;d<e>', 'x#y'])}${own}`),
    pmcid: maybe(g, () => `PMC9${own}`),
    title: text(g),
    journal: maybe(g, () => text(g)),
    volume: maybe(g, () => text(g)),
    issue: maybe(g, () => text(g)),
    pages: maybe(g, () => text(g)),
    published: maybe(g, () => partialDate(g)),
    published_printed: maybe(g, () => text(g)),
    language: maybe(g, () => oneOf(g, ['eng', 'nob'])),
    note: maybe(g, () => text(g)),
    authors: orMissing(g, () => several(g, { min: 1, max: 3 }, () => author(g))),
    sources: several(g, { min: 1, max: 3 }, () =>
      entry({
        code: code(g, 'source'),
        kind: anyOf(g, enums.SourceKind),
        label: text(g),
        rights: maybe(g, () => text(g)),
        sections: filled(
          several(g, { min: 0, max: 2 }, () => ({ code: code(g, 'section'), label: text(g), body: anyText(g) })),
        ),
      }),
    ),
    types: filled(several(g, { min: 0, max: 2 }, () => entry({ name: text(g), ui: maybe(g, () => text(g)) }))),
    mesh: filled(
      several(g, { min: 0, max: 2 }, () => {
        const { ui: descriptorUi, name } = mesh(g)
        const number = g(fc.integer, { min: 0, max: 9 })
        return entry({
          descriptor: name,
          ui: descriptorUi,
          major: maybe(g, () => g(fc.boolean)),
          qualifier: maybe(g, () =>
            entry({ name: `Qualifier ${number}`, ui: ui('Q', number), major: maybe(g, () => g(fc.boolean)) }),
          ),
        })
      }),
    ),
    substances: filled(
      several(g, { min: 0, max: 2 }, () =>
        entry({ name: text(g), registry_number: maybe(g, () => text(g)), ui: maybe(g, () => text(g)) }),
      ),
    ),
    keywords: filled(
      several(g, { min: 0, max: 2 }, () => entry({ keyword: text(g), major: maybe(g, () => g(fc.boolean)) })),
    ),
    links: filled(
      several(g, { min: 0, max: 2 }, () =>
        entry({
          type: text(g),
          source: maybe(g, () => text(g)),
          pmid: maybe(g, () => oneOf(g, ['7', '901', '911'])),
          note: maybe(g, () => text(g)),
        }),
      ),
    ),
  })
}

function author(g: Gen) {
  const affiliation = maybe(g, () => text(g))
  if (g(fc.integer, { min: 0, max: 3 }) === 0) return entry({ collective_name: text(g), affiliation })
  return entry({
    last_name: text(g),
    fore_name: maybe(g, () => text(g)),
    initials: maybe(g, () => text(g)),
    orcid: maybe(g, () => oneOf(g, ['0000-0001', '0000-0002'])),
    affiliation,
  })
}
