import type { Transaction } from './database.ts'
import { isClient } from './engine.ts'
import { inSnapshot } from './snapshot.ts'

/**
 * Reads page after page as of one moment, and hands each over when it is asked for. Whoever stops asking ends the
 * reading. A replica that is lost amid the pages isn't replaced by the primary: their rows would be of two moments.
 */
export async function* pagesInSnapshot<Page>(
  db: Transaction,
  read: (tx: Transaction) => AsyncGenerator<Page>,
): AsyncGenerator<Page> {
  if (!isClient(db)) {
    yield* read(db)
    return
  }
  const line = new Line<Page>()
  let begun = false
  const reading = inSnapshot(db, async (tx) => {
    if (begun) throw new Error('the replica was lost after a part of the rows had been handed over; ask again')
    for await (const page of read(tx)) {
      begun = true
      if (!(await line.handOver(page))) return
    }
  }).then(
    () => line.end(),
    (error: unknown) => line.end(error),
  )
  try {
    for (let next = await line.next(); next !== undefined; next = await line.next()) yield next.page
  } finally {
    line.stop()
    await reading
  }
}

/** One page at a time from who reads to who asks. */
class Line<Page> {
  private waiting: { readonly page: Page } | undefined
  private over = false
  private error: unknown
  private wake: () => void = () => undefined

  /** @returns whether more is wanted, once the page has been taken */
  async handOver(page: Page): Promise<boolean> {
    if (this.over) return false
    this.waiting = { page }
    this.wake()
    while (this.waiting !== undefined && !this.over) await this.change()
    return !this.over
  }

  async next(): Promise<{ readonly page: Page } | undefined> {
    while (this.waiting === undefined && !this.over) await this.change()
    const taken = this.waiting
    this.waiting = undefined
    this.wake()
    if (taken === undefined && this.error !== undefined) throw this.error
    return taken
  }

  end(error?: unknown): void {
    this.error = error
    this.over = true
    this.wake()
  }

  stop(): void {
    this.over = true
    this.wake()
  }

  private change(): Promise<void> {
    return new Promise((resolve) => {
      const before = this.wake
      this.wake = () => {
        before()
        resolve()
      }
    })
  }
}
