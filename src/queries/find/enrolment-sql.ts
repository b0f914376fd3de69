import { type Sql, sql } from '../../db/sql.ts'

/**
 * How many participants studies have in each analysis set, as rows of `study_id` and `n`: what the study gives for all its
 * arms together, or where it doesn't, the sum of its arms, if it gives each of them once. Arms share nobody: who is assigned
 * to one is assigned to no other. Subgroups, and what formulas made, don't count.
 *
 * @param ofSizes  a further condition on the rows of `enrolment`, which is `e`
 */
const ofSets = (ofSizes: Sql): Sql => sql`
  SELECT "study_id", COALESCE(
    max(CASE WHEN arms = armed THEN n END),
    CASE WHEN count(CASE WHEN arms = 1 THEN 1 END) = min(armed)
      AND count(DISTINCT CASE WHEN arms = 1 THEN arm END) = min(armed)
    THEN sum(CASE WHEN arms = 1 THEN n END) END) AS n
  FROM (
    SELECT e."study_id", e."analysis_set_id", e."participants" AS n, count(member."arm_id") AS arms,
      min(member."arm_id") AS arm, (SELECT count(*) FROM "arm" AS a WHERE a."study_id" = e."study_id") AS armed
    FROM "enrolment" AS e LEFT JOIN "study_group_arm" AS member ON member."study_group_id" = e."study_group_id"
    WHERE ${ofSizes} AND NOT e."derived" AND e."participants" IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM "study_group_subgroup" AS x WHERE x."study_group_id" = e."study_group_id")
    GROUP BY e."id") AS of_group
  GROUP BY "study_id", "analysis_set_id"`

/** Of all studies at once, in the set with the most: rows. */
export const ENROLMENTS = sql`SELECT "study_id", max(n) AS n FROM (${ofSets(sql`1 = 1`)}) AS of_set GROUP BY "study_id"`

/** Of the study `s` alone: a value. */
export const ENROLMENT = sql`(SELECT max(n) FROM (${ofSets(sql`e."study_id" = s."id"`)}) AS of_set)`
