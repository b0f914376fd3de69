import { REVIEW } from '../synthetic/database.ts'
import { pmidOf } from '../synthetic/study.ts'
import { DESCRIPTORS, descriptorUi, NARROW_HEADING, WIDE_HEADING } from '../synthetic/vocabulary.ts'
import { COMMON_WORD } from '../synthetic/words.ts'

/** A filter as it is written after --where, and the condition on the study `s` that somebody would write by hand. */
export interface HandWrittenFind {
  readonly where: string
  readonly condition: string
  readonly values: readonly (string | number)[]
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

/** The table that find prints, in the order of the studies' keys; synthetic studies give each arm's size once. */
export const handWrittenFind = (condition: string): string => `
SELECT s.id AS study, s.title, (SELECT min(p.year) FROM study_publication r JOIN publication p ON p.id = r.publication_id
   WHERE r.study_id = s.id AND r.role = 'primary') AS year, s.type, s.intervention_model, s.allocation, s.masking,
  (SELECT sum(n.participants) FROM enrolment n WHERE n.study_id = s.id) AS enrolment,
  (SELECT string_agg(c.name, '; ' ORDER BY c.position) FROM study_condition c WHERE c.study_id = s.id) AS conditions,
  (SELECT string_agg(i.name, '; ' ORDER BY i.position) FROM intervention i WHERE i.study_id = s.id) AS interventions,
  (SELECT string_agg(p.pmid, '; ' ORDER BY r.position) FROM study_publication r
   JOIN publication p ON p.id = r.publication_id WHERE r.study_id = s.id AND r.role = 'primary') AS pmid
FROM study s WHERE ${condition} ORDER BY s.id`
