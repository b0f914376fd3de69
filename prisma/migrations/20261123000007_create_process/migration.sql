-- What was done to the database: imports, checks, findings and waivers.
-- The CHECKs stand inside CREATE TABLE because SQLite can add none later.

CREATE TABLE "import_run" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "format" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "file_sha256" TEXT NOT NULL,
    "study_id" TEXT,
    "started_at" DATETIME NOT NULL,
    "finished_at" DATETIME,
    "status" TEXT NOT NULL,
    "read" INTEGER NOT NULL DEFAULT 0,
    "saved" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "unmapped" TEXT,
    CONSTRAINT "import_run_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "import_run_status_known" CHECK ("status" IN ('running', 'done', 'failed')),
    CONSTRAINT "import_run_read_integer" CHECK ("read" IS NULL OR (typeof("read") IN ('integer') AND "read" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "import_run_saved_integer" CHECK ("saved" IS NULL OR (typeof("saved") IN ('integer') AND "saved" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "import_run_unchanged_integer" CHECK ("unchanged" IS NULL OR (typeof("unchanged") IN ('integer') AND "unchanged" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "import_run_failed_integer" CHECK ("failed" IS NULL OR (typeof("failed") IN ('integer') AND "failed" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "import_run_counts_add_up" CHECK ("status" <> 'done' OR "read" = "saved" + "unchanged" + "failed")
);

CREATE INDEX "import_run_study_id_idx" ON "import_run"("study_id");
CREATE INDEX "import_run_file_sha256_idx" ON "import_run"("file_sha256");

CREATE TABLE "check_run" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "started_at" DATETIME NOT NULL,
    "finished_at" DATETIME,
    "version" TEXT NOT NULL,
    "studies" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "check_run_studies_integer" CHECK ("studies" IS NULL OR (typeof("studies") IN ('integer') AND "studies" BETWEEN -2147483648 AND 2147483647))
);

CREATE TABLE "finding" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "check_run_id" INTEGER NOT NULL,
    "study_id" TEXT NOT NULL,
    "fact_id" TEXT,
    "rule" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    CONSTRAINT "finding_check_run_id_fkey" FOREIGN KEY ("check_run_id") REFERENCES "check_run" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "finding_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "finding_fact_id_fkey" FOREIGN KEY ("fact_id") REFERENCES "fact" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "finding_check_run_id_integer" CHECK ("check_run_id" IS NULL OR (typeof("check_run_id") IN ('integer') AND "check_run_id" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "finding_severity_known" CHECK ("severity" IN ('error', 'warning', 'note')),
    CONSTRAINT "finding_fact_id_in_study" CHECK (substr("fact_id", 1, length("study_id") + 1) = "study_id" || '/')
);

CREATE INDEX "finding_check_run_id_idx" ON "finding"("check_run_id");
CREATE INDEX "finding_study_id_idx" ON "finding"("study_id");
CREATE INDEX "finding_fact_id_idx" ON "finding"("fact_id");

CREATE TABLE "waiver" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "study_id" TEXT NOT NULL,
    "fact_id" TEXT,
    "rule" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "waived_by" TEXT NOT NULL,
    "waived_on" TEXT NOT NULL,
    CONSTRAINT "waiver_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "waiver_fact_id_fkey" FOREIGN KEY ("fact_id") REFERENCES "fact" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "waiver_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "waiver_fact_id_in_study" CHECK (substr("fact_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "waiver_waived_on_date" CHECK ("waived_on" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE INDEX "waiver_study_id_idx" ON "waiver"("study_id");
CREATE INDEX "waiver_fact_id_idx" ON "waiver"("fact_id");
