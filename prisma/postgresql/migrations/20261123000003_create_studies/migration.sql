-- Studies, and what describes a study as a whole.
-- The same rules as on SQLite, but for those that PostgreSQL's types enforce by themselves.

CREATE TYPE "study_type" AS ENUM ('interventional', 'observational', 'expanded_access');
CREATE TYPE "allocation" AS ENUM ('randomised', 'non_randomised', 'not_applicable');
CREATE TYPE "intervention_model" AS ENUM ('parallel', 'crossover', 'factorial', 'sequential', 'single_group');
CREATE TYPE "masking" AS ENUM ('none', 'single', 'double', 'triple', 'quadruple');
CREATE TYPE "phase" AS ENUM ('early_phase_1', 'phase_1', 'phase_1_2', 'phase_2', 'phase_2_3', 'phase_3', 'phase_4', 'not_applicable');
CREATE TYPE "purpose" AS ENUM ('treatment', 'prevention', 'diagnostic', 'supportive_care', 'screening', 'health_services_research', 'basic_science', 'device_feasibility', 'other');
CREATE TYPE "study_publication_role" AS ENUM ('primary', 'secondary', 'protocol', 'correction');
CREATE TYPE "eligibility_kind" AS ENUM ('inclusion', 'exclusion');

CREATE TABLE "study" (
    "id" TEXT COLLATE "C" NOT NULL,
    "label" TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "acronym" TEXT COLLATE "C",
    "type" "study_type" NOT NULL,
    "allocation" "allocation",
    "allocation_missing_reason" "missing_reason",
    "intervention_model" "intervention_model",
    "intervention_model_missing_reason" "missing_reason",
    "masking" "masking",
    "masking_missing_reason" "missing_reason",
    "phase" "phase",
    "phase_missing_reason" "missing_reason",
    "purpose" "purpose",
    "purpose_missing_reason" "missing_reason",
    "objective" TEXT COLLATE "C",
    "authors_conclusion" TEXT COLLATE "C",
    "start_date" TEXT COLLATE "C",
    "end_date" TEXT COLLATE "C",
    "note" TEXT COLLATE "C",
    CONSTRAINT "study_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "study_allocation_or_reason" CHECK ("allocation" IS NULL OR "allocation_missing_reason" IS NULL),
    CONSTRAINT "study_intervention_model_or_reason" CHECK ("intervention_model" IS NULL OR "intervention_model_missing_reason" IS NULL),
    CONSTRAINT "study_masking_or_reason" CHECK ("masking" IS NULL OR "masking_missing_reason" IS NULL),
    CONSTRAINT "study_phase_or_reason" CHECK ("phase" IS NULL OR "phase_missing_reason" IS NULL),
    CONSTRAINT "study_purpose_or_reason" CHECK ("purpose" IS NULL OR "purpose_missing_reason" IS NULL),
    CONSTRAINT "study_key" CHECK ("id" <> '' AND "id" NOT LIKE '%/%'),
    CONSTRAINT "study_start_date_date" CHECK ("start_date" ~ '^[0-9]{4}(-[01][0-9](-[0-3][0-9])?)?$'),
    CONSTRAINT "study_end_date_date" CHECK ("end_date" ~ '^[0-9]{4}(-[01][0-9](-[0-3][0-9])?)?$')
);

CREATE TABLE "study_identifier" (
    "study_id" TEXT COLLATE "C" NOT NULL,
    "registry" TEXT COLLATE "C" NOT NULL,
    "value" TEXT COLLATE "C" NOT NULL,
    CONSTRAINT "study_identifier_pkey" PRIMARY KEY ("study_id","registry","value"),
    CONSTRAINT "study_identifier_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX "study_identifier_registry_value_idx" ON "study_identifier"("registry", "value");

CREATE TABLE "study_publication" (
    "study_id" TEXT COLLATE "C" NOT NULL,
    "publication_id" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "role" "study_publication_role" NOT NULL,
    CONSTRAINT "study_publication_pkey" PRIMARY KEY ("study_id","publication_id"),
    CONSTRAINT "study_publication_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "study_publication_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication"("id") ON DELETE NO ACTION ON UPDATE CASCADE
);

CREATE INDEX "study_publication_publication_id_idx" ON "study_publication"("publication_id");

CREATE TABLE "study_condition" (
    "id" TEXT COLLATE "C" NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "descriptor_ui" TEXT COLLATE "C",
    CONSTRAINT "study_condition_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "study_condition_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "study_condition_descriptor_ui_fkey" FOREIGN KEY ("descriptor_ui") REFERENCES "mesh_descriptor"("ui") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "study_condition_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/')
);

CREATE INDEX "study_condition_study_id_idx" ON "study_condition"("study_id");
CREATE INDEX "study_condition_descriptor_ui_idx" ON "study_condition"("descriptor_ui");

CREATE TABLE "eligibility_criterion" (
    "id" TEXT COLLATE "C" NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" "eligibility_kind" NOT NULL,
    "text" TEXT COLLATE "C" NOT NULL,
    CONSTRAINT "eligibility_criterion_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "eligibility_criterion_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "eligibility_criterion_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/')
);

CREATE INDEX "eligibility_criterion_study_id_idx" ON "eligibility_criterion"("study_id");

CREATE TABLE "covariate" (
    "id" TEXT COLLATE "C" NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "number" DOUBLE PRECISION,
    "text" TEXT COLLATE "C",
    "unit" TEXT COLLATE "C",
    CONSTRAINT "covariate_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "covariate_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "covariate_number_number" CHECK ("number" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    CONSTRAINT "covariate_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "covariate_one_value" CHECK (("number" IS NULL) <> ("text" IS NULL))
);

CREATE INDEX "covariate_study_id_idx" ON "covariate"("study_id");
CREATE INDEX "covariate_name_idx" ON "covariate"("name");
