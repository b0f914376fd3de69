import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { AppraisalVocabulary } from '../model/appraisal-vocabulary.ts'
import type { Context } from './context.ts'

/** The appraisal tools that come with Evibase, read from their files. */
export async function vocabularies({ root }: Pick<Context, 'root'>): Promise<readonly AppraisalVocabulary[]> {
  const { readVocabulary } = await import('../import/vocabulary.ts')
  const folder = path.join(root, 'seeds', 'vocabularies')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => readVocabulary(readFileSync(path.join(folder, name)), `seeds/vocabularies/${name}`))
}
