import type { RowBook } from '../rows/row-book.ts'

const HEADING = /^\W*(inclusion|exclusion)(?: criteria)?\W*$/i
const ITEM = /^(\s*)(?:[*•·–-]|\d{1,2}[.)]|[a-z][.)])\s+/

/**
 * Criteria under the headings that say which they are, one a row; a text without such headings stays as it is.
 * Items that are indented more than others belong to the one above them.
 */
export function addEligibility(book: RowBook, text: string | undefined): void {
  if (text === undefined) return
  const { eligibilityCriterion } = book.rows
  let kind: 'inclusion' | 'exclusion' | undefined
  let lines: string[] = []
  const before: string[] = []
  const close = () => {
    const criterion = lines.join('\n').trim()
    lines = []
    if (criterion === '') return
    if (kind === undefined) before.push(criterion)
    else {
      const position = eligibilityCriterion.length + 1
      const id = book.key(`c${String(position).padStart(5, '0')}`)
      eligibilityCriterion.push({ id, studyId: book.slug, position, kind, text: criterion })
    }
  }
  const all = text.split(/\r?\n/)
  const indents = all.flatMap((line) => ITEM.exec(line)?.[1]?.length ?? [])
  const least = indents.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY)
  for (const line of all) {
    const heading = HEADING.exec(line)?.[1]?.toLowerCase()
    if (heading === 'inclusion' || heading === 'exclusion') {
      close()
      kind = heading
    } else {
      const item = kind === undefined ? null : ITEM.exec(line)
      const begins = item?.[1]?.length === least
      if (begins) close()
      lines.push(begins ? line.slice(item[0].length) : line)
    }
  }
  close()
  const rest = before.join('\n\n')
  if (rest !== '') book.text('eligibility', 'criteria', rest)
}
