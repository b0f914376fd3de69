-- The file of a review is kept whole, too, as the record of the review. SQLite changes a CHECK only by building the table anew.
PRAGMA defer_foreign_keys = ON;
PRAGMA foreign_keys = OFF;
-- Views name the table: the rename must not look at them while it is away.
PRAGMA legacy_alter_table = ON;

CREATE TABLE "new_imported_record" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "format" TEXT NOT NULL,
    "publication_id" TEXT,
    "study_id" TEXT,
    "review_id" TEXT,
    "import_run_id" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "read_by" INTEGER NOT NULL,
    "revision" TEXT,
    "database_name" TEXT,
    "title_key" TEXT,
    "matched_by" TEXT,
    "score" REAL,
    "reason" TEXT,
    CONSTRAINT "imported_record_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "imported_record_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "imported_record_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "review" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "imported_record_import_run_id_fkey" FOREIGN KEY ("import_run_id") REFERENCES "import_run" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "imported_record_format_known" CHECK ("format" IN ('pubmed_xml', 'medline', 'ris', 'ctgov_json', 'ctgov_xml', 'revman')),
    CONSTRAINT "imported_record_import_run_id_integer" CHECK ("import_run_id" IS NULL OR (typeof("import_run_id") IN ('integer') AND "import_run_id" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "imported_record_read_by_integer" CHECK ("read_by" IS NULL OR (typeof("read_by") IN ('integer') AND "read_by" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "imported_record_matched_by_known" CHECK ("matched_by" IN ('none', 'pmid', 'doi', 'pmcid', 'title_year_pages', 'person')),
    CONSTRAINT "imported_record_score_number" CHECK ("score" IS NULL OR (typeof("score") IN ('integer', 'real') AND "score" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "imported_record_key_of_family" CHECK ("key" LIKE '_%:_%'),
    CONSTRAINT "imported_record_of_one" CHECK (CASE WHEN "publication_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "study_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "review_id" IS NULL THEN 0 ELSE 1 END = 1),
    CONSTRAINT "imported_record_score_of_match" CHECK ("score" IS NULL OR "matched_by" = 'title_year_pages'),
    CONSTRAINT "imported_record_match_of_publication" CHECK (("publication_id" IS NULL) = ("matched_by" IS NULL))
);

INSERT INTO "new_imported_record" ("key", "format", "publication_id", "study_id", "import_run_id", "sha256", "content", "read_by", "revision", "database_name", "title_key", "matched_by", "score", "reason") SELECT "key", "format", "publication_id", "study_id", "import_run_id", "sha256", "content", "read_by", "revision", "database_name", "title_key", "matched_by", "score", "reason" FROM "imported_record";
DROP TABLE "imported_record";
ALTER TABLE "new_imported_record" RENAME TO "imported_record";

CREATE INDEX "imported_record_publication_id_idx" ON "imported_record"("publication_id");
CREATE INDEX "imported_record_study_id_idx" ON "imported_record"("study_id");
CREATE INDEX "imported_record_review_id_idx" ON "imported_record"("review_id");
CREATE INDEX "imported_record_import_run_id_idx" ON "imported_record"("import_run_id");
CREATE INDEX "imported_record_sha256_idx" ON "imported_record"("sha256");
CREATE INDEX "imported_record_title_key_idx" ON "imported_record"("title_key");

PRAGMA legacy_alter_table = OFF;
PRAGMA foreign_keys = ON;
PRAGMA defer_foreign_keys = OFF;
