import type Driver from 'better-sqlite3'
import { highlight, searchTerms } from '../../src/model/search-terms.ts'
import { REVIEW } from '../synthetic/database.ts'
import { pmidOf } from '../synthetic/study.ts'
import { DESCRIPTORS, descriptorUi, NARROW_HEADING, WIDE_HEADING } from '../synthetic/vocabulary.ts'
import { COMMON_WORD } from '../synthetic/words.ts'

/** A filter as it is written after --where, and the condition on the study `s` that somebody would write by hand. */
export interface HandWrittenFind {
  readonly where: string
  readonly condition: string
  readonly values: readonly (string | number)[]
  /** What is looked for in texts, and highlighted. */
  readonly text?: string
}

const below = `SELECT ? UNION SELECT b.descriptor_ui FROM mesh_tree_number a
  JOIN mesh_tree_number b ON b.tree_number > a.tree_number || '.' AND b.tree_number < a.tree_number || '/'
  WHERE a.descriptor_ui = ?`
const indexed = (headings: string): string => `s.id IN (SELECT r.study_id FROM publication_mesh m
  JOIN study_publication r ON r.publication_id = m.publication_id WHERE m.descriptor_ui IN (${headings}))`

const WIDE = descriptorUi(1)
const NARROW = descriptorUi(DESCRIPTORS - 1)

export const HAND_WRITTEN_FINDS: Readonly<Record<string, HandWrittenFind>> = {
  'a heading and all below it': {
    where: `mesh:"${WIDE_HEADING}"`,
    condition: indexed(below),
    values: [WIDE, WIDE],
  },
  'a heading alone': {
    where: `mesh-only:"${NARROW_HEADING}"`,
    condition: indexed('?'),
    values: [NARROW],
  },
  'words of an outcome': {
    where: `outcome:${COMMON_WORD}`,
    condition: `s.id IN (SELECT study_id FROM outcome WHERE label LIKE ?)`,
    values: [`%${COMMON_WORD}%`],
  },
  'a word of the text': {
    where: `text:${COMMON_WORD}`,
    condition: `s.id IN (SELECT r.study_id FROM study_publication r WHERE r.publication_id IN (
      SELECT t.publication_id FROM text_index x JOIN text_part t ON t.no = x.rowid WHERE text_index MATCH ?))`,
    values: [`"${COMMON_WORD}"`],
    text: COMMON_WORD,
  },
  'a design': {
    where: 'allocation:randomised and masking:double',
    condition: `s.allocation = 'randomised' AND s.masking = 'double'`,
    values: [],
  },
  years: {
    where: 'year:2010-2012',
    condition: `s.id IN (SELECT r.study_id FROM study_publication r JOIN publication p ON p.id = r.publication_id
      WHERE r.role = 'primary' GROUP BY r.study_id HAVING min(p.year) BETWEEN 2010 AND 2012)`,
    values: [],
  },
  'a PMID': {
    where: `pmid:${pmidOf(7)}`,
    condition: `s.id IN (SELECT r.study_id FROM publication p JOIN study_publication r ON r.publication_id = p.id WHERE p.pmid = ?)`,
    values: [pmidOf(7)],
  },
  'the studies of a review': {
    where: `review:${REVIEW}`,
    condition: `s.id IN (SELECT study_id FROM review_study WHERE review_id = ? AND decision = 'included')`,
    values: [REVIEW],
  },
  'headings, years and a design together': {
    where: `mesh:"${WIDE_HEADING}" and year:2000-2010 and not phase:phase_2`,
    condition: `${indexed(below)} AND s.phase <> 'phase_2' AND s.id IN (
      SELECT r.study_id FROM study_publication r JOIN publication p ON p.id = r.publication_id
      WHERE r.role = 'primary' GROUP BY r.study_id HAVING min(p.year) BETWEEN 2000 AND 2010)`,
    values: [WIDE, WIDE],
  },
}

/** Participants of all arms together, as given or as the sum of the arms, in the set with the most. */
const ENROLMENT = `(SELECT max(n) FROM (
  SELECT COALESCE(max(CASE WHEN arms = armed THEN n END), CASE WHEN sum(arms = 1) = armed THEN sum(CASE WHEN arms = 1 THEN n END) END) AS n
  FROM (SELECT e.analysis_set_id, e.participants AS n,
      (SELECT count(*) FROM study_group_arm l WHERE l.study_group_id = e.study_group_id) AS arms,
      (SELECT count(*) FROM arm WHERE study_id = s.id) AS armed
    FROM enrolment e WHERE e.study_id = s.id AND NOT e.derived
      AND NOT EXISTS (SELECT 1 FROM study_group_subgroup l WHERE l.study_group_id = e.study_group_id))
  GROUP BY analysis_set_id))`

/** The table that find prints, in the order of the studies' keys. */
const handWrittenFind = (condition: string): string => `
SELECT s.id AS study, s.title, (SELECT min(p.year) FROM study_publication r JOIN publication p ON p.id = r.publication_id
   WHERE r.study_id = s.id AND r.role = 'primary') AS year, s.type, s.intervention_model, s.allocation, s.masking,
  ${ENROLMENT} AS enrolment,
  (SELECT string_agg(c.name, '; ' ORDER BY c.position) FROM study_condition c WHERE c.study_id = s.id) AS conditions,
  (SELECT string_agg(i.name, '; ' ORDER BY i.position) FROM intervention i WHERE i.study_id = s.id) AS interventions,
  (SELECT string_agg(p.pmid, '; ' ORDER BY r.position) FROM study_publication r
   JOIN publication p ON p.id = r.publication_id WHERE r.study_id = s.id AND r.role = 'primary') AS pmid,
  count(*) OVER () AS total
FROM study s WHERE ${condition} ORDER BY s.id`

/** The texts of those studies, in which the words are highlighted. */
const handWrittenTexts = (condition: string): string => `
SELECT r.study_id AS study, r.position AS place, 0 AS part, p.title AS words, 1 AS whole
FROM study s JOIN study_publication r ON r.study_id = s.id JOIN publication p ON p.id = r.publication_id WHERE ${condition}
UNION ALL SELECT r.study_id, r.position, t.position, t.body, 0
FROM study s JOIN study_publication r ON r.study_id = s.id JOIN publication_text t ON t.publication_id = r.publication_id
WHERE ${condition} ORDER BY 1, 2, 3`

/** Prepares statements once each, as whoever asks them again and again does by hand. */
export function keptByHand(driver: Driver.Database): (sql: string) => Driver.Statement {
  const kept = new Map<string, Driver.Statement>()
  return (sql) => {
    const statement = kept.get(sql) ?? driver.prepare(sql)
    kept.set(sql, statement)
    return statement
  }
}

/**
 * What a find gives, by the bare driver. The index keeps no text that FTS5 could make snippets of: whoever looks for a text
 * must highlight it, which takes as long here as in ours.
 */
export function foundByHand(
  prepare: (sql: string) => Driver.Statement,
  { condition, values, text }: HandWrittenFind,
): readonly Found[] {
  const rows = prepare(handWrittenFind(condition)).all(...values) as Found[]
  if (text === undefined) return rows
  const [places, terms] = [new Map<string, string>(), searchTerms(text)]
  const texts = prepare(handWrittenTexts(condition)).iterate(...values, ...values) as Iterable<TextOf>
  for (const { study, words, whole } of texts) {
    const place = places.has(study) ? null : highlight(words, terms, whole === 1)
    if (place !== null) places.set(study, place)
  }
  for (const row of rows) row.highlight = places.get(row.study) ?? null
  return rows
}

type Found = { readonly study: string; highlight?: string | null } & Readonly<Record<string, unknown>>
interface TextOf {
  readonly study: string
  readonly words: string
  readonly whole: number
}
