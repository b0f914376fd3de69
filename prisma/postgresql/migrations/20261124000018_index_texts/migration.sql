-- A full-text index over the titles of publications and their stored texts, for find. Both are indexes on expressions,
-- which the database itself keeps.
-- Signs that are no letters and digits are spaces here, so that words are parted as on SQLite: by itself PostgreSQL would
-- take "interleukin-2" for a word and the number -2. Words stay as they are: no stems, no stop words, as on SQLite.
-- More than 200,000 characters of one text could be more than an index entry holds.
CREATE INDEX "publication_title_words" ON "publication" USING GIN (to_tsvector('simple', regexp_replace(left("title", 200000), '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u2000-\u206f\u20a0-\u20cf\u2190-\u245f\u2500-\u2bff\u3000-\u3003\u3008-\u3020]+', ' ', 'g')));
CREATE INDEX "publication_text_body_words" ON "publication_text" USING GIN (to_tsvector('simple', regexp_replace(left("body", 200000), '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u2000-\u206f\u20a0-\u20cf\u2190-\u245f\u2500-\u2bff\u3000-\u3003\u3008-\u3020]+', ' ', 'g')));

-- serves: find, by a registry's number, whatever the registry
CREATE INDEX "study_identifier_value_idx" ON "study_identifier"("value");
