import type { XmlElement } from './xml-element.ts'

/** An element as XML again, with all that is in it. */
export function xmlText({ name, attributes, content }: XmlElement): string {
  const inTag = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`)
  const inside = content.map((part) => (typeof part === 'string' ? escaped(part) : xmlText(part))).join('')
  return inside === '' ? `<${name}${inTag.join('')}/>` : `<${name}${inTag.join('')}>${inside}</${name}>`
}

/** White space other than a blank would be one when it is read as an attribute. */
const escaped = (text: string): string => text.replace(/[&<>"\t\r\n]/g, (letter) => `&#${letter.charCodeAt(0)};`)
