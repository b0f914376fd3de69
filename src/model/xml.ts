/** The attributes of an element; null leaves one out. */
export type Attributes = Readonly<Record<string, string | number | null>>

/** `<NAME A="1">text</NAME>` on a line of its own: readers that go line by line look for that. */
export const leaf = (name: string, text = '', attributes: Attributes = {}): string =>
  text === ''
    ? `<${name}${attributesOf(attributes)}/>\n`
    : `<${name}${attributesOf(attributes)}>${inXml(text)}</${name}>\n`

/** An element with others in it, its tags on lines of their own. */
export const element = (name: string, attributes: Attributes, inside: string): string =>
  inside === '' ? leaf(name, '', attributes) : `${opening(name, attributes)}${inside}${closing(name)}`

export const opening = (name: string, attributes: Attributes = {}): string => `<${name}${attributesOf(attributes)}>\n`
export const closing = (name: string): string => `</${name}>\n`

const attributesOf = (attributes: Attributes): string =>
  Object.entries(attributes)
    .map(([name, value]) => (value === null ? '' : ` ${name}="${inXml(String(value))}"`))
    .join('')

/**
 * A text on one line, in ASCII: letters beyond it are written by their numbers, so that whatever encoding a reader takes
 * the file for, it reads them. A character that XML can't have becomes the one that stands for what can't be shown.
 */
const inXml = (text: string): string =>
  onOneLine(text).replace(/[^ !#-%'-;=?-~]/gu, (letter) => ENTITIES[letter] ?? `&#${letter.codePointAt(0)};`)

/** A text without the ends of lines, and without characters that nobody can be shown. */
export const onOneLine = (text: string): string => text.replace(/\s*[\r\n]+\s*/g, ' ').replace(NOT_IN_XML, '\ufffd')

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const NOT_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
