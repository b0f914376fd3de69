import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe } from 'vitest'

const folder = process.env.EVIBASE_FIXTURES

/** Real records, in a folder that isn't part of the project. */
export interface Fixture {
  readonly name: string
  readonly bytes: Buffer
}

export const fixtures = (name: string, extension: string): readonly Fixture[] => {
  const place = path.join(folder ?? '', 'ctgov', name)
  if (folder === undefined || !existsSync(place)) return []
  return readdirSync(place)
    .filter((file) => file.endsWith(extension))
    .sort()
    .map((file) => ({ name: file, bytes: readFileSync(path.join(place, file)) }))
}

/** A suite over real records; its title says why it is skipped where they aren't there. */
export function describeFixtures(title: string, suite: () => void): void {
  if (folder === undefined) describe.skip(`${title} (EVIBASE_FIXTURES names no folder)`, suite)
  else describe(title, suite)
}
