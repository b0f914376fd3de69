-- A registry lists groups anew in each part of a record, each with a code of its own; how their arms were told is kept.
CREATE TYPE "group_module" AS ENUM ('participant_flow', 'baseline', 'outcome', 'adverse_events');
CREATE TYPE "group_match" AS ENUM ('title', 'interventions', 'total');
ALTER TABLE "study_group" ADD COLUMN "code" TEXT COLLATE "C";
ALTER TABLE "study_group" ADD COLUMN "module" "group_module";
ALTER TABLE "study_group" ADD COLUMN "description" TEXT COLLATE "C";
ALTER TABLE "study_group" ADD COLUMN "matched_by" "group_match";
ALTER TABLE "study_group" ADD COLUMN "overlapping" BOOLEAN;
