import path from 'node:path'
import type { Command } from 'commander'
import { type Context, locationOf } from '../../context.ts'
import { loadFiles } from '../../load-files.ts'
import { type DatabaseOption, example, withDatabase } from '../../output.ts'
import { useDatabase } from '../../with-database.ts'
import { type RemoteOption, refuseRemote, withRemote } from './remote.ts'

export function seedCommand(db: Command, context: Context, fail: () => void): void {
  const command = db
    .command('seed')
    .description('Loads the studies and reviews that come with Evibase. Loading them again changes nothing.')
    .addHelpText('after', example('db seed'))
  withDatabase(withRemote(command)).action(async (options: DatabaseOption & RemoteOption) => {
    refuseRemote(locationOf(context, options.db), options)
    if (!(await seed(context, options.db))) fail()
  })
}

/** @returns whether all of them were loaded */
export const seed = (context: Context, url: string | undefined): Promise<boolean> =>
  useDatabase(context, url, (db) =>
    loadFiles(
      context,
      db,
      ['studies', 'reviews'].map((folder) => path.join(context.root, 'seeds', folder)),
    ),
  )
