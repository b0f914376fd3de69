import type { Transaction } from '../../db/connect.ts'
import { EvidenceError } from '../../errors.ts'
import type { ReviewResult } from '../../generated/prisma/client.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import { reviewNotFound } from '../review-selection.ts'
import type { Choices } from './choices.ts'
import { type ExtractionNote, Notes } from './notes.ts'

/** So many things that there are instead of a named one are told. */
const OTHERS_NAMED = 10

/** What a review chose of its studies. */
interface ChosenResults {
  /** The studies that it includes and that the database holds. */
  readonly studies: readonly string[]
  readonly results: ReadonlyMap<string, readonly ReviewResult[]>
  readonly outcomes: ReadonlyMap<string, string>
}

/** One run of an extraction: its choices, what it saw of what they name, and what a reader must be told. */
export class Run {
  private readonly notes = new Notes()
  private readonly named: ReadonlyMap<string, Named>

  constructor(
    readonly choices: Choices,
    readonly review: ChosenResults | undefined,
  ) {
    const { arms, outcomes } = choices
    this.named = new Map([
      ...outcomes.map((wanted) => [`outcome ${wanted}`, new Named('outcome', wanted)] as const),
      ...(typeof arms === 'string' ? [] : [...arms.experimental, ...arms.control]).map(
        (wanted) => [`arm ${wanted}`, new Named('arm', wanted)] as const,
      ),
    ])
  }

  note(note: string, row: string): void {
    this.notes.note(note, row)
  }

  get told(): readonly ExtractionNote[] {
    return this.notes.told
  }

  /** Whether what was named is this one, which is remembered as there. */
  saw(kind: 'outcome' | 'arm', wanted: string, label: string, is: boolean): boolean {
    this.named.get(`${kind} ${wanted}`)?.saw(label, is)
    return is
  }

  /** @throws EvidenceError CHOICE_UNKNOWN  something that was named is nowhere in the studies */
  requireNamed(studies: number): void {
    for (const named of this.named.values()) named.require(studies)
  }
}

/** Something that a choice names, and what there is instead. */
class Named {
  private found = false
  private readonly others = new Set<string>()

  constructor(
    private readonly kind: 'outcome' | 'arm',
    private readonly wanted: string,
  ) {}

  saw(label: string, is: boolean): void {
    this.found ||= is
    if (this.others.size < OTHERS_NAMED) this.others.add(label)
  }

  require(studies: number): void {
    // Where there is no study at all, nothing was misspelt.
    if (this.found || studies === 0) return
    const there = [...this.others]
    throw new EvidenceError(
      'CHOICE_UNKNOWN',
      `None of the ${studies} ${studies === 1 ? 'study' : 'studies'} has an ${this.kind} "${this.wanted}". ${
        there.length === 0
          ? `They have no ${this.kind}s.`
          : `There is ${there.join('; ')}${there.length === OTHERS_NAMED ? ' and others' : ''}.`
      }`,
      { [this.kind]: this.wanted },
    )
  }
}

/**
 * What a review includes and chose.
 *
 * @throws EvidenceError REVIEW_NOT_FOUND
 */
export async function chosenResults(db: Transaction, review: string): Promise<ChosenResults> {
  const found = await db.review.findUnique({
    where: { id: review },
    include: { studies: { where: { decision: 'included' } }, results: { orderBy: { id: 'asc' } }, outcomes: true },
  })
  if (found === null) throw await reviewNotFound(db, review)
  return {
    studies: found.studies.flatMap(({ studyId }) => studyId ?? []),
    results: groupedBy(found.results, ({ studyId }) => studyId),
    outcomes: new Map(found.outcomes.map(({ id, label }) => [id, label])),
  }
}
