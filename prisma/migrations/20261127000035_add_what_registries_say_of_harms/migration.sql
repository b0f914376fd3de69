-- How harms were looked for, and which row is a registry's total of all harms of a kind.
ALTER TABLE "adverse_event_term" ADD COLUMN "assessment" TEXT
    CONSTRAINT "adverse_event_term_assessment_known" CHECK ("assessment" IN ('systematic', 'non_systematic'));
ALTER TABLE "adverse_event_term" ADD COLUMN "summary" BOOLEAN
    CONSTRAINT "adverse_event_term_summary_boolean" CHECK ("summary" IN (0, 1));
