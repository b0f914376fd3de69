-- A kept finding says where it was found, what kind it is and under which waiver it stands, as `check` shows it; and reviews
-- have findings too. The table is empty since the migration before.
DROP TABLE "finding";
ALTER TABLE "check_run" ADD COLUMN "reviews" INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "check_run_reviews_integer" CHECK ("reviews" IS NULL OR (typeof("reviews") IN ('integer') AND "reviews" BETWEEN -2147483648 AND 2147483647));

CREATE TABLE "finding" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "check_run_id" INTEGER NOT NULL,
    "study_id" TEXT,
    "review_id" TEXT,
    "rule" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "table_name" TEXT NOT NULL,
    "row_key" TEXT NOT NULL,
    "field" TEXT,
    "fact_id" TEXT,
    "about" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "waived" TEXT,
    CONSTRAINT "finding_check_run_id_fkey" FOREIGN KEY ("check_run_id") REFERENCES "check_run" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "finding_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "finding_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "review" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "finding_fact_id_fkey" FOREIGN KEY ("fact_id") REFERENCES "fact" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "finding_check_run_id_integer" CHECK ("check_run_id" IS NULL OR (typeof("check_run_id") IN ('integer') AND "check_run_id" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "finding_severity_known" CHECK ("severity" IN ('error', 'warning', 'note')),
    CONSTRAINT "finding_status_known" CHECK ("status" IN ('inconsistent', 'remark', 'not_checkable')),
    CONSTRAINT "finding_fact_id_in_study" CHECK (substr("fact_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "finding_of_study_or_review" CHECK (("study_id" IS NULL) <> ("review_id" IS NULL)),
    CONSTRAINT "finding_fact_of_study" CHECK ("fact_id" IS NULL OR "study_id" IS NOT NULL)
);

CREATE INDEX "finding_check_run_id_idx" ON "finding"("check_run_id");
CREATE INDEX "finding_study_id_idx" ON "finding"("study_id");
CREATE INDEX "finding_review_id_idx" ON "finding"("review_id");
CREATE INDEX "finding_fact_id_idx" ON "finding"("fact_id");
