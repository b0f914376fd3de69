import { readFileSync } from 'node:fs'
import path from 'node:path'

/** The version of the Evibase that lies in a folder. */
export const versionOf = (root: string): string => {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string }
  return version
}
