-- A registry lists groups anew in each part of a record, each with a code of its own; how their arms were told is kept.
ALTER TABLE "study_group" ADD COLUMN "code" TEXT;
ALTER TABLE "study_group" ADD COLUMN "module" TEXT
    CONSTRAINT "study_group_module_known" CHECK ("module" IN ('participant_flow', 'baseline', 'outcome', 'adverse_events'));
ALTER TABLE "study_group" ADD COLUMN "description" TEXT;
ALTER TABLE "study_group" ADD COLUMN "matched_by" TEXT
    CONSTRAINT "study_group_matched_by_known" CHECK ("matched_by" IN ('title', 'interventions', 'total'));
ALTER TABLE "study_group" ADD COLUMN "overlapping" BOOLEAN
    CONSTRAINT "study_group_overlapping_boolean" CHECK ("overlapping" IN (0, 1));
