import { mkdirSync, statSync } from 'node:fs'
import path from 'node:path'

/**
 * Makes a folder with those above it, as far as they are missing. `mkdirSync` with `recursive` doesn't end where a folder
 * is there and none can be made in it, as below /proc.
 */
export function makeFolder(folder: string): void {
  if (isFolder(folder)) return
  const above = path.dirname(folder)
  if (above !== folder) makeFolder(above)
  try {
    mkdirSync(folder)
  } catch (error) {
    // Another program was quicker.
    if (!isFolder(folder)) throw error
  }
}

const isFolder = (place: string): boolean => statSync(place, { throwIfNoEntry: false })?.isDirectory() === true
