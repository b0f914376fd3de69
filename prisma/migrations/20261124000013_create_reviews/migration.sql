-- A review is a question and the studies that answer it; which of their results it uses is kept, so that they can be pooled.
-- The CHECKs stand inside CREATE TABLE because SQLite can add none later.

CREATE TABLE "review" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "label" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "population" TEXT NOT NULL,
    "intervention" TEXT NOT NULL,
    "comparator" TEXT,
    "note" TEXT,
    CONSTRAINT "review_key" CHECK ("id" <> '' AND "id" NOT LIKE '%/%')
);

CREATE TABLE "review_publication" (
    "review_id" TEXT NOT NULL,
    "publication_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "code" TEXT NOT NULL,

    PRIMARY KEY ("review_id", "publication_id"),
    CONSTRAINT "review_publication_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "review" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "review_publication_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "review_publication_position_integer" CHECK ("position" IS NULL OR (typeof("position") IN ('integer') AND "position" BETWEEN -2147483648 AND 2147483647))
);

CREATE INDEX "review_publication_publication_id_idx" ON "review_publication"("publication_id");

CREATE TABLE "review_criterion" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "review_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    CONSTRAINT "review_criterion_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "review" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "review_criterion_position_integer" CHECK ("position" IS NULL OR (typeof("position") IN ('integer') AND "position" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "review_criterion_kind_known" CHECK ("kind" IN ('inclusion', 'exclusion')),
    CONSTRAINT "review_criterion_key" CHECK (substr("id", 1, length("review_id") + 1) = "review_id" || '/')
);

CREATE INDEX "review_criterion_review_id_idx" ON "review_criterion"("review_id");

CREATE TABLE "review_outcome" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "review_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "label" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "definition" TEXT,
    "measure" TEXT,
    CONSTRAINT "review_outcome_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "review" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "review_outcome_position_integer" CHECK ("position" IS NULL OR (typeof("position") IN ('integer') AND "position" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "review_outcome_kind_known" CHECK ("kind" IN ('dichotomous', 'continuous', 'time_to_event', 'count', 'ordinal', 'other')),
    CONSTRAINT "review_outcome_role_known" CHECK ("role" IN ('primary', 'secondary', 'other', 'not_stated')),
    CONSTRAINT "review_outcome_direction_known" CHECK ("direction" IN ('benefit', 'harm', 'unclear')),
    CONSTRAINT "review_outcome_measure_known" CHECK ("measure" IN ('risk_ratio', 'odds_ratio', 'risk_difference', 'hazard_ratio', 'rate_ratio', 'rate_difference', 'mean_difference', 'standardised_mean_difference', 'ratio_of_means', 'median_difference', 'correlation', 'other')),
    CONSTRAINT "review_outcome_key" CHECK (substr("id", 1, length("review_id") + 1) = "review_id" || '/')
);

CREATE INDEX "review_outcome_review_id_idx" ON "review_outcome"("review_id");

CREATE TABLE "review_covariate" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "review_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "unit" TEXT,
    "definition" TEXT,
    CONSTRAINT "review_covariate_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "review" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "review_covariate_position_integer" CHECK ("position" IS NULL OR (typeof("position") IN ('integer') AND "position" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "review_covariate_key" CHECK (substr("id", 1, length("review_id") + 1) = "review_id" || '/')
);

CREATE INDEX "review_covariate_review_id_idx" ON "review_covariate"("review_id");

CREATE TABLE "review_study" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "review_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "study_id" TEXT,
    "label" TEXT,
    "citation" TEXT,
    "decision" TEXT NOT NULL,
    "reason" TEXT,
    "note" TEXT,
    CONSTRAINT "review_study_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "review" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "review_study_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "review_study_position_integer" CHECK ("position" IS NULL OR (typeof("position") IN ('integer') AND "position" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "review_study_decision_known" CHECK ("decision" IN ('included', 'excluded', 'awaiting', 'ongoing')),
    CONSTRAINT "review_study_key" CHECK (substr("id", 1, length("review_id") + 1) = "review_id" || '/'),
    CONSTRAINT "review_study_key_of_study" CHECK ("id" = "review_id" || '/' || "study_id"),
    CONSTRAINT "review_study_study_or_label" CHECK (("study_id" IS NULL) <> ("label" IS NULL)),
    CONSTRAINT "review_study_included_is_held" CHECK ("decision" <> 'included' OR "study_id" IS NOT NULL),
    CONSTRAINT "review_study_excluded_has_reason" CHECK ("decision" <> 'excluded' OR "reason" IS NOT NULL)
);

CREATE INDEX "review_study_review_id_idx" ON "review_study"("review_id");
CREATE INDEX "review_study_study_id_idx" ON "review_study"("study_id");

CREATE TABLE "review_study_covariate" (
    "review_study_id" TEXT NOT NULL,
    "covariate_id" TEXT NOT NULL,
    "review_id" TEXT NOT NULL,
    "number" REAL,
    "text" TEXT,
    "missing_reason" TEXT,

    PRIMARY KEY ("review_study_id", "covariate_id"),
    CONSTRAINT "review_study_covariate_review_study_id_fkey" FOREIGN KEY ("review_study_id") REFERENCES "review_study" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "review_study_covariate_covariate_id_fkey" FOREIGN KEY ("covariate_id") REFERENCES "review_covariate" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "review_study_covariate_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "review" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "review_study_covariate_number_number" CHECK ("number" IS NULL OR (typeof("number") IN ('integer', 'real') AND "number" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "review_study_covariate_missing_reason_known" CHECK ("missing_reason" IN ('not_reported', 'not_split_by_arm', 'not_estimable', 'not_reached', 'zero_at_risk', 'not_assessed', 'not_applicable', 'unclear')),
    CONSTRAINT "review_study_covariate_review_study_id_in_review" CHECK (substr("review_study_id", 1, length("review_id") + 1) = "review_id" || '/'),
    CONSTRAINT "review_study_covariate_covariate_id_in_review" CHECK (substr("covariate_id", 1, length("review_id") + 1) = "review_id" || '/'),
    CONSTRAINT "review_study_covariate_one_value" CHECK (CASE WHEN "number" IS NULL THEN 0 ELSE 1 END + CASE WHEN "text" IS NULL THEN 0 ELSE 1 END + CASE WHEN "missing_reason" IS NULL THEN 0 ELSE 1 END = 1)
);

CREATE INDEX "review_study_covariate_covariate_id_idx" ON "review_study_covariate"("covariate_id");
CREATE INDEX "review_study_covariate_review_id_idx" ON "review_study_covariate"("review_id");

CREATE TABLE "review_result" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "review_id" TEXT NOT NULL,
    "review_study_id" TEXT NOT NULL,
    "review_outcome_id" TEXT NOT NULL,
    "study_id" TEXT NOT NULL,
    "outcome_id" TEXT NOT NULL,
    "comparison_id" TEXT NOT NULL,
    "timepoint_id" TEXT,
    "analysis_set_id" TEXT,
    CONSTRAINT "review_result_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "review" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "review_result_review_study_id_fkey" FOREIGN KEY ("review_study_id") REFERENCES "review_study" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "review_result_review_outcome_id_fkey" FOREIGN KEY ("review_outcome_id") REFERENCES "review_outcome" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "review_result_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "review_result_outcome_id_fkey" FOREIGN KEY ("outcome_id") REFERENCES "outcome" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "review_result_comparison_id_fkey" FOREIGN KEY ("comparison_id") REFERENCES "comparison" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "review_result_timepoint_id_fkey" FOREIGN KEY ("timepoint_id") REFERENCES "timepoint" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "review_result_analysis_set_id_fkey" FOREIGN KEY ("analysis_set_id") REFERENCES "analysis_set" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
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

ALTER TABLE "import_run" ADD COLUMN "review_id" TEXT REFERENCES "review" ("id") ON DELETE SET NULL ON UPDATE CASCADE;

CREATE INDEX "import_run_review_id_idx" ON "import_run"("review_id");
