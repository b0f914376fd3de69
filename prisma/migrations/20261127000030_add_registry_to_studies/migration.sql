-- A study can be read from a registry's record. What such a record has of the study, and no file: how far it is, and its planned size.
ALTER TABLE "study" ADD COLUMN "registry" TEXT;
ALTER TABLE "study" ADD COLUMN "status" TEXT;
ALTER TABLE "study" ADD COLUMN "planned_enrolment" INTEGER
    CONSTRAINT "study_planned_enrolment_integer" CHECK ("planned_enrolment" IS NULL OR (typeof("planned_enrolment") IN ('integer') AND "planned_enrolment" BETWEEN -2147483648 AND 2147483647));
