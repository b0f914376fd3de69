import { NUMBER_FIELDS } from '../../model/facts.ts'
import { findWords } from '../../model/find-words.ts'
import { misreading, printedOperator, type Span } from '../../model/printed-value.ts'
import { givesNumber } from '../../model/printing-link.ts'
import { isMissing } from '../../model/study-file/values.ts'
import type { StudyFile } from '../../model/study-file.ts'
import { type FactRow, factFields, factRows, isHole } from './fact-rows.ts'
import type { Draft } from './shape.ts'
import type { DocumentPath, Issue } from './yaml-document.ts'

/** The bodies of the file's sections by code. */
export function sectionBodies(
  file: Draft<StudyFile>,
): ReadonlyMap<string, { readonly label: string; readonly body: string }> {
  const sections = new Map<string, { label: string; body: string }>()
  for (const publication of file.publications ?? [])
    for (const source of publication?.sources ?? [])
      for (const section of source?.sections ?? [])
        if (section?.code !== undefined && section.body !== undefined)
          sections.set(section.code, { label: section.label ?? section.code, body: section.body })
  return sections
}

/** Quotes that aren't where they are said to be, links that don't fit, and numbers without any words behind them. */
export function quoteIssues(file: Draft<StudyFile>): Issue[] {
  const issues: Issue[] = []
  const sections = sectionBodies(file)
  const words = new Map<string, string | undefined>()
  for (const [index, quote] of (file.quotes ?? []).entries()) {
    if (!quote) continue
    if (quote.code !== undefined && !isHole(quote, 'words')) words.set(quote.code, quote.words)
    const path = ['quotes', index]
    if (quote.words === undefined && quote.section !== undefined && !isHole(quote, 'words'))
      issues.push({ path, message: "words is missing; expected the exact words of the section's text" })
    if ((quote.section === undefined) === (quote.source === undefined))
      issues.push({
        path,
        message:
          'a quote stands either in a section, or in a source at a locator; expected exactly one of section and source',
      })
    if ((quote.source === undefined) !== (quote.locator === undefined))
      issues.push({ path, message: 'source and locator go together; expected both, such as locator: Table 2, row 3' })
    const section = quote.section === undefined ? undefined : sections.get(quote.section)
    if (!section || quote.words === undefined) continue
    const place = findWords(section.body, quote.words, quote.occurrence)
    if ('problem' in place)
      issues.push({ path: [...path, 'words'], message: `quote not found in ${section.label}: ${place.problem}` })
  }
  for (const row of factRows(file)) issues.push(...linkIssues(row, words), ...unsourced(row))
  return issues
}

function linkIssues(row: FactRow, words: ReadonlyMap<string, string | undefined>): Issue[] {
  const issues: Issue[] = []
  const known = factFields(row)
  const numbers = NUMBER_FIELDS[row.table] ?? []
  for (const [index, link] of (row.values.quotes ?? []).entries()) {
    const path = [...row.path, 'quotes', index]
    for (const field of fieldsOf(link?.field)) {
      if (!known.includes(field) && !isHole(row.values, field))
        issues.push({
          path: [...path, 'field'],
          message: `the entry has no value in "${field}" that a quote could speak of; expected one of: ${known.join(', ')}`,
        })
      if (
        link &&
        givesNumber(link.role) &&
        numbers.includes(field) &&
        link.span === undefined &&
        link.printed === undefined &&
        !isHole(link, 'span') &&
        !isHole(link, 'printed')
      )
        issues.push({
          path,
          message: `the quote doesn't say which of its words give "${field}"; expected span: with the number as printed`,
        })
    }
    if (link?.quote === undefined || !words.has(link.quote)) continue
    const quote = words.get(link.quote)
    if (link.printed !== undefined && quote !== undefined)
      issues.push({
        path: [...path, 'printed'],
        message: `the words of the quote "${link.quote}" are given; expected span: with those of them that give the value`,
      })
    if (link.printed !== undefined && quote === undefined)
      issues.push(...misreadings(row, link, link.printed, { start: 0, end: link.printed.length }, [...path, 'printed']))
    if (link.span === undefined) continue
    if (quote === undefined) {
      issues.push({
        path: [...path, 'span'],
        message: `the quote "${link.quote}" has no words; expected printed: with the number as printed`,
      })
      continue
    }
    const place = findWords(quote, link.span, link.occurrence)
    if ('problem' in place)
      issues.push({ path: [...path, 'span'], message: `span not found in the quote "${link.quote}": ${place.problem}` })
    else issues.push(...misreadings(row, link, quote, place, [...path, 'span']))
  }
  for (const [name, entries] of [
    ['derived', row.values.derived],
    ['corrections', row.values.corrections],
  ] as const)
    for (const [index, entry] of (entries ?? []).entries())
      if (entry?.field !== undefined && !known.includes(entry.field) && !isHole(row.values, entry.field))
        issues.push({
          path: [...row.path, name, index, 'field'],
          message: `the entry has no value in "${entry.field}"; expected one of: ${known.join(', ')}`,
        })
  return issues
}

/** Numbers that the words of a link don't give. */
function misreadings(
  row: FactRow,
  link: NonNullable<NonNullable<FactRow['values']['quotes']>[number]>,
  text: string,
  span: Span,
  path: DocumentPath,
): Issue[] {
  if (!givesNumber(link.role)) return []
  const values = row.values as Readonly<Record<string, unknown>>
  return fieldsOf(link.field).flatMap((field): Issue[] => {
    const value = values[field]
    if (!NUMBER_FIELDS[row.table]?.includes(field) || typeof value !== 'number') return []
    const problem = misreading(field, value, text, span)
    if (problem) return [{ path, message: `${field} is ${value}, but ${problem}; correct the one that is wrong` }]
    const operator = field === 'p_value' ? printedOperator(text, span) : undefined
    return operator === undefined || typeof values.p_operator !== 'string' || operator === values.p_operator
      ? []
      : [{ path, message: `p_operator is "${values.p_operator}", but the words have "${operator}" before the number` }]
  })
}

function unsourced(row: FactRow): Issue[] {
  // Where a link couldn't be read, it may be the one that is missing.
  const links = row.values.quotes ?? []
  const unread = isHole(row.values, 'quotes') || isHole(row.values, 'derived') || links.some(isUnread)
  if (unread || row.values.derived?.some((entry) => entry?.field === undefined)) return []
  const sourced = new Set([
    ...links.flatMap((link) => (link && givesNumber(link.role) ? fieldsOf(link.field) : [])),
    ...(row.values.derived ?? []).map((entry) => entry?.field),
  ])
  const values = row.values as Readonly<Record<string, unknown>>
  return (NUMBER_FIELDS[row.table] ?? [])
    .filter((field) => values[field] !== undefined && !isMissing(values[field]) && !sourced.has(field))
    .map((field) => ({
      path: [...row.path, field],
      message: `${field} has no source; expected a quote with role value or denominator, or a derivation`,
    }))
}

const isUnread = (link: NonNullable<FactRow['values']['quotes']>[number]): boolean =>
  link?.role === undefined ||
  link.field === undefined ||
  (Array.isArray(link.field) && fieldsOf(link.field).length < link.field.length)

export const fieldsOf = (field: string | readonly (string | undefined)[] | undefined): readonly string[] =>
  field === undefined ? [] : typeof field === 'string' ? [field] : field.filter((name) => name !== undefined)
