-- How harms were looked for, and which row is a registry's total of all harms of a kind.
CREATE TYPE "event_assessment" AS ENUM ('systematic', 'non_systematic');
ALTER TABLE "adverse_event_term" ADD COLUMN "assessment" "event_assessment";
ALTER TABLE "adverse_event_term" ADD COLUMN "summary" BOOLEAN;
