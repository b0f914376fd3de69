/** SQL of the year of a study: that of its first primary publication. */
export const firstYear = (study: string): string =>
  `SELECT min(p."year") FROM "study_publication" AS r JOIN "publication" AS p ON p."id" = r."publication_id"
   WHERE r."study_id" = ${study} AND r."role" = 'primary'`
