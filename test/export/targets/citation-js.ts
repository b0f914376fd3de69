import { createRequire } from 'node:module'

/** An item as Citation.js reads it, whatever format it comes from. */
export interface CslItem {
  readonly id?: string
  readonly type: string
  readonly title?: string
  readonly author?: readonly { readonly family?: string; readonly given?: string; readonly literal?: string }[]
  readonly issued?: { readonly 'date-parts': readonly (readonly number[])[] }
  readonly [field: string]: unknown
}

// The package has no types.
const require = createRequire(import.meta.url)
const { plugins } = require('@citation-js/core') as {
  readonly plugins: { readonly input: { chain(text: string, options: object): CslItem[] } }
}
require('@citation-js/plugin-bibtex')
require('@citation-js/plugin-ris')

const TYPES = { bibtex: '@biblatex/text', ris: '@ris/file', csl: undefined } as const

/** What Citation.js, which isn't ours, reads in a file. Left to guess, it takes a title with `@article{` for BibTeX. */
export const readByCitationJs = (text: string, format: keyof typeof TYPES): readonly CslItem[] =>
  plugins.input.chain(text, { generateGraph: false, ...(TYPES[format] && { forceType: TYPES[format] }) })
