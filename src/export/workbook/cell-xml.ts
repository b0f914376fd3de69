import type { Cell } from '../table.ts'

/** The characters that Excel lets a cell have. */
const MOST_CHARACTERS = 32_767

/** The styles of cells, by their numbers in the part of styles. */
export const STYLES = { plain: 0, header: 1, quoted: 2 } as const

/**
 * A cell as SpreadsheetML has it: a number, a truth value or a text within the cell; nothing for null. A text is never a
 * formula, and one that begins as a formula does stays a text when somebody edits it.
 *
 * @param whenCut  told where a text was longer than Excel lets it be
 */
export function cellXml(place: string, value: Cell, whenCut: () => void): string {
  if (value === null) return ''
  if (typeof value === 'number') return `<c r="${place}"><v>${value}</v></c>`
  if (typeof value === 'boolean') return `<c r="${place}" t="b"><v>${value ? 1 : 0}</v></c>`
  const style = /^[=+\-@\t\r\n]/.test(value) ? ` s="${STYLES.quoted}"` : ''
  return textXml(place, value.length > MOST_CHARACTERS ? cut(value, whenCut) : value, style)
}

export const headerXml = (place: string, text: string): string => textXml(place, text, ` s="${STYLES.header}"`)

const textXml = (place: string, text: string, style: string): string =>
  `<c r="${place}"${style} t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`

/** As much of a text as fits, with a mark at its end that tells how long it is. */
function cut(text: string, whenCut: () => void): string {
  whenCut()
  const mark = ` … [cut: ${text.length} characters]`
  // Not between the halves of a letter that takes two.
  return text.slice(0, MOST_CHARACTERS - mark.length).replace(/[\ud800-\udbff]$/, '') + mark
}

/**
 * A text in XML. Characters that XML can't have are written by their numbers as SpreadsheetML does (ECMA-376-1, 22.9.2.19):
 * `_x0007_`, and so a text that has such a thing itself gets its underscore written in that way.
 */
export const xmlText = (text: string): string =>
  text
    .replace(/_(?=x[\dA-Fa-f]{4}_)/g, '_x005F_')
    .replace(NOT_IN_XML, (letter) => `_x${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replace(/[&<>"]/g, (letter) => ENTITIES[letter] ?? letter)

// A carriage return may be in XML, but readers take it for a line feed. A tab and a line feed stay.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const NOT_IN_XML = /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** A, B … Z, AA: a column's letters by its number from 0. */
export function columnLetters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26))
  return index < 26 ? last : columnLetters(Math.floor(index / 26) - 1) + last
}
