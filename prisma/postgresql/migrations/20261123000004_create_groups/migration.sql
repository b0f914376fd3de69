-- Who a number can be about: interventions, arms, subgroups, and the groups made of them.
-- The same rules as on SQLite, but for those that PostgreSQL's types enforce by themselves.

CREATE TYPE "intervention_kind" AS ENUM ('drug', 'biological', 'procedure', 'device', 'behavioural', 'radiation', 'dietary_supplement', 'genetic', 'diagnostic_test', 'combination_product', 'other');
CREATE TYPE "arm_role" AS ENUM ('experimental', 'active_comparator', 'placebo_comparator', 'sham_comparator', 'no_intervention', 'other');
CREATE TYPE "analysis_set_kind" AS ENUM ('randomised', 'treated', 'assessable', 'intention_to_treat', 'per_protocol', 'safety', 'not_stated', 'other');

CREATE TABLE "intervention" (
    "id" TEXT COLLATE "C" NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "kind" "intervention_kind" NOT NULL,
    "description" TEXT COLLATE "C",
    "descriptor_ui" TEXT COLLATE "C",
    CONSTRAINT "intervention_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "intervention_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "intervention_descriptor_ui_fkey" FOREIGN KEY ("descriptor_ui") REFERENCES "mesh_descriptor"("ui") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "intervention_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/')
);

CREATE INDEX "intervention_study_id_idx" ON "intervention"("study_id");
CREATE INDEX "intervention_descriptor_ui_idx" ON "intervention"("descriptor_ui");

CREATE TABLE "arm" (
    "id" TEXT COLLATE "C" NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "label" TEXT COLLATE "C" NOT NULL,
    "role" "arm_role" NOT NULL,
    "description" TEXT COLLATE "C",
    CONSTRAINT "arm_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "arm_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "arm_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/')
);

CREATE INDEX "arm_study_id_idx" ON "arm"("study_id");

CREATE TABLE "arm_label" (
    "arm_id" TEXT COLLATE "C" NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "label" TEXT COLLATE "C" NOT NULL,
    CONSTRAINT "arm_label_pkey" PRIMARY KEY ("arm_id","position"),
    CONSTRAINT "arm_label_arm_id_fkey" FOREIGN KEY ("arm_id") REFERENCES "arm"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "arm_label_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "arm_label_arm_id_in_study" CHECK (substr("arm_id", 1, length("study_id") + 1) = "study_id" || '/')
);

CREATE INDEX "arm_label_study_id_idx" ON "arm_label"("study_id");

CREATE TABLE "arm_intervention" (
    "id" TEXT COLLATE "C" NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    "arm_id" TEXT COLLATE "C" NOT NULL,
    "intervention_id" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "dose" DOUBLE PRECISION,
    "dose_unit" TEXT COLLATE "C",
    "dose_missing_reason" "missing_reason",
    "route" TEXT COLLATE "C",
    "route_missing_reason" "missing_reason",
    "schedule" TEXT COLLATE "C",
    "schedule_missing_reason" "missing_reason",
    "note" TEXT COLLATE "C",
    CONSTRAINT "arm_intervention_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "arm_intervention_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "arm_intervention_arm_id_fkey" FOREIGN KEY ("arm_id") REFERENCES "arm"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "arm_intervention_intervention_id_fkey" FOREIGN KEY ("intervention_id") REFERENCES "intervention"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "arm_intervention_dose_number" CHECK ("dose" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    CONSTRAINT "arm_intervention_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "arm_intervention_arm_id_in_study" CHECK (substr("arm_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "arm_intervention_intervention_id_in_study" CHECK (substr("intervention_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "arm_intervention_dose_or_reason" CHECK ("dose" IS NULL OR "dose_missing_reason" IS NULL),
    CONSTRAINT "arm_intervention_route_or_reason" CHECK ("route" IS NULL OR "route_missing_reason" IS NULL),
    CONSTRAINT "arm_intervention_schedule_or_reason" CHECK ("schedule" IS NULL OR "schedule_missing_reason" IS NULL),
    CONSTRAINT "arm_intervention_dose_has_unit" CHECK (("dose" IS NULL) = ("dose_unit" IS NULL))
);

CREATE INDEX "arm_intervention_study_id_idx" ON "arm_intervention"("study_id");
CREATE INDEX "arm_intervention_intervention_id_idx" ON "arm_intervention"("intervention_id");
CREATE UNIQUE INDEX "arm_intervention_arm_id_intervention_id_key" ON "arm_intervention"("arm_id", "intervention_id");

CREATE TABLE "analysis_set" (
    "id" TEXT COLLATE "C" NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" "analysis_set_kind" NOT NULL,
    "label" TEXT COLLATE "C" NOT NULL,
    "description" TEXT COLLATE "C",
    CONSTRAINT "analysis_set_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "analysis_set_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "analysis_set_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/')
);

CREATE INDEX "analysis_set_study_id_idx" ON "analysis_set"("study_id");

CREATE TABLE "subgroup" (
    "id" TEXT COLLATE "C" NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "factor" TEXT COLLATE "C" NOT NULL,
    "level" TEXT COLLATE "C" NOT NULL,
    "descriptor_ui" TEXT COLLATE "C",
    CONSTRAINT "subgroup_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "subgroup_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "subgroup_descriptor_ui_fkey" FOREIGN KEY ("descriptor_ui") REFERENCES "mesh_descriptor"("ui") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "subgroup_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/')
);

CREATE INDEX "subgroup_descriptor_ui_idx" ON "subgroup"("descriptor_ui");
CREATE UNIQUE INDEX "subgroup_study_id_factor_level_key" ON "subgroup"("study_id", "factor", "level");

CREATE TABLE "study_group" (
    "id" TEXT COLLATE "C" NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "label" TEXT COLLATE "C" NOT NULL,
    CONSTRAINT "study_group_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "study_group_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "study_group_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/')
);

CREATE INDEX "study_group_study_id_idx" ON "study_group"("study_id");

CREATE TABLE "study_group_arm" (
    "study_group_id" TEXT COLLATE "C" NOT NULL,
    "arm_id" TEXT COLLATE "C" NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    CONSTRAINT "study_group_arm_pkey" PRIMARY KEY ("study_group_id","arm_id"),
    CONSTRAINT "study_group_arm_study_group_id_fkey" FOREIGN KEY ("study_group_id") REFERENCES "study_group"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "study_group_arm_arm_id_fkey" FOREIGN KEY ("arm_id") REFERENCES "arm"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "study_group_arm_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "study_group_arm_study_group_id_in_study" CHECK (substr("study_group_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "study_group_arm_arm_id_in_study" CHECK (substr("arm_id", 1, length("study_id") + 1) = "study_id" || '/')
);

CREATE INDEX "study_group_arm_arm_id_idx" ON "study_group_arm"("arm_id");
CREATE INDEX "study_group_arm_study_id_idx" ON "study_group_arm"("study_id");

CREATE TABLE "study_group_subgroup" (
    "study_group_id" TEXT COLLATE "C" NOT NULL,
    "subgroup_id" TEXT COLLATE "C" NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    CONSTRAINT "study_group_subgroup_pkey" PRIMARY KEY ("study_group_id","subgroup_id"),
    CONSTRAINT "study_group_subgroup_study_group_id_fkey" FOREIGN KEY ("study_group_id") REFERENCES "study_group"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "study_group_subgroup_subgroup_id_fkey" FOREIGN KEY ("subgroup_id") REFERENCES "subgroup"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "study_group_subgroup_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "study_group_subgroup_study_group_id_in_study" CHECK (substr("study_group_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "study_group_subgroup_subgroup_id_in_study" CHECK (substr("subgroup_id", 1, length("study_id") + 1) = "study_id" || '/')
);

CREATE INDEX "study_group_subgroup_subgroup_id_idx" ON "study_group_subgroup"("subgroup_id");
CREATE INDEX "study_group_subgroup_study_id_idx" ON "study_group_subgroup"("study_id");

CREATE TABLE "comparison" (
    "id" TEXT COLLATE "C" NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "experimental_group_id" TEXT COLLATE "C" NOT NULL,
    "reference_group_id" TEXT COLLATE "C" NOT NULL,
    CONSTRAINT "comparison_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "comparison_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "comparison_experimental_group_id_fkey" FOREIGN KEY ("experimental_group_id") REFERENCES "study_group"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "comparison_reference_group_id_fkey" FOREIGN KEY ("reference_group_id") REFERENCES "study_group"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "comparison_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "comparison_experimental_group_id_in_study" CHECK (substr("experimental_group_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "comparison_reference_group_id_in_study" CHECK (substr("reference_group_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "comparison_two_groups" CHECK ("experimental_group_id" <> "reference_group_id")
);

CREATE INDEX "comparison_experimental_group_id_idx" ON "comparison"("experimental_group_id");
CREATE INDEX "comparison_study_id_idx" ON "comparison"("study_id");
CREATE INDEX "comparison_reference_group_id_idx" ON "comparison"("reference_group_id");
