/** The widest line that is written where a text can be broken. */
export const WIDTH = 120

/**
 * A text as a value of YAML on one line: as it is where nobody could read it as something else, else in double quotes.
 *
 * @param within  `flow`: inside of { } or [ ], where commas and brackets mean something too
 */
export function inlineText(text: string, within: 'block' | 'flow' = 'block'): string {
  const plain =
    text !== '' &&
    !SPECIAL.test(text) &&
    !AMBIGUOUS.some((pattern) => pattern.test(text)) &&
    !(within === 'flow' && /[,[\]{}]/.test(text))
  return plain ? text : quoted(text)
}

/**
 * A text over several lines that are read as exactly the text, or nothing where that can't be: lines of their own for
 * its lines, or one long line broken at spaces.
 *
 * @param indent  how far its lines stand from the margin
 * @returns what stands beside the key, and the lines below it
 */
export function blockText(text: string, indent: number): readonly string[] | undefined {
  if (SPECIAL.test(text.replaceAll('\n', '')) || /^[\n ]/.test(text)) return undefined
  const margin = ' '.repeat(indent)
  if (text.includes('\n')) {
    // One line break at the end is said beside the key; of more, the block's reader would keep none.
    const body = text.endsWith('\n') ? text.slice(0, -1) : text
    if (body.endsWith('\n') || /^ +$/m.test(body)) return undefined
    const lines = body.split('\n').map((line) => (line === '' ? '' : `${margin}${line}`))
    return [body === text ? '|-' : '|', ...lines]
  }
  if (text.endsWith(' ')) return undefined
  const lines: string[] = []
  let line = ''
  // Only a lone space may become a line break: that is read as one space again.
  for (const word of text.split(/(?<=[^ ]) (?=[^ ])/)) {
    if (line !== '' && indent + line.length + 1 + word.length > WIDTH) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return ['>-', ...[...lines, line].map((part) => `${margin}${part}`)]
}

/** Characters that no editor shows, that some take for a line's end, or that turn the direction of what follows. */
const INVISIBLE =
  '\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff0-\\uffff'
const SPECIAL = new RegExp(`[${INVISIBLE}]`)

const quoted = (text: string) =>
  JSON.stringify(text).replace(
    new RegExp(`[${INVISIBLE}]`, 'g'),
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** What YAML, or another reader of it, takes for something else than this text. */
const AMBIGUOUS: readonly RegExp[] = [
  /^[-?:,[\]{}#&*!|>'"%@`~=<]/,
  /^\s|\s$/,
  /:\s|:$|\s#/,
  // Numbers, dates and times, also those of older YAML.
  /^[-+]?[.\d][\d_.,:/eExXoOtTzZ+-]*$/,
  /^0[xob][\da-f_]*$/i,
  /^[-+]?\.(inf|nan)$/i,
  /^\.\.\.$/,
  /^(null|true|false|yes|no|on|off|y|n)$/i,
]
