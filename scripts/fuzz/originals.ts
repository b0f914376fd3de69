import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Original } from './mutation.ts'

/** The files to spoil: studies of each sort that comes with Evibase, the tests' own, and all reviews. */
export function originals(root: string): readonly [Original, ...Original[]] {
  const read = (name: string): Original => ({ name, bytes: readFileSync(path.join(root, name)) })
  const fixtures = readdirSync(path.join(root, 'test/fixtures/study-files')).sort()
  const reviews = readdirSync(path.join(root, 'seeds/reviews')).sort()
  return [
    read('seeds/studies/rosenberg-1993-il2-lak.yaml'),
    read('seeds/studies/law-1995-il2-lak.yaml'),
    read('seeds/studies/aronson-1948-bcg.yaml'),
    ...fixtures.map((name) => read(`test/fixtures/study-files/${name}`)),
    ...reviews.map((name) => read(`seeds/reviews/${name}/review.yaml`)),
  ]
}

/** All studies that come with Evibase, for a database in which reviews find theirs. */
export const studies = (root: string): readonly Original[] =>
  readdirSync(path.join(root, 'seeds/studies'))
    .sort()
    .map((name) => ({ name, bytes: readFileSync(path.join(root, 'seeds/studies', name)) }))

/** The files of the appraisal tools. */
export const tools = (root: string): readonly Original[] =>
  readdirSync(path.join(root, 'seeds/vocabularies'))
    .sort()
    .map((name) => ({ name, bytes: readFileSync(path.join(root, 'seeds/vocabularies', name)) }))
