-- What was counted and measured: sizes, follow-up, outcomes, analyses and harms.
-- The CHECKs stand inside CREATE TABLE because SQLite can add none later.

CREATE TABLE "enrolment" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "study_id" TEXT NOT NULL,
    "study_group_id" TEXT NOT NULL,
    "analysis_set_id" TEXT NOT NULL,
    "participants" INTEGER,
    "derived" BOOLEAN NOT NULL DEFAULT false,
    "missing_reason" TEXT,
    "note" TEXT,
    CONSTRAINT "enrolment_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "enrolment_study_group_id_fkey" FOREIGN KEY ("study_group_id") REFERENCES "study_group" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "enrolment_analysis_set_id_fkey" FOREIGN KEY ("analysis_set_id") REFERENCES "analysis_set" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "enrolment_participants_integer" CHECK ("participants" IS NULL OR (typeof("participants") IN ('integer') AND "participants" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "enrolment_derived_boolean" CHECK ("derived" IN (0, 1)),
    CONSTRAINT "enrolment_missing_reason_known" CHECK ("missing_reason" IN ('not_reported', 'not_split_by_arm', 'not_estimable', 'not_reached', 'zero_at_risk', 'not_assessed', 'not_applicable', 'unclear')),
    CONSTRAINT "enrolment_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "enrolment_study_group_id_in_study" CHECK (substr("study_group_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "enrolment_analysis_set_id_in_study" CHECK (substr("analysis_set_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "enrolment_number_or_reason" CHECK (("participants" IS NULL) <> ("missing_reason" IS NULL))
);

CREATE INDEX "enrolment_study_id_idx" ON "enrolment"("study_id");
CREATE INDEX "enrolment_analysis_set_id_idx" ON "enrolment"("analysis_set_id");
CREATE UNIQUE INDEX "enrolment_study_group_id_analysis_set_id_key" ON "enrolment"("study_group_id", "analysis_set_id");

CREATE TABLE "follow_up" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "study_id" TEXT NOT NULL,
    "study_group_id" TEXT NOT NULL,
    "statistic" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "value" REAL NOT NULL,
    "unit" TEXT NOT NULL,
    CONSTRAINT "follow_up_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "follow_up_study_group_id_fkey" FOREIGN KEY ("study_group_id") REFERENCES "study_group" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "follow_up_statistic_known" CHECK ("statistic" IN ('median', 'mean', 'minimum', 'maximum')),
    CONSTRAINT "follow_up_basis_known" CHECK ("basis" IN ('actual', 'potential', 'not_stated')),
    CONSTRAINT "follow_up_value_number" CHECK ("value" IS NULL OR (typeof("value") IN ('integer', 'real') AND "value" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "follow_up_unit_known" CHECK ("unit" IN ('days', 'weeks', 'months', 'years')),
    CONSTRAINT "follow_up_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "follow_up_study_group_id_in_study" CHECK (substr("study_group_id", 1, length("study_id") + 1) = "study_id" || '/')
);

CREATE INDEX "follow_up_study_id_idx" ON "follow_up"("study_id");
CREATE INDEX "follow_up_study_group_id_idx" ON "follow_up"("study_group_id");

CREATE TABLE "participant_flow" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "study_id" TEXT NOT NULL,
    "study_group_id" TEXT NOT NULL,
    "period" TEXT,
    "milestone" TEXT NOT NULL,
    "reason" TEXT,
    "participants" INTEGER,
    "derived" BOOLEAN NOT NULL DEFAULT false,
    "missing_reason" TEXT,
    CONSTRAINT "participant_flow_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "participant_flow_study_group_id_fkey" FOREIGN KEY ("study_group_id") REFERENCES "study_group" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "participant_flow_participants_integer" CHECK ("participants" IS NULL OR (typeof("participants") IN ('integer') AND "participants" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "participant_flow_derived_boolean" CHECK ("derived" IN (0, 1)),
    CONSTRAINT "participant_flow_missing_reason_known" CHECK ("missing_reason" IN ('not_reported', 'not_split_by_arm', 'not_estimable', 'not_reached', 'zero_at_risk', 'not_assessed', 'not_applicable', 'unclear')),
    CONSTRAINT "participant_flow_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "participant_flow_study_group_id_in_study" CHECK (substr("study_group_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "participant_flow_number_or_reason" CHECK (("participants" IS NULL) <> ("missing_reason" IS NULL))
);

CREATE INDEX "participant_flow_study_id_idx" ON "participant_flow"("study_id");
CREATE INDEX "participant_flow_study_group_id_idx" ON "participant_flow"("study_group_id");

CREATE TABLE "baseline_measurement" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "study_id" TEXT NOT NULL,
    "study_group_id" TEXT NOT NULL,
    "analysis_set_id" TEXT,
    "characteristic" TEXT NOT NULL,
    "category" TEXT,
    "unit" TEXT,
    "count" INTEGER,
    "total" INTEGER,
    "mean" REAL,
    "sd" REAL,
    "median" REAL,
    "q1" REAL,
    "q3" REAL,
    "minimum" REAL,
    "maximum" REAL,
    "derived" BOOLEAN NOT NULL DEFAULT false,
    "missing_reason" TEXT,
    "note" TEXT,
    CONSTRAINT "baseline_measurement_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "baseline_measurement_study_group_id_fkey" FOREIGN KEY ("study_group_id") REFERENCES "study_group" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "baseline_measurement_analysis_set_id_fkey" FOREIGN KEY ("analysis_set_id") REFERENCES "analysis_set" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "baseline_measurement_count_integer" CHECK ("count" IS NULL OR (typeof("count") IN ('integer') AND "count" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "baseline_measurement_total_integer" CHECK ("total" IS NULL OR (typeof("total") IN ('integer') AND "total" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "baseline_measurement_mean_number" CHECK ("mean" IS NULL OR (typeof("mean") IN ('integer', 'real') AND "mean" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "baseline_measurement_sd_number" CHECK ("sd" IS NULL OR (typeof("sd") IN ('integer', 'real') AND "sd" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "baseline_measurement_median_number" CHECK ("median" IS NULL OR (typeof("median") IN ('integer', 'real') AND "median" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "baseline_measurement_q1_number" CHECK ("q1" IS NULL OR (typeof("q1") IN ('integer', 'real') AND "q1" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "baseline_measurement_q3_number" CHECK ("q3" IS NULL OR (typeof("q3") IN ('integer', 'real') AND "q3" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "baseline_measurement_minimum_number" CHECK ("minimum" IS NULL OR (typeof("minimum") IN ('integer', 'real') AND "minimum" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "baseline_measurement_maximum_number" CHECK ("maximum" IS NULL OR (typeof("maximum") IN ('integer', 'real') AND "maximum" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "baseline_measurement_derived_boolean" CHECK ("derived" IN (0, 1)),
    CONSTRAINT "baseline_measurement_missing_reason_known" CHECK ("missing_reason" IN ('not_reported', 'not_split_by_arm', 'not_estimable', 'not_reached', 'zero_at_risk', 'not_assessed', 'not_applicable', 'unclear')),
    CONSTRAINT "baseline_measurement_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "baseline_measurement_study_group_id_in_study" CHECK (substr("study_group_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "baseline_measurement_analysis_set_id_in_study" CHECK (substr("analysis_set_id", 1, length("study_id") + 1) = "study_id" || '/')
);

CREATE INDEX "baseline_measurement_study_id_idx" ON "baseline_measurement"("study_id");
CREATE INDEX "baseline_measurement_study_group_id_idx" ON "baseline_measurement"("study_group_id");
CREATE INDEX "baseline_measurement_analysis_set_id_idx" ON "baseline_measurement"("analysis_set_id");

CREATE TABLE "timepoint" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "study_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "from_time" REAL,
    "to_time" REAL,
    "unit" TEXT,
    CONSTRAINT "timepoint_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "timepoint_position_integer" CHECK ("position" IS NULL OR (typeof("position") IN ('integer') AND "position" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "timepoint_kind_known" CHECK ("kind" IN ('at', 'over', 'last_follow_up', 'at_report')),
    CONSTRAINT "timepoint_from_time_number" CHECK ("from_time" IS NULL OR (typeof("from_time") IN ('integer', 'real') AND "from_time" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "timepoint_to_time_number" CHECK ("to_time" IS NULL OR (typeof("to_time") IN ('integer', 'real') AND "to_time" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "timepoint_unit_known" CHECK ("unit" IN ('days', 'weeks', 'months', 'years')),
    CONSTRAINT "timepoint_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "timepoint_times_of_kind" CHECK (CASE "kind" WHEN 'at' THEN "from_time" IS NOT NULL AND "to_time" IS NULL AND "unit" IS NOT NULL WHEN 'over' THEN "from_time" IS NOT NULL AND "to_time" IS NOT NULL AND "unit" IS NOT NULL ELSE "from_time" IS NULL AND "to_time" IS NULL AND "unit" IS NULL END)
);

CREATE INDEX "timepoint_study_id_idx" ON "timepoint"("study_id");

CREATE TABLE "outcome" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "study_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "label" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "definition" TEXT,
    "unit" TEXT,
    CONSTRAINT "outcome_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "outcome_position_integer" CHECK ("position" IS NULL OR (typeof("position") IN ('integer') AND "position" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "outcome_kind_known" CHECK ("kind" IN ('dichotomous', 'continuous', 'time_to_event', 'count', 'ordinal', 'other')),
    CONSTRAINT "outcome_role_known" CHECK ("role" IN ('primary', 'secondary', 'other', 'not_stated')),
    CONSTRAINT "outcome_direction_known" CHECK ("direction" IN ('benefit', 'harm', 'unclear')),
    CONSTRAINT "outcome_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/')
);

CREATE INDEX "outcome_study_id_idx" ON "outcome"("study_id");

CREATE TABLE "outcome_measurement" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "study_id" TEXT NOT NULL,
    "outcome_id" TEXT NOT NULL,
    "study_group_id" TEXT NOT NULL,
    "analysis_set_id" TEXT,
    "timepoint_id" TEXT,
    "events" INTEGER,
    "total" INTEGER,
    "person_time" REAL,
    "person_time_unit" TEXT,
    "mean" REAL,
    "sd" REAL,
    "se" REAL,
    "median" REAL,
    "q1" REAL,
    "q3" REAL,
    "minimum" REAL,
    "maximum" REAL,
    "proportion" REAL,
    "ci_lower" REAL,
    "ci_upper" REAL,
    "ci_level" REAL,
    "method" TEXT,
    "derived" BOOLEAN NOT NULL DEFAULT false,
    "missing_reason" TEXT,
    "note" TEXT,
    CONSTRAINT "outcome_measurement_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "outcome_measurement_outcome_id_fkey" FOREIGN KEY ("outcome_id") REFERENCES "outcome" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "outcome_measurement_study_group_id_fkey" FOREIGN KEY ("study_group_id") REFERENCES "study_group" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "outcome_measurement_analysis_set_id_fkey" FOREIGN KEY ("analysis_set_id") REFERENCES "analysis_set" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "outcome_measurement_timepoint_id_fkey" FOREIGN KEY ("timepoint_id") REFERENCES "timepoint" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "outcome_measurement_events_integer" CHECK ("events" IS NULL OR (typeof("events") IN ('integer') AND "events" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "outcome_measurement_total_integer" CHECK ("total" IS NULL OR (typeof("total") IN ('integer') AND "total" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "outcome_measurement_person_time_number" CHECK ("person_time" IS NULL OR (typeof("person_time") IN ('integer', 'real') AND "person_time" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "outcome_measurement_person_time_unit_known" CHECK ("person_time_unit" IN ('days', 'weeks', 'months', 'years')),
    CONSTRAINT "outcome_measurement_mean_number" CHECK ("mean" IS NULL OR (typeof("mean") IN ('integer', 'real') AND "mean" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "outcome_measurement_sd_number" CHECK ("sd" IS NULL OR (typeof("sd") IN ('integer', 'real') AND "sd" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "outcome_measurement_se_number" CHECK ("se" IS NULL OR (typeof("se") IN ('integer', 'real') AND "se" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "outcome_measurement_median_number" CHECK ("median" IS NULL OR (typeof("median") IN ('integer', 'real') AND "median" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "outcome_measurement_q1_number" CHECK ("q1" IS NULL OR (typeof("q1") IN ('integer', 'real') AND "q1" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "outcome_measurement_q3_number" CHECK ("q3" IS NULL OR (typeof("q3") IN ('integer', 'real') AND "q3" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "outcome_measurement_minimum_number" CHECK ("minimum" IS NULL OR (typeof("minimum") IN ('integer', 'real') AND "minimum" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "outcome_measurement_maximum_number" CHECK ("maximum" IS NULL OR (typeof("maximum") IN ('integer', 'real') AND "maximum" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "outcome_measurement_proportion_number" CHECK ("proportion" IS NULL OR (typeof("proportion") IN ('integer', 'real') AND "proportion" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "outcome_measurement_ci_lower_number" CHECK ("ci_lower" IS NULL OR (typeof("ci_lower") IN ('integer', 'real') AND "ci_lower" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "outcome_measurement_ci_upper_number" CHECK ("ci_upper" IS NULL OR (typeof("ci_upper") IN ('integer', 'real') AND "ci_upper" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "outcome_measurement_ci_level_number" CHECK ("ci_level" IS NULL OR (typeof("ci_level") IN ('integer', 'real') AND "ci_level" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "outcome_measurement_derived_boolean" CHECK ("derived" IN (0, 1)),
    CONSTRAINT "outcome_measurement_missing_reason_known" CHECK ("missing_reason" IN ('not_reported', 'not_split_by_arm', 'not_estimable', 'not_reached', 'zero_at_risk', 'not_assessed', 'not_applicable', 'unclear')),
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
    "id" TEXT NOT NULL PRIMARY KEY,
    "study_id" TEXT NOT NULL,
    "outcome_id" TEXT NOT NULL,
    "timepoint_id" TEXT,
    "analysis_set_id" TEXT,
    "comparison_id" TEXT,
    "measure" TEXT,
    "estimate" REAL,
    "ci_lower" REAL,
    "ci_upper" REAL,
    "ci_level" REAL,
    "p_operator" TEXT,
    "p_value" REAL,
    "p_text" TEXT,
    "p_sides" INTEGER,
    "method" TEXT,
    "method_missing_reason" TEXT,
    "finding" TEXT,
    "finding_direction" TEXT,
    "corrected" BOOLEAN NOT NULL DEFAULT false,
    "derived" BOOLEAN NOT NULL DEFAULT false,
    "missing_reason" TEXT,
    "note" TEXT,
    CONSTRAINT "outcome_analysis_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "outcome_analysis_outcome_id_fkey" FOREIGN KEY ("outcome_id") REFERENCES "outcome" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "outcome_analysis_timepoint_id_fkey" FOREIGN KEY ("timepoint_id") REFERENCES "timepoint" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "outcome_analysis_analysis_set_id_fkey" FOREIGN KEY ("analysis_set_id") REFERENCES "analysis_set" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "outcome_analysis_comparison_id_fkey" FOREIGN KEY ("comparison_id") REFERENCES "comparison" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "outcome_analysis_measure_known" CHECK ("measure" IN ('risk_ratio', 'odds_ratio', 'risk_difference', 'hazard_ratio', 'rate_ratio', 'rate_difference', 'mean_difference', 'standardised_mean_difference', 'ratio_of_means', 'median_difference', 'correlation', 'other')),
    CONSTRAINT "outcome_analysis_estimate_number" CHECK ("estimate" IS NULL OR (typeof("estimate") IN ('integer', 'real') AND "estimate" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "outcome_analysis_ci_lower_number" CHECK ("ci_lower" IS NULL OR (typeof("ci_lower") IN ('integer', 'real') AND "ci_lower" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "outcome_analysis_ci_upper_number" CHECK ("ci_upper" IS NULL OR (typeof("ci_upper") IN ('integer', 'real') AND "ci_upper" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "outcome_analysis_ci_level_number" CHECK ("ci_level" IS NULL OR (typeof("ci_level") IN ('integer', 'real') AND "ci_level" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "outcome_analysis_p_value_number" CHECK ("p_value" IS NULL OR (typeof("p_value") IN ('integer', 'real') AND "p_value" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "outcome_analysis_p_sides_integer" CHECK ("p_sides" IS NULL OR (typeof("p_sides") IN ('integer') AND "p_sides" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "outcome_analysis_method_missing_reason_known" CHECK ("method_missing_reason" IN ('not_reported', 'not_split_by_arm', 'not_estimable', 'not_reached', 'zero_at_risk', 'not_assessed', 'not_applicable', 'unclear')),
    CONSTRAINT "outcome_analysis_finding_direction_known" CHECK ("finding_direction" IN ('favours_experimental', 'favours_reference', 'no_difference', 'unclear')),
    CONSTRAINT "outcome_analysis_corrected_boolean" CHECK ("corrected" IN (0, 1)),
    CONSTRAINT "outcome_analysis_derived_boolean" CHECK ("derived" IN (0, 1)),
    CONSTRAINT "outcome_analysis_missing_reason_known" CHECK ("missing_reason" IN ('not_reported', 'not_split_by_arm', 'not_estimable', 'not_reached', 'zero_at_risk', 'not_assessed', 'not_applicable', 'unclear')),
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
    "analysis_id" TEXT NOT NULL,
    "study_group_id" TEXT NOT NULL,
    "study_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,

    PRIMARY KEY ("analysis_id", "study_group_id"),
    CONSTRAINT "analysis_group_analysis_id_fkey" FOREIGN KEY ("analysis_id") REFERENCES "outcome_analysis" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "analysis_group_study_group_id_fkey" FOREIGN KEY ("study_group_id") REFERENCES "study_group" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "analysis_group_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "analysis_group_role_known" CHECK ("role" IN ('experimental', 'reference', 'member', 'single', 'unstated')),
    CONSTRAINT "analysis_group_analysis_id_in_study" CHECK (substr("analysis_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "analysis_group_study_group_id_in_study" CHECK (substr("study_group_id", 1, length("study_id") + 1) = "study_id" || '/')
);

CREATE INDEX "analysis_group_study_group_id_idx" ON "analysis_group"("study_group_id");
CREATE INDEX "analysis_group_study_id_idx" ON "analysis_group"("study_id");

CREATE TABLE "adverse_event_term" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "study_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "term" TEXT NOT NULL,
    "parent_id" TEXT,
    "organ_system" TEXT,
    "vocabulary" TEXT,
    "descriptor_ui" TEXT,
    "serious" BOOLEAN,
    "related" BOOLEAN,
    "fatal" BOOLEAN,
    "narrative" TEXT,
    CONSTRAINT "adverse_event_term_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "adverse_event_term_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "adverse_event_term" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "adverse_event_term_descriptor_ui_fkey" FOREIGN KEY ("descriptor_ui") REFERENCES "mesh_descriptor" ("ui") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "adverse_event_term_position_integer" CHECK ("position" IS NULL OR (typeof("position") IN ('integer') AND "position" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "adverse_event_term_serious_boolean" CHECK ("serious" IN (0, 1)),
    CONSTRAINT "adverse_event_term_related_boolean" CHECK ("related" IN (0, 1)),
    CONSTRAINT "adverse_event_term_fatal_boolean" CHECK ("fatal" IN (0, 1)),
    CONSTRAINT "adverse_event_term_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "adverse_event_term_parent_id_in_study" CHECK (substr("parent_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "adverse_event_term_not_within_itself" CHECK ("parent_id" <> "id")
);

CREATE INDEX "adverse_event_term_study_id_idx" ON "adverse_event_term"("study_id");
CREATE INDEX "adverse_event_term_parent_id_idx" ON "adverse_event_term"("parent_id");
CREATE INDEX "adverse_event_term_descriptor_ui_idx" ON "adverse_event_term"("descriptor_ui");

CREATE TABLE "adverse_event_count" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "study_id" TEXT NOT NULL,
    "term_id" TEXT NOT NULL,
    "study_group_id" TEXT NOT NULL,
    "analysis_set_id" TEXT,
    "timepoint_id" TEXT,
    "affected" INTEGER,
    "at_risk" INTEGER,
    "events" INTEGER,
    "percent" REAL,
    "derived" BOOLEAN NOT NULL DEFAULT false,
    "missing_reason" TEXT,
    "note" TEXT,
    CONSTRAINT "adverse_event_count_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "adverse_event_count_term_id_fkey" FOREIGN KEY ("term_id") REFERENCES "adverse_event_term" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "adverse_event_count_study_group_id_fkey" FOREIGN KEY ("study_group_id") REFERENCES "study_group" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "adverse_event_count_analysis_set_id_fkey" FOREIGN KEY ("analysis_set_id") REFERENCES "analysis_set" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "adverse_event_count_timepoint_id_fkey" FOREIGN KEY ("timepoint_id") REFERENCES "timepoint" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "adverse_event_count_affected_integer" CHECK ("affected" IS NULL OR (typeof("affected") IN ('integer') AND "affected" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "adverse_event_count_at_risk_integer" CHECK ("at_risk" IS NULL OR (typeof("at_risk") IN ('integer') AND "at_risk" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "adverse_event_count_events_integer" CHECK ("events" IS NULL OR (typeof("events") IN ('integer') AND "events" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "adverse_event_count_percent_number" CHECK ("percent" IS NULL OR (typeof("percent") IN ('integer', 'real') AND "percent" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "adverse_event_count_derived_boolean" CHECK ("derived" IN (0, 1)),
    CONSTRAINT "adverse_event_count_missing_reason_known" CHECK ("missing_reason" IN ('not_reported', 'not_split_by_arm', 'not_estimable', 'not_reached', 'zero_at_risk', 'not_assessed', 'not_applicable', 'unclear')),
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
