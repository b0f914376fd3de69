-- Studies, and what describes a study as a whole.
-- The CHECKs stand inside CREATE TABLE because SQLite can add none later.

CREATE TABLE "study" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "label" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "acronym" TEXT,
    "type" TEXT NOT NULL,
    "allocation" TEXT,
    "allocation_missing_reason" TEXT,
    "intervention_model" TEXT,
    "intervention_model_missing_reason" TEXT,
    "masking" TEXT,
    "masking_missing_reason" TEXT,
    "phase" TEXT,
    "phase_missing_reason" TEXT,
    "purpose" TEXT,
    "purpose_missing_reason" TEXT,
    "objective" TEXT,
    "authors_conclusion" TEXT,
    "start_date" TEXT,
    "end_date" TEXT,
    "note" TEXT,
    CONSTRAINT "study_type_known" CHECK ("type" IN ('interventional', 'observational', 'expanded_access')),
    CONSTRAINT "study_allocation_known" CHECK ("allocation" IN ('randomised', 'non_randomised', 'not_applicable')),
    CONSTRAINT "study_allocation_missing_reason_known" CHECK ("allocation_missing_reason" IN ('not_reported', 'not_split_by_arm', 'not_estimable', 'not_reached', 'zero_at_risk', 'not_assessed', 'not_applicable', 'unclear')),
    CONSTRAINT "study_intervention_model_known" CHECK ("intervention_model" IN ('parallel', 'crossover', 'factorial', 'sequential', 'single_group')),
    CONSTRAINT "study_intervention_model_missing_reason_known" CHECK ("intervention_model_missing_reason" IN ('not_reported', 'not_split_by_arm', 'not_estimable', 'not_reached', 'zero_at_risk', 'not_assessed', 'not_applicable', 'unclear')),
    CONSTRAINT "study_masking_known" CHECK ("masking" IN ('none', 'single', 'double', 'triple', 'quadruple')),
    CONSTRAINT "study_masking_missing_reason_known" CHECK ("masking_missing_reason" IN ('not_reported', 'not_split_by_arm', 'not_estimable', 'not_reached', 'zero_at_risk', 'not_assessed', 'not_applicable', 'unclear')),
    CONSTRAINT "study_phase_known" CHECK ("phase" IN ('early_phase_1', 'phase_1', 'phase_1_2', 'phase_2', 'phase_2_3', 'phase_3', 'phase_4', 'not_applicable')),
    CONSTRAINT "study_phase_missing_reason_known" CHECK ("phase_missing_reason" IN ('not_reported', 'not_split_by_arm', 'not_estimable', 'not_reached', 'zero_at_risk', 'not_assessed', 'not_applicable', 'unclear')),
    CONSTRAINT "study_purpose_known" CHECK ("purpose" IN ('treatment', 'prevention', 'diagnostic', 'supportive_care', 'screening', 'health_services_research', 'basic_science', 'device_feasibility', 'other')),
    CONSTRAINT "study_purpose_missing_reason_known" CHECK ("purpose_missing_reason" IN ('not_reported', 'not_split_by_arm', 'not_estimable', 'not_reached', 'zero_at_risk', 'not_assessed', 'not_applicable', 'unclear')),
    CONSTRAINT "study_allocation_or_reason" CHECK ("allocation" IS NULL OR "allocation_missing_reason" IS NULL),
    CONSTRAINT "study_intervention_model_or_reason" CHECK ("intervention_model" IS NULL OR "intervention_model_missing_reason" IS NULL),
    CONSTRAINT "study_masking_or_reason" CHECK ("masking" IS NULL OR "masking_missing_reason" IS NULL),
    CONSTRAINT "study_phase_or_reason" CHECK ("phase" IS NULL OR "phase_missing_reason" IS NULL),
    CONSTRAINT "study_purpose_or_reason" CHECK ("purpose" IS NULL OR "purpose_missing_reason" IS NULL),
    CONSTRAINT "study_key" CHECK ("id" <> '' AND "id" NOT LIKE '%/%'),
    CONSTRAINT "study_start_date_date" CHECK ("start_date" GLOB '[0-9][0-9][0-9][0-9]' OR "start_date" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]' OR "start_date" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT "study_end_date_date" CHECK ("end_date" GLOB '[0-9][0-9][0-9][0-9]' OR "end_date" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]' OR "end_date" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE TABLE "study_identifier" (
    "study_id" TEXT NOT NULL,
    "registry" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    PRIMARY KEY ("study_id", "registry", "value"),
    CONSTRAINT "study_identifier_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX "study_identifier_registry_value_idx" ON "study_identifier"("registry", "value");

CREATE TABLE "study_publication" (
    "study_id" TEXT NOT NULL,
    "publication_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "role" TEXT NOT NULL,

    PRIMARY KEY ("study_id", "publication_id"),
    CONSTRAINT "study_publication_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "study_publication_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "study_publication_position_integer" CHECK ("position" IS NULL OR (typeof("position") IN ('integer') AND "position" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "study_publication_role_known" CHECK ("role" IN ('primary', 'secondary', 'protocol', 'correction'))
);

CREATE INDEX "study_publication_publication_id_idx" ON "study_publication"("publication_id");

CREATE TABLE "study_condition" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "study_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "descriptor_ui" TEXT,
    CONSTRAINT "study_condition_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "study_condition_descriptor_ui_fkey" FOREIGN KEY ("descriptor_ui") REFERENCES "mesh_descriptor" ("ui") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "study_condition_position_integer" CHECK ("position" IS NULL OR (typeof("position") IN ('integer') AND "position" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "study_condition_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/')
);

CREATE INDEX "study_condition_study_id_idx" ON "study_condition"("study_id");
CREATE INDEX "study_condition_descriptor_ui_idx" ON "study_condition"("descriptor_ui");

CREATE TABLE "eligibility_criterion" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "study_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    CONSTRAINT "eligibility_criterion_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "eligibility_criterion_position_integer" CHECK ("position" IS NULL OR (typeof("position") IN ('integer') AND "position" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "eligibility_criterion_kind_known" CHECK ("kind" IN ('inclusion', 'exclusion')),
    CONSTRAINT "eligibility_criterion_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/')
);

CREATE INDEX "eligibility_criterion_study_id_idx" ON "eligibility_criterion"("study_id");

CREATE TABLE "covariate" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "study_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "number" REAL,
    "text" TEXT,
    "unit" TEXT,
    CONSTRAINT "covariate_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "covariate_position_integer" CHECK ("position" IS NULL OR (typeof("position") IN ('integer') AND "position" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "covariate_number_number" CHECK ("number" IS NULL OR (typeof("number") IN ('integer', 'real') AND "number" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "covariate_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "covariate_one_value" CHECK (("number" IS NULL) <> ("text" IS NULL))
);

CREATE INDEX "covariate_study_id_idx" ON "covariate"("study_id");
CREATE INDEX "covariate_name_idx" ON "covariate"("name");
