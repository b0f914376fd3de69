import type { XmlElement } from '../stream/xml-element.ts'

const SIGNS = '0123456789+-−=()'
/** Characters that Unicode itself names superscript or subscript, and those that stand high by nature. */
const SUPERSCRIPTS = paired(`${SIGNS}in®™℠°ªº*†‡§′″`, '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁱⁿ®™℠°ªº*†‡§′″')
const SUBSCRIPTS = paired(`${SIGNS}aeoxhklmnpstiruvjβγρφχ`, '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜᵢᵣᵤᵥⱼᵦᵧᵨᵩᵪ')

function paired(plain: string, raised: string): ReadonlyMap<string, string> {
  const others = [...raised]
  return new Map([...plain].map((letter, index) => [letter, others[index] ?? letter]))
}

/**
 * An element's words on one line, its inline markup gone. Raised and lowered characters stay so, since `10<sup>6</sup>`
 * isn't 106: 10⁶, CO₂, and where Unicode lacks one 10^(6.5), k_(cat). Formulas in MathML are written in a line.
 */
export function inlineText(element: XmlElement): string {
  const [only] = element.content
  const text = element.content.length === 1 && typeof only === 'string' ? only : flat(element)
  return text.replace(/[ \t\r\n]{2,}|[\t\r\n]/g, ' ').trim()
}

function flat(element: XmlElement): string {
  let text = ''
  for (const part of element.content)
    if (typeof part === 'string') text += part
    else if (part.name === 'sup') text += raised(flat(part))
    else if (part.name === 'sub') text += lowered(flat(part))
    else if (localName(part) === 'math') text += formula(part)
    else text += flat(part)
  return text
}

const raised = (text: string): string => scripted(text, SUPERSCRIPTS, '^')
const lowered = (text: string): string => scripted(text, SUBSCRIPTS, '_')

function scripted(text: string, characters: ReadonlyMap<string, string>, sign: string): string {
  const inner = text.trim()
  if (inner === '') return text
  const letters = [...inner].map((letter) => characters.get(letter))
  const written = letters.includes(undefined) ? `${sign}(${inner})` : letters.join('')
  return text.replace(inner, () => written)
}

const localName = ({ name }: XmlElement): string => name.slice(name.indexOf(':') + 1)

/** A formula in a line, from its outside in. Space between its elements means nothing. */
function formula(element: XmlElement): string {
  const parts = element.content.filter((part) => typeof part !== 'string')
  if (parts.length === 0) return element.content.join('').trim()
  const inner = parts.map(formula)
  const [first = '', second = '', third = ''] = inner
  switch (localName(element)) {
    case 'msup':
    case 'mover':
      return first + raised(second)
    case 'msub':
    case 'munder':
      return first + lowered(second)
    case 'msubsup':
    case 'munderover':
      return first + lowered(second) + raised(third)
    case 'mmultiscripts':
      return multiscripts(parts, inner)
    case 'mfrac':
      return `${grouped(first)}/${grouped(second)}`
    case 'msqrt':
      return `√${grouped(inner.join(''))}`
    case 'mroot':
      return `${raised(second)}√${grouped(first)}`
    case 'mfenced':
      return `(${inner.join(', ')})`
    case 'mtr':
      return `${inner.join(' ')}; `
    case 'semantics':
      return first
    default:
      return inner.join('')
  }
}

const grouped = (text: string): string => (/^[\p{L}\p{N}.,]*$/u.test(text) ? text : `(${text})`)

/** A base, scripts behind it in pairs of low and high, and behind `mprescripts` those before it. */
function multiscripts(parts: readonly XmlElement[], inner: readonly string[]): string {
  const before = parts.findIndex((part) => localName(part) === 'mprescripts')
  const pairs = (scripts: readonly string[]) =>
    scripts.map((script, index) => (index % 2 === 0 ? lowered(script) : raised(script))).join('')
  const end = before < 0 ? inner.length : before
  return (before < 0 ? '' : pairs(inner.slice(before + 1))) + (inner[0] ?? '') + pairs(inner.slice(1, end))
}
