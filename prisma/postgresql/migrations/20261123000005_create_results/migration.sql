-- What was counted and measured: sizes, follow-up, outcomes, analyses and harms.
-- The same rules as on SQLite, but for those that PostgreSQL's types enforce by themselves.

CREATE TYPE "follow_up_statistic" AS ENUM ('median', 'mean', 'minimum', 'maximum');
CREATE TYPE "follow_up_basis" AS ENUM ('actual', 'potential', 'not_stated');
CREATE TYPE "time_unit" AS ENUM ('days', 'weeks', 'months', 'years');
CREATE TYPE "timepoint_kind" AS ENUM ('at', 'over', 'last_follow_up', 'at_report');
CREATE TYPE "outcome_kind" AS ENUM ('dichotomous', 'continuous', 'time_to_event', 'count', 'ordinal', 'other');
CREATE TYPE "outcome_role" AS ENUM ('primary', 'secondary', 'other', 'not_stated');
CREATE TYPE "outcome_direction" AS ENUM ('benefit', 'harm', 'unclear');
CREATE TYPE "effect_measure" AS ENUM ('risk_ratio', 'odds_ratio', 'risk_difference', 'hazard_ratio', 'rate_ratio', 'rate_difference', 'mean_difference', 'standardised_mean_difference', 'ratio_of_means', 'median_difference', 'correlation', 'other');
CREATE TYPE "finding_direction" AS ENUM ('favours_experimental', 'favours_reference', 'no_difference', 'unclear');
CREATE TYPE "analysis_group_role" AS ENUM ('experimental', 'reference', 'member', 'single', 'unstated');

CREATE TABLE "enrolment" (
    "id" TEXT COLLATE "C" NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    "study_group_id" TEXT COLLATE "C" NOT NULL,
    "analysis_set_id" TEXT COLLATE "C" NOT NULL,
    "participants" INTEGER,
    "derived" BOOLEAN NOT NULL DEFAULT false,
    "missing_reason" "missing_reason",
    "note" TEXT COLLATE "C",
    CONSTRAINT "enrolment_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "enrolment_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "enrolment_study_group_id_fkey" FOREIGN KEY ("study_group_id") REFERENCES "study_group"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "enrolment_analysis_set_id_fkey" FOREIGN KEY ("analysis_set_id") REFERENCES "analysis_set"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "enrolment_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "enrolment_study_group_id_in_study" CHECK (substr("study_group_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "enrolment_analysis_set_id_in_study" CHECK (substr("analysis_set_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "enrolment_number_or_reason" CHECK (("participants" IS NULL) <> ("missing_reason" IS NULL))
);

CREATE INDEX "enrolment_study_id_idx" ON "enrolment"("study_id");
CREATE INDEX "enrolment_analysis_set_id_idx" ON "enrolment"("analysis_set_id");
CREATE UNIQUE INDEX "enrolment_study_group_id_analysis_set_id_key" ON "enrolment"("study_group_id", "analysis_set_id");

CREATE TABLE "follow_up" (
    "id" TEXT COLLATE "C" NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    "study_group_id" TEXT COLLATE "C" NOT NULL,
    "statistic" "follow_up_statistic" NOT NULL,
    "basis" "follow_up_basis" NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "unit" "time_unit" NOT NULL,
    CONSTRAINT "follow_up_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "follow_up_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "follow_up_study_group_id_fkey" FOREIGN KEY ("study_group_id") REFERENCES "study_group"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "follow_up_value_number" CHECK ("value" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    CONSTRAINT "follow_up_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "follow_up_study_group_id_in_study" CHECK (substr("study_group_id", 1, length("study_id") + 1) = "study_id" || '/')
);

CREATE INDEX "follow_up_study_id_idx" ON "follow_up"("study_id");
CREATE INDEX "follow_up_study_group_id_idx" ON "follow_up"("study_group_id");

CREATE TABLE "participant_flow" (
    "id" TEXT COLLATE "C" NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    "study_group_id" TEXT COLLATE "C" NOT NULL,
    "period" TEXT COLLATE "C",
    "milestone" TEXT COLLATE "C" NOT NULL,
    "reason" TEXT COLLATE "C",
    "participants" INTEGER,
    "derived" BOOLEAN NOT NULL DEFAULT false,
    "missing_reason" "missing_reason",
    CONSTRAINT "participant_flow_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "participant_flow_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "participant_flow_study_group_id_fkey" FOREIGN KEY ("study_group_id") REFERENCES "study_group"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "participant_flow_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "participant_flow_study_group_id_in_study" CHECK (substr("study_group_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "participant_flow_number_or_reason" CHECK (("participants" IS NULL) <> ("missing_reason" IS NULL))
);

CREATE INDEX "participant_flow_study_id_idx" ON "participant_flow"("study_id");
CREATE INDEX "participant_flow_study_group_id_idx" ON "participant_flow"("study_group_id");

CREATE TABLE "baseline_measurement" (
    "id" TEXT COLLATE "C" NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    "study_group_id" TEXT COLLATE "C" NOT NULL,
    "analysis_set_id" TEXT COLLATE "C",
    "characteristic" TEXT COLLATE "C" NOT NULL,
    "category" TEXT COLLATE "C",
    "unit" TEXT COLLATE "C",
    "count" INTEGER,
    "total" INTEGER,
    "mean" DOUBLE PRECISION,
    "sd" DOUBLE PRECISION,
    "median" DOUBLE PRECISION,
    "q1" DOUBLE PRECISION,
    "q3" DOUBLE PRECISION,
    "minimum" DOUBLE PRECISION,
    "maximum" DOUBLE PRECISION,
    "derived" BOOLEAN NOT NULL DEFAULT false,
    "missing_reason" "missing_reason",
    "note" TEXT COLLATE "C",
    CONSTRAINT "baseline_measurement_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "baseline_measurement_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "baseline_measurement_study_group_id_fkey" FOREIGN KEY ("study_group_id") REFERENCES "study_group"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "baseline_measurement_analysis_set_id_fkey" FOREIGN KEY ("analysis_set_id") REFERENCES "analysis_set"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "baseline_measurement_mean_number" CHECK ("mean" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    CONSTRAINT "baseline_measurement_sd_number" CHECK ("sd" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    CONSTRAINT "baseline_measurement_median_number" CHECK ("median" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    CONSTRAINT "baseline_measurement_q1_number" CHECK ("q1" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    CONSTRAINT "baseline_measurement_q3_number" CHECK ("q3" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    CONSTRAINT "baseline_measurement_minimum_number" CHECK ("minimum" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    CONSTRAINT "baseline_measurement_maximum_number" CHECK ("maximum" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    CONSTRAINT "baseline_measurement_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "baseline_measurement_study_group_id_in_study" CHECK (substr("study_group_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "baseline_measurement_analysis_set_id_in_study" CHECK (substr("analysis_set_id", 1, length("study_id") + 1) = "study_id" || '/')
);

CREATE INDEX "baseline_measurement_study_id_idx" ON "baseline_measurement"("study_id");
CREATE INDEX "baseline_measurement_study_group_id_idx" ON "baseline_measurement"("study_group_id");
CREATE INDEX "baseline_measurement_analysis_set_id_idx" ON "baseline_measurement"("analysis_set_id");

CREATE TABLE "timepoint" (
    "id" TEXT COLLATE "C" NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" "timepoint_kind" NOT NULL,
    "label" TEXT COLLATE "C" NOT NULL,
    "from_time" DOUBLE PRECISION,
    "to_time" DOUBLE PRECISION,
    "unit" "time_unit",
    CONSTRAINT "timepoint_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "timepoint_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "timepoint_from_time_number" CHECK ("from_time" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    CONSTRAINT "timepoint_to_time_number" CHECK ("to_time" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    CONSTRAINT "timepoint_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "timepoint_times_of_kind" CHECK (CASE "kind" WHEN 'at' THEN "from_time" IS NOT NULL AND "to_time" IS NULL AND "unit" IS NOT NULL WHEN 'over' THEN "from_time" IS NOT NULL AND "to_time" IS NOT NULL AND "unit" IS NOT NULL ELSE "from_time" IS NULL AND "to_time" IS NULL AND "unit" IS NULL END)
);

CREATE INDEX "timepoint_study_id_idx" ON "timepoint"("study_id");

CREATE TABLE "outcome" (
    "id" TEXT COLLATE "C" NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "label" TEXT COLLATE "C" NOT NULL,
    "kind" "outcome_kind" NOT NULL,
    "role" "outcome_role" NOT NULL,
    "direction" "outcome_direction" NOT NULL,
    "definition" TEXT COLLATE "C",
    "unit" TEXT COLLATE "C",
    CONSTRAINT "outcome_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "outcome_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "outcome_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/')
);

CREATE INDEX "outcome_study_id_idx" ON "outcome"("study_id");

CREATE TABLE "outcome_measurement" (
    "id" TEXT COLLATE "C" NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    "outcome_id" TEXT COLLATE "C" NOT NULL,
    "study_group_id" TEXT COLLATE "C" NOT NULL,
    "analysis_set_id" TEXT COLLATE "C",
    "timepoint_id" TEXT COLLATE "C",
    "events" INTEGER,
    "total" INTEGER,
    "person_time" DOUBLE PRECISION,
    "person_time_unit" "time_unit",
    "mean" DOUBLE PRECISION,
    "sd" DOUBLE PRECISION,
    "se" DOUBLE PRECISION,
    "median" DOUBLE PRECISION,
    "q1" DOUBLE PRECISION,
    "q3" DOUBLE PRECISION,
    "minimum" DOUBLE PRECISION,
    "maximum" DOUBLE PRECISION,
    "proportion" DOUBLE PRECISION,
    "ci_lower" DOUBLE PRECISION,
    "ci_upper" DOUBLE PRECISION,
    "ci_level" DOUBLE PRECISION,
    "method" TEXT COLLATE "C",
    "derived" BOOLEAN NOT NULL DEFAULT false,
    "missing_reason" "missing_reason",
    "note" TEXT COLLATE "C",
    CONSTRAINT "outcome_measurement_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "outcome_measurement_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "outcome_measurement_outcome_id_fkey" FOREIGN KEY ("outcome_id") REFERENCES "outcome"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "outcome_measurement_study_group_id_fkey" FOREIGN KEY ("study_group_id") REFERENCES "study_group"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "outcome_measurement_analysis_set_id_fkey" FOREIGN KEY ("analysis_set_id") REFERENCES "analysis_set"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "outcome_measurement_timepoint_id_fkey" FOREIGN KEY ("timepoint_id") REFERENCES "timepoint"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "outcome_measurement_person_time_number" CHECK ("person_time" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    CONSTRAINT "outcome_measurement_mean_number" CHECK ("mean" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    CONSTRAINT "outcome_measurement_sd_number" CHECK ("sd" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    CONSTRAINT "outcome_measurement_se_number" CHECK ("se" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    CONSTRAINT "outcome_measurement_median_number" CHECK ("median" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    CONSTRAINT "outcome_measurement_q1_number" CHECK ("q1" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    CONSTRAINT "outcome_measurement_q3_number" CHECK ("q3" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    CONSTRAINT "outcome_measurement_minimum_number" CHECK ("minimum" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    CONSTRAINT "outcome_measurement_maximum_number" CHECK ("maximum" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    CONSTRAINT "outcome_measurement_proportion_number" CHECK ("proportion" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    CONSTRAINT "outcome_measurement_ci_lower_number" CHECK ("ci_lower" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    CONSTRAINT "outcome_measurement_ci_upper_number" CHECK ("ci_upper" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    CONSTRAINT "outcome_measurement_ci_level_number" CHECK ("ci_level" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    CONSTRAINT "outcome_measurement_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "outcome_measurement_outcome_id_in_study" CHECK (substr("outcome_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "outcome_measurement_study_group_id_in_study" CHECK (substr("study_group_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "outcome_measurement_analysis_set_id_in_study" CHECK (substr("analysis_set_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "outcome_measurement_timepoint_id_in_study" CHECK (substr("timepoint_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "outcome_measurement_person_time_has_unit" CHECK (("person_time" IS NULL) = ("person_time_unit" IS NULL))
);

CREATE INDEX "outcome_measurement_study_id_idx" ON "outcome_measurement"("study_id");
CREATE INDEX "outcome_measurement_outcome_id_idx" ON "outcome_measurement"("outcome_id");
CREATE INDEX "outcome_measurement_study_group_id_idx" ON "outcome_measurement"("study_group_id");
CREATE INDEX "outcome_measurement_analysis_set_id_idx" ON "outcome_measurement"("analysis_set_id");
CREATE INDEX "outcome_measurement_timepoint_id_idx" ON "outcome_measurement"("timepoint_id");

CREATE TABLE "outcome_analysis" (
    "id" TEXT COLLATE "C" NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    "outcome_id" TEXT COLLATE "C" NOT NULL,
    "timepoint_id" TEXT COLLATE "C",
    "analysis_set_id" TEXT COLLATE "C",
    "comparison_id" TEXT COLLATE "C",
    "measure" "effect_measure",
    "estimate" DOUBLE PRECISION,
    "ci_lower" DOUBLE PRECISION,
    "ci_upper" DOUBLE PRECISION,
    "ci_level" DOUBLE PRECISION,
    "p_operator" TEXT COLLATE "C",
    "p_value" DOUBLE PRECISION,
    "p_text" TEXT COLLATE "C",
    "p_sides" INTEGER,
    "method" TEXT COLLATE "C",
    "method_missing_reason" "missing_reason",
    "finding" TEXT COLLATE "C",
    "finding_direction" "finding_direction",
    "corrected" BOOLEAN NOT NULL DEFAULT false,
    "derived" BOOLEAN NOT NULL DEFAULT false,
    "missing_reason" "missing_reason",
    "note" TEXT COLLATE "C",
    CONSTRAINT "outcome_analysis_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "outcome_analysis_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "outcome_analysis_outcome_id_fkey" FOREIGN KEY ("outcome_id") REFERENCES "outcome"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "outcome_analysis_timepoint_id_fkey" FOREIGN KEY ("timepoint_id") REFERENCES "timepoint"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "outcome_analysis_analysis_set_id_fkey" FOREIGN KEY ("analysis_set_id") REFERENCES "analysis_set"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "outcome_analysis_comparison_id_fkey" FOREIGN KEY ("comparison_id") REFERENCES "comparison"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "outcome_analysis_estimate_number" CHECK ("estimate" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    CONSTRAINT "outcome_analysis_ci_lower_number" CHECK ("ci_lower" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    CONSTRAINT "outcome_analysis_ci_upper_number" CHECK ("ci_upper" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    CONSTRAINT "outcome_analysis_ci_level_number" CHECK ("ci_level" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    CONSTRAINT "outcome_analysis_p_value_number" CHECK ("p_value" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    CONSTRAINT "outcome_analysis_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "outcome_analysis_outcome_id_in_study" CHECK (substr("outcome_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "outcome_analysis_timepoint_id_in_study" CHECK (substr("timepoint_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "outcome_analysis_analysis_set_id_in_study" CHECK (substr("analysis_set_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "outcome_analysis_comparison_id_in_study" CHECK (substr("comparison_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "outcome_analysis_method_or_reason" CHECK ("method" IS NULL OR "method_missing_reason" IS NULL),
    CONSTRAINT "outcome_analysis_p_operator_known" CHECK ("p_operator" IN ('=', '<', '<=', '>', '>=')),
    CONSTRAINT "outcome_analysis_p_value_has_operator" CHECK (("p_value" IS NULL) = ("p_operator" IS NULL)),
    CONSTRAINT "outcome_analysis_p_sides_known" CHECK ("p_sides" IN (1, 2))
);

CREATE INDEX "outcome_analysis_study_id_idx" ON "outcome_analysis"("study_id");
CREATE INDEX "outcome_analysis_outcome_id_idx" ON "outcome_analysis"("outcome_id");
CREATE INDEX "outcome_analysis_timepoint_id_idx" ON "outcome_analysis"("timepoint_id");
CREATE INDEX "outcome_analysis_analysis_set_id_idx" ON "outcome_analysis"("analysis_set_id");
CREATE INDEX "outcome_analysis_comparison_id_idx" ON "outcome_analysis"("comparison_id");

CREATE TABLE "analysis_group" (
    "analysis_id" TEXT COLLATE "C" NOT NULL,
    "study_group_id" TEXT COLLATE "C" NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    "role" "analysis_group_role" NOT NULL,
    CONSTRAINT "analysis_group_pkey" PRIMARY KEY ("analysis_id","study_group_id"),
    CONSTRAINT "analysis_group_analysis_id_fkey" FOREIGN KEY ("analysis_id") REFERENCES "outcome_analysis"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "analysis_group_study_group_id_fkey" FOREIGN KEY ("study_group_id") REFERENCES "study_group"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "analysis_group_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "analysis_group_analysis_id_in_study" CHECK (substr("analysis_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "analysis_group_study_group_id_in_study" CHECK (substr("study_group_id", 1, length("study_id") + 1) = "study_id" || '/')
);

CREATE INDEX "analysis_group_study_group_id_idx" ON "analysis_group"("study_group_id");
CREATE INDEX "analysis_group_study_id_idx" ON "analysis_group"("study_id");

CREATE TABLE "adverse_event_term" (
    "id" TEXT COLLATE "C" NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "term" TEXT COLLATE "C" NOT NULL,
    "parent_id" TEXT COLLATE "C",
    "organ_system" TEXT COLLATE "C",
    "vocabulary" TEXT COLLATE "C",
    "descriptor_ui" TEXT COLLATE "C",
    "serious" BOOLEAN,
    "related" BOOLEAN,
    "fatal" BOOLEAN,
    "narrative" TEXT COLLATE "C",
    CONSTRAINT "adverse_event_term_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "adverse_event_term_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "adverse_event_term_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "adverse_event_term"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "adverse_event_term_descriptor_ui_fkey" FOREIGN KEY ("descriptor_ui") REFERENCES "mesh_descriptor"("ui") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "adverse_event_term_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "adverse_event_term_parent_id_in_study" CHECK (substr("parent_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "adverse_event_term_not_within_itself" CHECK ("parent_id" <> "id")
);

CREATE INDEX "adverse_event_term_study_id_idx" ON "adverse_event_term"("study_id");
CREATE INDEX "adverse_event_term_parent_id_idx" ON "adverse_event_term"("parent_id");
CREATE INDEX "adverse_event_term_descriptor_ui_idx" ON "adverse_event_term"("descriptor_ui");

CREATE TABLE "adverse_event_count" (
    "id" TEXT COLLATE "C" NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    "term_id" TEXT COLLATE "C" NOT NULL,
    "study_group_id" TEXT COLLATE "C" NOT NULL,
    "analysis_set_id" TEXT COLLATE "C",
    "timepoint_id" TEXT COLLATE "C",
    "affected" INTEGER,
    "at_risk" INTEGER,
    "events" INTEGER,
    "percent" DOUBLE PRECISION,
    "derived" BOOLEAN NOT NULL DEFAULT false,
    "missing_reason" "missing_reason",
    "note" TEXT COLLATE "C",
    CONSTRAINT "adverse_event_count_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "adverse_event_count_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "adverse_event_count_term_id_fkey" FOREIGN KEY ("term_id") REFERENCES "adverse_event_term"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "adverse_event_count_study_group_id_fkey" FOREIGN KEY ("study_group_id") REFERENCES "study_group"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "adverse_event_count_analysis_set_id_fkey" FOREIGN KEY ("analysis_set_id") REFERENCES "analysis_set"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "adverse_event_count_timepoint_id_fkey" FOREIGN KEY ("timepoint_id") REFERENCES "timepoint"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "adverse_event_count_percent_number" CHECK ("percent" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    CONSTRAINT "adverse_event_count_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "adverse_event_count_term_id_in_study" CHECK (substr("term_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "adverse_event_count_study_group_id_in_study" CHECK (substr("study_group_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "adverse_event_count_analysis_set_id_in_study" CHECK (substr("analysis_set_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "adverse_event_count_timepoint_id_in_study" CHECK (substr("timepoint_id", 1, length("study_id") + 1) = "study_id" || '/')
);

CREATE INDEX "adverse_event_count_study_id_idx" ON "adverse_event_count"("study_id");
CREATE INDEX "adverse_event_count_term_id_idx" ON "adverse_event_count"("term_id");
CREATE INDEX "adverse_event_count_study_group_id_idx" ON "adverse_event_count"("study_group_id");
CREATE INDEX "adverse_event_count_analysis_set_id_idx" ON "adverse_event_count"("analysis_set_id");
CREATE INDEX "adverse_event_count_timepoint_id_idx" ON "adverse_event_count"("timepoint_id");
