import type { Command } from 'commander'
import { type Context, locationOf } from '../../context.ts'
import { type DatabaseOption, example, withDatabase } from '../../output.ts'
import { useDatabase } from '../../with-database.ts'

export function reindexCommand(db: Command, context: Context): void {
  const command = db
    .command('reindex')
    .summary('makes the index that texts are searched by anew')
    .description(
      'Makes the full-text index of titles and stored texts anew, with what keeps it, where `evibase db verify` says that it and the texts differ. Whole or not at all; others wait meanwhile. The texts are not touched.',
    )
    .addHelpText('after', example('db reindex'))
  withDatabase(command).action(async (options: DatabaseOption) => {
    const { reindexTexts } = await import('../../../db/reindex-texts.ts')
    await useDatabase(context, options.db, (client) => reindexTexts(client, context.root))
    context.say(`The full-text index of ${locationOf(context, options.db).shown} was made anew.`)
  })
}
