import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readVocabulary } from '../src/import/vocabulary.ts'

const FOLDER = fileURLToPath(new URL('../seeds/vocabularies/', import.meta.url))

/** The appraisal tools that come with Evibase. */
export const VOCABULARIES = readdirSync(FOLDER).map((name) => readVocabulary(readFileSync(`${FOLDER}${name}`), name))
