import type { XmlElement } from '../stream/xml-element.ts'

/** Elements that begin a line of their own. */
const BLOCKS: ReadonlySet<string> = new Set(['P', 'BR', 'LI', 'OL', 'UL', 'TR', 'TABLE', 'HEADING', 'SUBSECTION'])

/** The words of a text with markup, a line for each of its paragraphs; undefined where it has none. */
export function paragraphs(element: XmlElement | undefined): string | undefined {
  if (element === undefined) return undefined
  let text = ''
  const gather = (content: XmlElement['content']) => {
    for (const part of content) {
      if (typeof part === 'string') {
        text += part.replace(/\s+/g, ' ')
        continue
      }
      const isBlock = BLOCKS.has(part.name)
      if (isBlock) text += '\n'
      gather(part.content)
      if (isBlock) text += '\n'
    }
  }
  gather(element.content)
  return inLines(text)
}

/** The words of a text with HTML's markup, which RevMan keeps in attributes. */
export const htmlParagraphs = (html: string | undefined): string | undefined =>
  html === undefined
    ? undefined
    : inLines(
        html
          .replace(/\s+/g, ' ')
          .replace(/<\/?(?:p|br|li|ol|ul|tr|table)\b[^>]*>/gi, '\n')
          .replace(/<\/?[a-z][^>]*>/gi, '')
          .replace(/&(amp|lt|gt|quot|nbsp|#\d+);/g, (all, name: string) => ENTITIES[name] ?? numbered(all, name)),
      )

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' }

function numbered(all: string, name: string): string {
  const code = Number(name.slice(1))
  return code > 31 && code < 0x110000 && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : all
}

const inLines = (text: string): string | undefined =>
  text
    .split('\n')
    .map((line) => line.replace(/ {2,}/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n') || undefined
