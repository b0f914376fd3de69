-- A kept finding says where it was found, what kind it is and under which waiver it stands, as `check` shows it; and reviews
-- have findings too. The table is empty since the migration before.
DROP TABLE "finding";
ALTER TABLE "check_run" ADD COLUMN "reviews" INTEGER NOT NULL DEFAULT 0;

CREATE TYPE "finding_status" AS ENUM ('inconsistent', 'remark', 'not_checkable');

CREATE TABLE "finding" (
    "id" SERIAL NOT NULL,
    "check_run_id" INTEGER NOT NULL,
    "study_id" TEXT COLLATE "C",
    "review_id" TEXT COLLATE "C",
    "rule" TEXT COLLATE "C" NOT NULL,
    "severity" "severity" NOT NULL,
    "status" "finding_status" NOT NULL,
    "table_name" TEXT COLLATE "C" NOT NULL,
    "row_key" TEXT COLLATE "C" NOT NULL,
    "field" TEXT COLLATE "C",
    "fact_id" TEXT COLLATE "C",
    "about" TEXT COLLATE "C" NOT NULL,
    "message" TEXT COLLATE "C" NOT NULL,
    "waived" TEXT COLLATE "C",
    CONSTRAINT "finding_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "finding_check_run_id_fkey" FOREIGN KEY ("check_run_id") REFERENCES "check_run"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "finding_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "finding_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "review"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "finding_fact_id_fkey" FOREIGN KEY ("fact_id") REFERENCES "fact"("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "finding_fact_id_in_study" CHECK (substr("fact_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "finding_of_study_or_review" CHECK (("study_id" IS NULL) <> ("review_id" IS NULL)),
    CONSTRAINT "finding_fact_of_study" CHECK ("fact_id" IS NULL OR "study_id" IS NOT NULL)
);

CREATE INDEX "finding_check_run_id_idx" ON "finding"("check_run_id");
CREATE INDEX "finding_study_id_idx" ON "finding"("study_id");
CREATE INDEX "finding_review_id_idx" ON "finding"("review_id");
CREATE INDEX "finding_fact_id_idx" ON "finding"("fact_id");
