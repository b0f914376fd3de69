-- What was done to the database: imports, checks, findings and waivers.
-- The same rules as on SQLite, but for those that PostgreSQL's types enforce by themselves.

CREATE TYPE "import_status" AS ENUM ('running', 'done', 'failed');
CREATE TYPE "severity" AS ENUM ('error', 'warning', 'note');

CREATE TABLE "import_run" (
    "id" SERIAL NOT NULL,
    "format" TEXT COLLATE "C" NOT NULL,
    "file_name" TEXT COLLATE "C" NOT NULL,
    "file_sha256" TEXT COLLATE "C" NOT NULL,
    "study_id" TEXT COLLATE "C",
    "started_at" TIMESTAMP(3) NOT NULL,
    "finished_at" TIMESTAMP(3),
    "status" "import_status" NOT NULL,
    "read" INTEGER NOT NULL DEFAULT 0,
    "saved" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "unmapped" TEXT COLLATE "C",
    CONSTRAINT "import_run_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "import_run_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "import_run_counts_add_up" CHECK ("status" <> 'done' OR "read" = "saved" + "unchanged" + "failed")
);

CREATE INDEX "import_run_study_id_idx" ON "import_run"("study_id");
CREATE INDEX "import_run_file_sha256_idx" ON "import_run"("file_sha256");

CREATE TABLE "check_run" (
    "id" SERIAL NOT NULL,
    "started_at" TIMESTAMP(3) NOT NULL,
    "finished_at" TIMESTAMP(3),
    "version" TEXT COLLATE "C" NOT NULL,
    "studies" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "check_run_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "finding" (
    "id" SERIAL NOT NULL,
    "check_run_id" INTEGER NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    "fact_id" TEXT COLLATE "C",
    "rule" TEXT COLLATE "C" NOT NULL,
    "severity" "severity" NOT NULL,
    "message" TEXT COLLATE "C" NOT NULL,
    CONSTRAINT "finding_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "finding_check_run_id_fkey" FOREIGN KEY ("check_run_id") REFERENCES "check_run"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "finding_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "finding_fact_id_fkey" FOREIGN KEY ("fact_id") REFERENCES "fact"("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "finding_fact_id_in_study" CHECK (substr("fact_id", 1, length("study_id") + 1) = "study_id" || '/')
);

CREATE INDEX "finding_check_run_id_idx" ON "finding"("check_run_id");
CREATE INDEX "finding_study_id_idx" ON "finding"("study_id");
CREATE INDEX "finding_fact_id_idx" ON "finding"("fact_id");

CREATE TABLE "waiver" (
    "id" TEXT COLLATE "C" NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    "fact_id" TEXT COLLATE "C",
    "rule" TEXT COLLATE "C" NOT NULL,
    "reason" TEXT COLLATE "C" NOT NULL,
    "waived_by" TEXT COLLATE "C" NOT NULL,
    "waived_on" TEXT COLLATE "C" NOT NULL,
    CONSTRAINT "waiver_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "waiver_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "waiver_fact_id_fkey" FOREIGN KEY ("fact_id") REFERENCES "fact"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "waiver_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "waiver_fact_id_in_study" CHECK (substr("fact_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "waiver_waived_on_date" CHECK ("waived_on" ~ '^[0-9]{4}-[01][0-9]-[0-3][0-9]$')
);

CREATE INDEX "waiver_study_id_idx" ON "waiver"("study_id");
CREATE INDEX "waiver_fact_id_idx" ON "waiver"("fact_id");
