-- Where each fact was read: quotes, links to them, derivations and corrections.
-- The same rules as on SQLite, but for those that PostgreSQL's types enforce by themselves.

CREATE TYPE "quote_role" AS ENUM ('value', 'group', 'denominator', 'outcome', 'subgroup', 'time', 'correction');
CREATE TYPE "extraction_role" AS ENUM ('first', 'second', 'consensus', 'import');

CREATE TABLE "quote" (
    "id" TEXT COLLATE "C" NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "words" TEXT COLLATE "C" NOT NULL,
    "publication_text_id" TEXT COLLATE "C",
    "start_offset" INTEGER,
    "end_offset" INTEGER,
    "source_id" TEXT COLLATE "C",
    "locator" TEXT COLLATE "C",
    CONSTRAINT "quote_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "quote_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "quote_publication_text_id_fkey" FOREIGN KEY ("publication_text_id") REFERENCES "publication_text"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "quote_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "quote_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "quote_one_place" CHECK (("publication_text_id" IS NULL) <> ("source_id" IS NULL)),
    CONSTRAINT "quote_locator_in_source" CHECK (("source_id" IS NULL) = ("locator" IS NULL)),
    CONSTRAINT "quote_offsets_in_text" CHECK (("publication_text_id" IS NULL) = ("start_offset" IS NULL) AND ("start_offset" IS NULL) = ("end_offset" IS NULL)),
    CONSTRAINT "quote_offsets_in_order" CHECK (0 <= "start_offset" AND "start_offset" < "end_offset")
);

CREATE INDEX "quote_study_id_idx" ON "quote"("study_id");
CREATE INDEX "quote_source_id_idx" ON "quote"("source_id");
CREATE INDEX "quote_publication_text_id_idx" ON "quote"("publication_text_id");

CREATE TABLE "fact" (
    "id" TEXT COLLATE "C" NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    "field" TEXT COLLATE "C" NOT NULL,
    "printed" TEXT COLLATE "C",
    "about_study_id" TEXT COLLATE "C",
    "study_condition_id" TEXT COLLATE "C",
    "eligibility_criterion_id" TEXT COLLATE "C",
    "covariate_id" TEXT COLLATE "C",
    "intervention_id" TEXT COLLATE "C",
    "arm_id" TEXT COLLATE "C",
    "arm_intervention_id" TEXT COLLATE "C",
    "analysis_set_id" TEXT COLLATE "C",
    "subgroup_id" TEXT COLLATE "C",
    "enrolment_id" TEXT COLLATE "C",
    "follow_up_id" TEXT COLLATE "C",
    "participant_flow_id" TEXT COLLATE "C",
    "baseline_measurement_id" TEXT COLLATE "C",
    "outcome_id" TEXT COLLATE "C",
    "outcome_measurement_id" TEXT COLLATE "C",
    "outcome_analysis_id" TEXT COLLATE "C",
    "adverse_event_term_id" TEXT COLLATE "C",
    "adverse_event_count_id" TEXT COLLATE "C",
    CONSTRAINT "fact_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "fact_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_about_study_id_fkey" FOREIGN KEY ("about_study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_study_condition_id_fkey" FOREIGN KEY ("study_condition_id") REFERENCES "study_condition"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_eligibility_criterion_id_fkey" FOREIGN KEY ("eligibility_criterion_id") REFERENCES "eligibility_criterion"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_covariate_id_fkey" FOREIGN KEY ("covariate_id") REFERENCES "covariate"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_intervention_id_fkey" FOREIGN KEY ("intervention_id") REFERENCES "intervention"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_arm_id_fkey" FOREIGN KEY ("arm_id") REFERENCES "arm"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_arm_intervention_id_fkey" FOREIGN KEY ("arm_intervention_id") REFERENCES "arm_intervention"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_analysis_set_id_fkey" FOREIGN KEY ("analysis_set_id") REFERENCES "analysis_set"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_subgroup_id_fkey" FOREIGN KEY ("subgroup_id") REFERENCES "subgroup"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_enrolment_id_fkey" FOREIGN KEY ("enrolment_id") REFERENCES "enrolment"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_follow_up_id_fkey" FOREIGN KEY ("follow_up_id") REFERENCES "follow_up"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_participant_flow_id_fkey" FOREIGN KEY ("participant_flow_id") REFERENCES "participant_flow"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_baseline_measurement_id_fkey" FOREIGN KEY ("baseline_measurement_id") REFERENCES "baseline_measurement"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_outcome_id_fkey" FOREIGN KEY ("outcome_id") REFERENCES "outcome"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_outcome_measurement_id_fkey" FOREIGN KEY ("outcome_measurement_id") REFERENCES "outcome_measurement"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_outcome_analysis_id_fkey" FOREIGN KEY ("outcome_analysis_id") REFERENCES "outcome_analysis"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_adverse_event_term_id_fkey" FOREIGN KEY ("adverse_event_term_id") REFERENCES "adverse_event_term"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "fact_adverse_event_count_id_fkey" FOREIGN KEY ("adverse_event_count_id") REFERENCES "adverse_event_count"("id") ON DELETE CASCADE ON UPDATE CASCADE,
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
    CONSTRAINT "fact_field_in_key" CHECK (substr("id", length("id") - length("field")) = '/' || "field"),
    CONSTRAINT "fact_one_row" CHECK (CASE WHEN "about_study_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "study_condition_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "eligibility_criterion_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "covariate_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "intervention_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "arm_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "arm_intervention_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "analysis_set_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "subgroup_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "enrolment_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "follow_up_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "participant_flow_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "baseline_measurement_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "outcome_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "outcome_measurement_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "outcome_analysis_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "adverse_event_term_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "adverse_event_count_id" IS NULL THEN 0 ELSE 1 END = 1)
);

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

CREATE TABLE "quote_link" (
    "fact_id" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    "quote_id" TEXT COLLATE "C" NOT NULL,
    "role" "quote_role" NOT NULL,
    "span_start" INTEGER,
    "span_end" INTEGER,
    CONSTRAINT "quote_link_pkey" PRIMARY KEY ("fact_id","position"),
    CONSTRAINT "quote_link_fact_id_fkey" FOREIGN KEY ("fact_id") REFERENCES "fact"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "quote_link_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "quote_link_quote_id_fkey" FOREIGN KEY ("quote_id") REFERENCES "quote"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "quote_link_fact_id_in_study" CHECK (substr("fact_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "quote_link_quote_id_in_study" CHECK (substr("quote_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "quote_link_span_whole" CHECK (("span_start" IS NULL) = ("span_end" IS NULL)),
    CONSTRAINT "quote_link_span_in_order" CHECK (0 <= "span_start" AND "span_start" < "span_end")
);

CREATE INDEX "quote_link_study_id_idx" ON "quote_link"("study_id");
CREATE INDEX "quote_link_quote_id_idx" ON "quote_link"("quote_id");

CREATE TABLE "derivation" (
    "fact_id" TEXT COLLATE "C" NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    "formula" TEXT COLLATE "C" NOT NULL,
    "assumption" TEXT COLLATE "C",
    CONSTRAINT "derivation_pkey" PRIMARY KEY ("fact_id"),
    CONSTRAINT "derivation_fact_id_fkey" FOREIGN KEY ("fact_id") REFERENCES "fact"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "derivation_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "derivation_fact_id_in_study" CHECK (substr("fact_id", 1, length("study_id") + 1) = "study_id" || '/')
);

CREATE INDEX "derivation_study_id_idx" ON "derivation"("study_id");

CREATE TABLE "derivation_input" (
    "derivation_id" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    "fact_id" TEXT COLLATE "C" NOT NULL,
    CONSTRAINT "derivation_input_pkey" PRIMARY KEY ("derivation_id","name"),
    CONSTRAINT "derivation_input_derivation_id_fkey" FOREIGN KEY ("derivation_id") REFERENCES "derivation"("fact_id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "derivation_input_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "derivation_input_fact_id_fkey" FOREIGN KEY ("fact_id") REFERENCES "fact"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "derivation_input_derivation_id_in_study" CHECK (substr("derivation_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "derivation_input_fact_id_in_study" CHECK (substr("fact_id", 1, length("study_id") + 1) = "study_id" || '/')
);

CREATE INDEX "derivation_input_study_id_idx" ON "derivation_input"("study_id");
CREATE INDEX "derivation_input_fact_id_idx" ON "derivation_input"("fact_id");

CREATE TABLE "correction" (
    "fact_id" TEXT COLLATE "C" NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    "original_printed" TEXT COLLATE "C",
    "original_missing_reason" "missing_reason",
    "notice" TEXT COLLATE "C" NOT NULL,
    CONSTRAINT "correction_pkey" PRIMARY KEY ("fact_id"),
    CONSTRAINT "correction_fact_id_fkey" FOREIGN KEY ("fact_id") REFERENCES "fact"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "correction_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "correction_fact_id_in_study" CHECK (substr("fact_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "correction_original_or_reason" CHECK (("original_printed" IS NULL) <> ("original_missing_reason" IS NULL))
);

CREATE INDEX "correction_study_id_idx" ON "correction"("study_id");

CREATE TABLE "extraction" (
    "id" TEXT COLLATE "C" NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    "role" "extraction_role" NOT NULL,
    "extracted_by" TEXT COLLATE "C" NOT NULL,
    "extracted_on" TEXT COLLATE "C" NOT NULL,
    "note" TEXT COLLATE "C",
    CONSTRAINT "extraction_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "extraction_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "extraction_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "extraction_extracted_on_date" CHECK ("extracted_on" ~ '^[0-9]{4}-[01][0-9]-[0-3][0-9]$')
);

CREATE INDEX "extraction_study_id_idx" ON "extraction"("study_id");
