/** Something that was left out or could not be done, how often, and where first. */
export interface ExtractionNote {
  readonly note: string
  readonly count: number
  /** Keys of rows, the first of them. */
  readonly rows: readonly string[]
}

const ROWS_NAMED = 10

/** What a reader must be told of, as it comes up. */
export class Notes {
  private readonly notes = new Map<string, { count: number; readonly rows: string[] }>()

  note(note: string, row: string): void {
    this.add([{ note, count: 1, rows: [row] }])
  }

  add(notes: readonly ExtractionNote[]): void {
    for (const { note, count, rows } of notes) {
      const known = this.notes.get(note) ?? { count: 0, rows: [] }
      known.count += count
      known.rows.push(...rows.slice(0, ROWS_NAMED - known.rows.length))
      this.notes.set(note, known)
    }
  }

  get told(): readonly ExtractionNote[] {
    return [...this.notes].map(([note, { count, rows }]) => ({ note, count, rows }))
  }
}

/** In a line: how often, what, and where first. */
export const noteInWords = ({ note, count, rows }: ExtractionNote): string =>
  `${count} × ${note}: ${rows.join(', ')}${count > rows.length ? ' …' : ''}`
