-- A study can be read from a registry's record. What such a record has of the study, and no file: how far it is, and its planned size.
ALTER TABLE "study" ADD COLUMN "registry" TEXT COLLATE "C";
ALTER TABLE "study" ADD COLUMN "status" TEXT COLLATE "C";
ALTER TABLE "study" ADD COLUMN "planned_enrolment" INTEGER;
