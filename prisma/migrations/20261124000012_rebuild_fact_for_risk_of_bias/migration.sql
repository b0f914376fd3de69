-- A judgement and its support can be quoted like any other fact. SQLite changes a CHECK only by building the table anew.
PRAGMA defer_foreign_keys = ON;
PRAGMA foreign_keys = OFF;
-- Views name the table: the rename must not look at them while it is away.
PRAGMA legacy_alter_table = ON;

CREATE TABLE "new_fact" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "study_id" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "printed" TEXT,
    "about_study_id" TEXT,
    "study_condition_id" TEXT,
    "eligibility_criterion_id" TEXT,
    "covariate_id" TEXT,
    "intervention_id" TEXT,
    "arm_id" TEXT,
    "arm_intervention_id" TEXT,
    "analysis_set_id" TEXT,
    "subgroup_id" TEXT,
    "enrolment_id" TEXT,
    "follow_up_id" TEXT,
    "participant_flow_id" TEXT,
    "baseline_measurement_id" TEXT,
    "outcome_id" TEXT,
    "outcome_measurement_id" TEXT,
    "outcome_analysis_id" TEXT,
    "adverse_event_term_id" TEXT,
    "adverse_event_count_id" TEXT,
    "risk_of_bias_id" TEXT,
    CONSTRAINT "fact_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_about_study_id_fkey" FOREIGN KEY ("about_study_id") REFERENCES "study" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_study_condition_id_fkey" FOREIGN KEY ("study_condition_id") REFERENCES "study_condition" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_eligibility_criterion_id_fkey" FOREIGN KEY ("eligibility_criterion_id") REFERENCES "eligibility_criterion" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_covariate_id_fkey" FOREIGN KEY ("covariate_id") REFERENCES "covariate" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_intervention_id_fkey" FOREIGN KEY ("intervention_id") REFERENCES "intervention" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_arm_id_fkey" FOREIGN KEY ("arm_id") REFERENCES "arm" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_arm_intervention_id_fkey" FOREIGN KEY ("arm_intervention_id") REFERENCES "arm_intervention" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_analysis_set_id_fkey" FOREIGN KEY ("analysis_set_id") REFERENCES "analysis_set" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_subgroup_id_fkey" FOREIGN KEY ("subgroup_id") REFERENCES "subgroup" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_enrolment_id_fkey" FOREIGN KEY ("enrolment_id") REFERENCES "enrolment" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_follow_up_id_fkey" FOREIGN KEY ("follow_up_id") REFERENCES "follow_up" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_participant_flow_id_fkey" FOREIGN KEY ("participant_flow_id") REFERENCES "participant_flow" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_baseline_measurement_id_fkey" FOREIGN KEY ("baseline_measurement_id") REFERENCES "baseline_measurement" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_outcome_id_fkey" FOREIGN KEY ("outcome_id") REFERENCES "outcome" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_outcome_measurement_id_fkey" FOREIGN KEY ("outcome_measurement_id") REFERENCES "outcome_measurement" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_outcome_analysis_id_fkey" FOREIGN KEY ("outcome_analysis_id") REFERENCES "outcome_analysis" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_adverse_event_term_id_fkey" FOREIGN KEY ("adverse_event_term_id") REFERENCES "adverse_event_term" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_adverse_event_count_id_fkey" FOREIGN KEY ("adverse_event_count_id") REFERENCES "adverse_event_count" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_risk_of_bias_id_fkey" FOREIGN KEY ("risk_of_bias_id") REFERENCES "risk_of_bias" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "fact_about_study_id_in_study" CHECK ("about_study_id" = "study_id"),
    CONSTRAINT "fact_study_condition_id_in_study" CHECK (substr("study_condition_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "fact_eligibility_criterion_id_in_study" CHECK (substr("eligibility_criterion_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "fact_covariate_id_in_study" CHECK (substr("covariate_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "fact_intervention_id_in_study" CHECK (substr("intervention_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "fact_arm_id_in_study" CHECK (substr("arm_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "fact_arm_intervention_id_in_study" CHECK (substr("arm_intervention_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "fact_analysis_set_id_in_study" CHECK (substr("analysis_set_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "fact_subgroup_id_in_study" CHECK (substr("subgroup_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "fact_enrolment_id_in_study" CHECK (substr("enrolment_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "fact_follow_up_id_in_study" CHECK (substr("follow_up_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "fact_participant_flow_id_in_study" CHECK (substr("participant_flow_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "fact_baseline_measurement_id_in_study" CHECK (substr("baseline_measurement_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "fact_outcome_id_in_study" CHECK (substr("outcome_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "fact_outcome_measurement_id_in_study" CHECK (substr("outcome_measurement_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "fact_outcome_analysis_id_in_study" CHECK (substr("outcome_analysis_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "fact_adverse_event_term_id_in_study" CHECK (substr("adverse_event_term_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "fact_adverse_event_count_id_in_study" CHECK (substr("adverse_event_count_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "fact_risk_of_bias_id_in_study" CHECK (substr("risk_of_bias_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "fact_field_in_key" CHECK (substr("id", length("id") - length("field")) = '/' || "field"),
    CONSTRAINT "fact_one_row" CHECK (CASE WHEN "about_study_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "study_condition_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "eligibility_criterion_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "covariate_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "intervention_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "arm_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "arm_intervention_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "analysis_set_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "subgroup_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "enrolment_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "follow_up_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "participant_flow_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "baseline_measurement_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "outcome_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "outcome_measurement_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "outcome_analysis_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "adverse_event_term_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "adverse_event_count_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "risk_of_bias_id" IS NULL THEN 0 ELSE 1 END = 1)
);

INSERT INTO "new_fact" ("id", "study_id", "field", "printed", "about_study_id", "study_condition_id", "eligibility_criterion_id", "covariate_id", "intervention_id", "arm_id", "arm_intervention_id", "analysis_set_id", "subgroup_id", "enrolment_id", "follow_up_id", "participant_flow_id", "baseline_measurement_id", "outcome_id", "outcome_measurement_id", "outcome_analysis_id", "adverse_event_term_id", "adverse_event_count_id") SELECT "id", "study_id", "field", "printed", "about_study_id", "study_condition_id", "eligibility_criterion_id", "covariate_id", "intervention_id", "arm_id", "arm_intervention_id", "analysis_set_id", "subgroup_id", "enrolment_id", "follow_up_id", "participant_flow_id", "baseline_measurement_id", "outcome_id", "outcome_measurement_id", "outcome_analysis_id", "adverse_event_term_id", "adverse_event_count_id" FROM "fact";
DROP TABLE "fact";
ALTER TABLE "new_fact" RENAME TO "fact";

CREATE INDEX "fact_study_id_idx" ON "fact"("study_id");
CREATE INDEX "fact_about_study_id_idx" ON "fact"("about_study_id");
CREATE INDEX "fact_study_condition_id_idx" ON "fact"("study_condition_id");
CREATE INDEX "fact_eligibility_criterion_id_idx" ON "fact"("eligibility_criterion_id");
CREATE INDEX "fact_covariate_id_idx" ON "fact"("covariate_id");
CREATE INDEX "fact_intervention_id_idx" ON "fact"("intervention_id");
CREATE INDEX "fact_arm_id_idx" ON "fact"("arm_id");
CREATE INDEX "fact_arm_intervention_id_idx" ON "fact"("arm_intervention_id");
CREATE INDEX "fact_analysis_set_id_idx" ON "fact"("analysis_set_id");
CREATE INDEX "fact_subgroup_id_idx" ON "fact"("subgroup_id");
CREATE INDEX "fact_enrolment_id_idx" ON "fact"("enrolment_id");
CREATE INDEX "fact_follow_up_id_idx" ON "fact"("follow_up_id");
CREATE INDEX "fact_participant_flow_id_idx" ON "fact"("participant_flow_id");
CREATE INDEX "fact_baseline_measurement_id_idx" ON "fact"("baseline_measurement_id");
CREATE INDEX "fact_outcome_id_idx" ON "fact"("outcome_id");
CREATE INDEX "fact_outcome_measurement_id_idx" ON "fact"("outcome_measurement_id");
CREATE INDEX "fact_outcome_analysis_id_idx" ON "fact"("outcome_analysis_id");
CREATE INDEX "fact_adverse_event_term_id_idx" ON "fact"("adverse_event_term_id");
CREATE INDEX "fact_adverse_event_count_id_idx" ON "fact"("adverse_event_count_id");
CREATE INDEX "fact_risk_of_bias_id_idx" ON "fact"("risk_of_bias_id");

PRAGMA legacy_alter_table = OFF;
PRAGMA foreign_keys = ON;
PRAGMA defer_foreign_keys = OFF;
