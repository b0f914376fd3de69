import type { SearchTerm } from '../model/search-terms.ts'
import type { Transaction } from './database.ts'
import { engineOf } from './engine.ts'
import { join, raw, type Sql, sql } from './sql.ts'

// The expression that PostgreSQL's indexes are on, sign by sign: another one would be computed for every text.
const SIGNS =
  '[\\u0001-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u00a9\\u00ab-\\u00b4\\u00b6-\\u00b9\\u00bb-\\u00bf\\u00d7\\u00f7\\u2000-\\u206f\\u20a0-\\u20cf\\u2190-\\u245f\\u2500-\\u2bff\\u3000-\\u3003\\u3008-\\u3020]+'
export const indexedWords = (column: string): string =>
  `to_tsvector('simple', regexp_replace(left("${column}", 200000), '${SIGNS}', ' ', 'g'))`
const words = (column: string) => raw(indexedWords(column))

/** The publications whose title or stored text has a term, as rows of one column. */
export const publicationsWith = (tx: Transaction, term: SearchTerm): Sql =>
  engineOf(tx) === 'sqlite'
    ? sql`SELECT part."publication_id" FROM "text_index" JOIN "text_part" AS part ON part."no" = "text_index".rowid
          WHERE "text_index" MATCH ${ftsQuery([term])}`
    : sql`SELECT "id" FROM "publication" WHERE ${words('title')} @@ to_tsquery('simple', ${tsQuery([term])})
          UNION ALL SELECT "publication_id" FROM "publication_text"
          WHERE ${words('body')} @@ to_tsquery('simple', ${tsQuery([term])})`

/**
 * How well publications fit terms, as rows of `publication_id` and `score`, the higher the better: the sum over title and
 * sections of BM25 on SQLite (Robertson & Zaragoza 2009, as FTS5 has it), of cover density on PostgreSQL (Clarke, Cormack &
 * Tudhope 2000, as ts_rank_cd has it). The two order alike only roughly.
 */
export const scoresOf = (tx: Transaction, terms: readonly SearchTerm[]): Sql =>
  engineOf(tx) === 'sqlite'
    ? sql`SELECT part."publication_id", -sum(hit.rank) AS score
          FROM (SELECT rowid AS no, rank FROM "text_index" WHERE "text_index" MATCH ${ftsQuery(terms)}) AS hit
          JOIN "text_part" AS part ON part."no" = hit.no GROUP BY part."publication_id"`
    : sql`SELECT "publication_id", sum(score)::float8 AS score FROM (
            ${join(
              [
                ['id', 'title', 'publication'],
                ['publication_id', 'body', 'publication_text'],
              ].map(
                ([key = '', column = '', table = '']) =>
                  sql`SELECT ${raw(`"${key}" AS "publication_id"`)}, ts_rank_cd(${words(column)}, query) AS score
                      FROM ${raw(`"${table}"`)}, to_tsquery('simple', ${tsQuery(terms)}) AS query
                      WHERE ${words(column)} @@ query`,
              ),
              ' UNION ALL ',
            )}) AS hit GROUP BY "publication_id"`

/** Any of the terms; each is quoted, and made of letters and digits alone, so that nothing in it is FTS5's language. */
const ftsQuery = (terms: readonly SearchTerm[]): string =>
  terms.map(({ tokens, prefix }) => `"${tokens.join(' ')}"${prefix ? '*' : ''}`).join(' OR ')

const tsQuery = (terms: readonly SearchTerm[]): string =>
  terms
    .map(({ tokens, prefix }) => {
      const quoted = tokens.map((token, index) => `'${token}'${prefix && index === tokens.length - 1 ? ':*' : ''}`)
      return `(${quoted.join(' <-> ')})`
    })
    .join(' | ')
