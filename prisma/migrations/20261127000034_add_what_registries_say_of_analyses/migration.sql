-- The words that a registry has beside the numbers of an analysis, and what was tested.
ALTER TABLE "outcome_analysis" ADD COLUMN "measure_printed" TEXT;
ALTER TABLE "outcome_analysis" ADD COLUMN "dispersion" TEXT;
ALTER TABLE "outcome_analysis" ADD COLUMN "dispersion_value" REAL
    CONSTRAINT "outcome_analysis_dispersion_value_number" CHECK ("dispersion_value" IS NULL OR (typeof("dispersion_value") IN ('integer', 'real') AND "dispersion_value" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308));
ALTER TABLE "outcome_analysis" ADD COLUMN "ci_sides" INTEGER
    CONSTRAINT "outcome_analysis_ci_sides_integer" CHECK ("ci_sides" IS NULL OR (typeof("ci_sides") IN ('integer') AND "ci_sides" BETWEEN -2147483648 AND 2147483647))
    CONSTRAINT "outcome_analysis_ci_sides_known" CHECK ("ci_sides" IN (1, 2));
ALTER TABLE "outcome_analysis" ADD COLUMN "group_description" TEXT;
ALTER TABLE "outcome_analysis" ADD COLUMN "method_comment" TEXT;
ALTER TABLE "outcome_analysis" ADD COLUMN "p_comment" TEXT;
ALTER TABLE "outcome_analysis" ADD COLUMN "estimate_comment" TEXT;
ALTER TABLE "outcome_analysis" ADD COLUMN "ci_lower_comment" TEXT;
ALTER TABLE "outcome_analysis" ADD COLUMN "ci_upper_comment" TEXT;
ALTER TABLE "outcome_analysis" ADD COLUMN "non_inferiority" BOOLEAN
    CONSTRAINT "outcome_analysis_non_inferiority_boolean" CHECK ("non_inferiority" IN (0, 1));
ALTER TABLE "outcome_analysis" ADD COLUMN "hypothesis" TEXT;
ALTER TABLE "outcome_analysis" ADD COLUMN "hypothesis_comment" TEXT;
ALTER TABLE "outcome_analysis" ADD COLUMN "other_description" TEXT;
