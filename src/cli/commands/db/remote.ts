import type { Command } from 'commander'
import { type DatabaseLocation, isLocal } from '../../../db/database-url.ts'
import { EvidenceError } from '../../../errors.ts'

export interface RemoteOption {
  readonly remote?: boolean
}

/** The option of verbs that would do harm in somebody else's database. */
export const withRemote = (command: Command): Command =>
  command.option('--remote', 'also where the database is on another computer')

/** A URL left over in the environment may name the database that everybody works with. */
export function refuseRemote(location: DatabaseLocation, { remote }: RemoteOption): void {
  if (isLocal(location) || remote) return
  throw new EvidenceError(
    'USAGE',
    `Nothing was done: ${location.shown} is on another computer. Say --remote if that one is meant.`,
  )
}
