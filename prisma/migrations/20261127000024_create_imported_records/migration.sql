-- Records of files from elsewhere, whole as they stood there, and how each came to its publication or study. An import that
-- a person ends keeps what is in, and a file's digest is known only at its end.
-- CreateTable
CREATE TABLE "imported_record" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "format" TEXT NOT NULL,
    "publication_id" TEXT,
    "study_id" TEXT,
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
    CONSTRAINT "imported_record_import_run_id_fkey" FOREIGN KEY ("import_run_id") REFERENCES "import_run" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "imported_record_format_known" CHECK ("format" IN ('pubmed_xml', 'medline', 'ris', 'ctgov_json', 'ctgov_xml', 'revman')),
    CONSTRAINT "imported_record_import_run_id_integer" CHECK ("import_run_id" IS NULL OR (typeof("import_run_id") IN ('integer') AND "import_run_id" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "imported_record_read_by_integer" CHECK ("read_by" IS NULL OR (typeof("read_by") IN ('integer') AND "read_by" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "imported_record_matched_by_known" CHECK ("matched_by" IN ('none', 'pmid', 'doi', 'pmcid', 'title_year_pages', 'person')),
    CONSTRAINT "imported_record_score_number" CHECK ("score" IS NULL OR (typeof("score") IN ('integer', 'real') AND "score" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "imported_record_key_of_family" CHECK ("key" LIKE '_%:_%'),
    CONSTRAINT "imported_record_publication_or_study" CHECK (("publication_id" IS NULL) <> ("study_id" IS NULL)),
    CONSTRAINT "imported_record_score_of_match" CHECK ("score" IS NULL OR "matched_by" = 'title_year_pages'),
    CONSTRAINT "imported_record_match_of_publication" CHECK (("publication_id" IS NULL) = ("matched_by" IS NULL))
);

-- CreateTable
CREATE TABLE "record_identifier" (
    "record_key" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    PRIMARY KEY ("record_key", "position"),
    CONSTRAINT "record_identifier_record_key_fkey" FOREIGN KEY ("record_key") REFERENCES "imported_record" ("key") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "record_identifier_position_integer" CHECK ("position" IS NULL OR (typeof("position") IN ('integer') AND "position" BETWEEN -2147483648 AND 2147483647))
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_import_run" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "format" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "file_sha256" TEXT,
    "study_id" TEXT,
    "started_at" DATETIME NOT NULL,
    "finished_at" DATETIME,
    "status" TEXT NOT NULL,
    "read" INTEGER NOT NULL DEFAULT 0,
    "saved" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "unmapped" TEXT,
    "review_id" TEXT,
    CONSTRAINT "import_run_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "import_run_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "review" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "import_run_status_known" CHECK ("status" IN ('running', 'done', 'failed', 'stopped')),
    CONSTRAINT "import_run_read_integer" CHECK ("read" IS NULL OR (typeof("read") IN ('integer') AND "read" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "import_run_saved_integer" CHECK ("saved" IS NULL OR (typeof("saved") IN ('integer') AND "saved" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "import_run_unchanged_integer" CHECK ("unchanged" IS NULL OR (typeof("unchanged") IN ('integer') AND "unchanged" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "import_run_failed_integer" CHECK ("failed" IS NULL OR (typeof("failed") IN ('integer') AND "failed" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "import_run_counts_add_up" CHECK ("status" <> 'done' OR "read" = "saved" + "unchanged" + "failed")
);
INSERT INTO "new_import_run" ("failed", "file_name", "file_sha256", "finished_at", "format", "id", "read", "review_id", "saved", "started_at", "status", "study_id", "unchanged", "unmapped") SELECT "failed", "file_name", "file_sha256", "finished_at", "format", "id", "read", "review_id", "saved", "started_at", "status", "study_id", "unchanged", "unmapped" FROM "import_run";
DROP TABLE "import_run";
ALTER TABLE "new_import_run" RENAME TO "import_run";
CREATE INDEX "import_run_study_id_idx" ON "import_run"("study_id");
CREATE INDEX "import_run_review_id_idx" ON "import_run"("review_id");
CREATE INDEX "import_run_file_sha256_idx" ON "import_run"("file_sha256");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "imported_record_publication_id_idx" ON "imported_record"("publication_id");

-- CreateIndex
CREATE INDEX "imported_record_study_id_idx" ON "imported_record"("study_id");

-- CreateIndex
CREATE INDEX "imported_record_import_run_id_idx" ON "imported_record"("import_run_id");

-- CreateIndex
CREATE INDEX "imported_record_sha256_idx" ON "imported_record"("sha256");

-- CreateIndex
CREATE INDEX "imported_record_title_key_idx" ON "imported_record"("title_key");

-- CreateIndex
CREATE INDEX "record_identifier_value_idx" ON "record_identifier"("value");
