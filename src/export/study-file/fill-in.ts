import { z } from 'zod'
import { inlineText } from './yaml-text.ts'

/** The mark of an empty place. */
export const todo = (what: string): string => `# fill in: ${what}`

/** A key with its value where it is known, else with an empty place that says what goes there and, of a closed list, what may. */
export function fillIn(key: string, schema: z.ZodType, indent: number, known?: string): string {
  const start = `${' '.repeat(indent)}${key}:`
  if (known !== undefined) return `${start} ${inlineText(known)}`
  const options = optionsOf(schema)
  const list = options.length === 0 ? '' : ` One of: ${options.join(', ')}`
  return `${start} ${todo(`${schema.description ?? key}${list}`)}`
}

function optionsOf(schema: z.ZodType): readonly string[] {
  if (schema instanceof z.ZodEnum) return schema.options.map(String)
  if (schema instanceof z.ZodUnion) {
    const options = (schema.options as z.ZodType[]).flatMap(optionsOf)
    return options.length === 0 ? [] : [...options, '{ missing: not_reported }']
  }
  return []
}
