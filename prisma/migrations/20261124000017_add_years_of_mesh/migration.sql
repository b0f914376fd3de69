-- Headings are told apart: those of the imported MeSH, by its year, and those that only a study's file names or that
-- MeSH has no more. A name that a heading had before is kept beside its synonyms: study files still use it.
-- Names are looked up whatever their letters' case, by the indexes on lower(), which folds ASCII alone on both engines.
ALTER TABLE "mesh_descriptor" ADD COLUMN "year" INTEGER
    CONSTRAINT "mesh_descriptor_year_integer" CHECK ("year" IS NULL OR (typeof("year") IN ('integer') AND "year" BETWEEN -2147483648 AND 2147483647));
ALTER TABLE "mesh_qualifier" ADD COLUMN "year" INTEGER
    CONSTRAINT "mesh_qualifier_year_integer" CHECK ("year" IS NULL OR (typeof("year") IN ('integer') AND "year" BETWEEN -2147483648 AND 2147483647));
ALTER TABLE "mesh_entry_term" ADD COLUMN "former" BOOLEAN NOT NULL DEFAULT false
    CONSTRAINT "mesh_entry_term_former_boolean" CHECK ("former" IN (0, 1));

-- serves: a heading by its name, in any case
CREATE INDEX "mesh_descriptor_name_lower" ON "mesh_descriptor"(lower("name"));
-- serves: a heading by a synonym, in any case
CREATE INDEX "mesh_entry_term_term_lower" ON "mesh_entry_term"(lower("term"));
