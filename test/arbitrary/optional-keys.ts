import { z } from 'zod'

/** Every key that a value's schema lets it leave out, wherever it stands, and whether the value has it. */
export function* optionalKeys(
  schema: z.ZodType,
  value: unknown,
  path = '',
): Generator<{ readonly key: string; readonly given: boolean }> {
  if (schema instanceof z.ZodOptional) yield* optionalKeys(schema.unwrap() as z.ZodType, value, path)
  else if (schema instanceof z.ZodUnion) {
    const fitting = (schema.options as z.ZodType[]).find((option) => option.safeParse(value).success)
    if (fitting) yield* optionalKeys(fitting, value, path)
  } else if (schema instanceof z.ZodArray && Array.isArray(value)) {
    for (const item of value) yield* optionalKeys(schema.element as z.ZodType, item, path)
  } else if (schema instanceof z.ZodObject && typeof value === 'object' && value !== null)
    for (const [name, part] of Object.entries(schema.shape as Record<string, z.ZodType>)) {
      const key = `${path}.${name}`
      const given = Object.hasOwn(value, name)
      if (part instanceof z.ZodOptional) yield { key, given }
      if (given) yield* optionalKeys(part, (value as Readonly<Record<string, unknown>>)[name], key)
    }
}
