/** A name of the database as the client has it: ci_lower → ciLower. */
export const clientName = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
