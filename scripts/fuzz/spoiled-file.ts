import { BYTE_MUTATIONS } from './byte-mutations.ts'
import { LINE_MUTATIONS } from './line-mutations.ts'
import type { Mutation, Original } from './mutation.ts'
import { randomOf } from './random.ts'
import { TREE_MUTATIONS } from './tree-mutations.ts'
import { YAML_MUTATIONS } from './yaml-mutations.ts'

/** A file with what was done to it, in words. */
export interface SpoiledFile {
  readonly bytes: Buffer
  readonly what: string
}

const MOST_MUTATIONS = 3

type Kinds = readonly [readonly Mutation[], ...(readonly Mutation[])[]]
const OF_STUDY_FILES: Kinds = [BYTE_MUTATIONS, LINE_MUTATIONS, YAML_MUTATIONS, TREE_MUTATIONS]

/**
 * The file of a number among those of a seed: one of the originals with one to three mutations. It depends on nothing
 * else, so that a failure can be made again by itself.
 */
export function spoiledFile(
  seed: number,
  number: number,
  originals: readonly [Original, ...Original[]],
  kinds: Kinds = OF_STUDY_FILES,
): SpoiledFile {
  const random = randomOf(seed, number)
  const original = random.pick(originals)
  const pick = (mutations: readonly Mutation[]) => mutations[random.below(mutations.length)]
  // Those of trees begin with a file that parses.
  const later = kinds.flatMap((kind) => (kind === TREE_MUTATIONS ? [] : kind))
  const mutations = [pick(random.pick(kinds))]
  while (mutations.length < MOST_MUTATIONS && random.below(4) === 0) mutations.push(pick(later))
  let { bytes } = original
  const names: string[] = []
  for (const mutation of mutations)
    if (mutation && bytes.length > 0) {
      bytes = mutation.apply(bytes, random, originals)
      names.push(mutation.name)
    }
  return { bytes, what: `${original.name}: ${names.join(', ')}` }
}
