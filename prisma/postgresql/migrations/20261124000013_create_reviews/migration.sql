-- A review is a question and the studies that answer it; which of their results it uses is kept, so that they can be pooled.
-- The same rules as on SQLite, but for those that PostgreSQL's types enforce by themselves.

CREATE TYPE "review_decision" AS ENUM ('included', 'excluded', 'awaiting', 'ongoing');

CREATE TABLE "review" (
    "id" TEXT COLLATE "C" NOT NULL,
    "label" TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "population" TEXT COLLATE "C" NOT NULL,
    "intervention" TEXT COLLATE "C" NOT NULL,
    "comparator" TEXT COLLATE "C",
    "note" TEXT COLLATE "C",
    CONSTRAINT "review_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "review_key" CHECK ("id" <> '' AND "id" NOT LIKE '%/%')
);

CREATE TABLE "review_publication" (
    "review_id" TEXT COLLATE "C" NOT NULL,
    "publication_id" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "code" TEXT COLLATE "C" NOT NULL,
    CONSTRAINT "review_publication_pkey" PRIMARY KEY ("review_id","publication_id"),
    CONSTRAINT "review_publication_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "review"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "review_publication_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication"("id") ON DELETE NO ACTION ON UPDATE CASCADE
);

CREATE INDEX "review_publication_publication_id_idx" ON "review_publication"("publication_id");

CREATE TABLE "review_criterion" (
    "id" TEXT COLLATE "C" NOT NULL,
    "review_id" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" "eligibility_kind" NOT NULL,
    "text" TEXT COLLATE "C" NOT NULL,
    CONSTRAINT "review_criterion_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "review_criterion_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "review"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "review_criterion_key" CHECK (substr("id", 1, length("review_id") + 1) = "review_id" || '/')
);

CREATE INDEX "review_criterion_review_id_idx" ON "review_criterion"("review_id");

CREATE TABLE "review_outcome" (
    "id" TEXT COLLATE "C" NOT NULL,
    "review_id" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "label" TEXT COLLATE "C" NOT NULL,
    "kind" "outcome_kind" NOT NULL,
    "role" "outcome_role" NOT NULL,
    "direction" "outcome_direction" NOT NULL,
    "definition" TEXT COLLATE "C",
    "measure" "effect_measure",
    CONSTRAINT "review_outcome_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "review_outcome_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "review"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "review_outcome_key" CHECK (substr("id", 1, length("review_id") + 1) = "review_id" || '/')
);

CREATE INDEX "review_outcome_review_id_idx" ON "review_outcome"("review_id");

CREATE TABLE "review_covariate" (
    "id" TEXT COLLATE "C" NOT NULL,
    "review_id" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "unit" TEXT COLLATE "C",
    "definition" TEXT COLLATE "C",
    CONSTRAINT "review_covariate_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "review_covariate_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "review"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "review_covariate_key" CHECK (substr("id", 1, length("review_id") + 1) = "review_id" || '/')
);

CREATE INDEX "review_covariate_review_id_idx" ON "review_covariate"("review_id");

CREATE TABLE "review_study" (
    "id" TEXT COLLATE "C" NOT NULL,
    "review_id" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "study_id" TEXT COLLATE "C",
    "label" TEXT COLLATE "C",
    "citation" TEXT COLLATE "C",
    "decision" "review_decision" NOT NULL,
    "reason" TEXT COLLATE "C",
    "note" TEXT COLLATE "C",
    CONSTRAINT "review_study_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "review_study_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "review"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "review_study_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "review_study_key" CHECK (substr("id", 1, length("review_id") + 1) = "review_id" || '/'),
    CONSTRAINT "review_study_key_of_study" CHECK ("id" = "review_id" || '/' || "study_id"),
    CONSTRAINT "review_study_study_or_label" CHECK (("study_id" IS NULL) <> ("label" IS NULL)),
    CONSTRAINT "review_study_included_is_held" CHECK ("decision" <> 'included' OR "study_id" IS NOT NULL),
    CONSTRAINT "review_study_excluded_has_reason" CHECK ("decision" <> 'excluded' OR "reason" IS NOT NULL)
);

CREATE INDEX "review_study_review_id_idx" ON "review_study"("review_id");
CREATE INDEX "review_study_study_id_idx" ON "review_study"("study_id");

CREATE TABLE "review_study_covariate" (
    "review_study_id" TEXT COLLATE "C" NOT NULL,
    "covariate_id" TEXT COLLATE "C" NOT NULL,
    "review_id" TEXT COLLATE "C" NOT NULL,
    "number" DOUBLE PRECISION,
    "text" TEXT COLLATE "C",
    "missing_reason" "missing_reason",
    CONSTRAINT "review_study_covariate_pkey" PRIMARY KEY ("review_study_id","covariate_id"),
    CONSTRAINT "review_study_covariate_review_study_id_fkey" FOREIGN KEY ("review_study_id") REFERENCES "review_study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "review_study_covariate_covariate_id_fkey" FOREIGN KEY ("covariate_id") REFERENCES "review_covariate"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "review_study_covariate_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "review"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "review_study_covariate_number_number" CHECK ("number" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    CONSTRAINT "review_study_covariate_review_study_id_in_review" CHECK (substr("review_study_id", 1, length("review_id") + 1) = "review_id" || '/'),
    CONSTRAINT "review_study_covariate_covariate_id_in_review" CHECK (substr("covariate_id", 1, length("review_id") + 1) = "review_id" || '/'),
    CONSTRAINT "review_study_covariate_one_value" CHECK (CASE WHEN "number" IS NULL THEN 0 ELSE 1 END + CASE WHEN "text" IS NULL THEN 0 ELSE 1 END + CASE WHEN "missing_reason" IS NULL THEN 0 ELSE 1 END = 1)
);

CREATE INDEX "review_study_covariate_covariate_id_idx" ON "review_study_covariate"("covariate_id");
CREATE INDEX "review_study_covariate_review_id_idx" ON "review_study_covariate"("review_id");

CREATE TABLE "review_result" (
    "id" TEXT COLLATE "C" NOT NULL,
    "review_id" TEXT COLLATE "C" NOT NULL,
    "review_study_id" TEXT COLLATE "C" NOT NULL,
    "review_outcome_id" TEXT COLLATE "C" NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    "outcome_id" TEXT COLLATE "C" NOT NULL,
    "comparison_id" TEXT COLLATE "C" NOT NULL,
    "timepoint_id" TEXT COLLATE "C",
    "analysis_set_id" TEXT COLLATE "C",
    CONSTRAINT "review_result_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "review_result_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "review"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "review_result_review_study_id_fkey" FOREIGN KEY ("review_study_id") REFERENCES "review_study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "review_result_review_outcome_id_fkey" FOREIGN KEY ("review_outcome_id") REFERENCES "review_outcome"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "review_result_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "review_result_outcome_id_fkey" FOREIGN KEY ("outcome_id") REFERENCES "outcome"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "review_result_comparison_id_fkey" FOREIGN KEY ("comparison_id") REFERENCES "comparison"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "review_result_timepoint_id_fkey" FOREIGN KEY ("timepoint_id") REFERENCES "timepoint"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "review_result_analysis_set_id_fkey" FOREIGN KEY ("analysis_set_id") REFERENCES "analysis_set"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "review_result_key" CHECK (substr("id", 1, length("review_id") + 1) = "review_id" || '/'),
    CONSTRAINT "review_result_review_study_id_in_review" CHECK (substr("review_study_id", 1, length("review_id") + 1) = "review_id" || '/'),
    CONSTRAINT "review_result_review_outcome_id_in_review" CHECK (substr("review_outcome_id", 1, length("review_id") + 1) = "review_id" || '/'),
    CONSTRAINT "review_result_outcome_id_in_study" CHECK (substr("outcome_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "review_result_comparison_id_in_study" CHECK (substr("comparison_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "review_result_timepoint_id_in_study" CHECK (substr("timepoint_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "review_result_analysis_set_id_in_study" CHECK (substr("analysis_set_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "review_result_of_its_study" CHECK ("review_study_id" = "review_id" || '/' || "study_id")
);

CREATE INDEX "review_result_review_id_idx" ON "review_result"("review_id");
CREATE INDEX "review_result_review_study_id_idx" ON "review_result"("review_study_id");
CREATE INDEX "review_result_review_outcome_id_idx" ON "review_result"("review_outcome_id");
CREATE INDEX "review_result_study_id_idx" ON "review_result"("study_id");
CREATE INDEX "review_result_outcome_id_idx" ON "review_result"("outcome_id");
CREATE INDEX "review_result_comparison_id_idx" ON "review_result"("comparison_id");
CREATE INDEX "review_result_timepoint_id_idx" ON "review_result"("timepoint_id");
CREATE INDEX "review_result_analysis_set_id_idx" ON "review_result"("analysis_set_id");

ALTER TABLE "import_run" ADD COLUMN "review_id" TEXT COLLATE "C";
ALTER TABLE "import_run" ADD CONSTRAINT "import_run_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "review"("id") ON DELETE SET NULL ON UPDATE CASCADE;

CREATE INDEX "import_run_review_id_idx" ON "import_run"("review_id");
