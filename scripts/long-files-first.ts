import path from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The tests that take longest, from the longest on, by the ends of their paths. */
const LONGEST = [
  'concurrent-saves',
  'same-bytes',
  'backup',
  'schema-engine',
  'cli-broken-connections',
  'schema-engine-deploy',
  'database-life',
  'cli-errors',
  'errors',
  'interrupted-saves',
  'schema-engine-postgresql',
  'replica',
  'load',
  'database',
  'changed-files',
  'save-study',
  'save-review',
  'reviews',
  'dump',
]

/**
 * Begins with the files that take longest, so that none of them is left alone at the end with one worker busy. Vitest
 * does the same by the times that it remembers, and a fresh clone has none.
 */
export class LongFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = LONGEST.indexOf(path.basename(moduleId, '.test.ts'))
      return place === -1 ? LONGEST.length : place
    }
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other))
  }
}
