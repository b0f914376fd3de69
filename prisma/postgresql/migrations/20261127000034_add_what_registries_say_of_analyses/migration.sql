-- The words that a registry has beside the numbers of an analysis, and what was tested.
ALTER TABLE "outcome_analysis" ADD COLUMN "measure_printed" TEXT COLLATE "C";
ALTER TABLE "outcome_analysis" ADD COLUMN "dispersion" TEXT COLLATE "C";
ALTER TABLE "outcome_analysis" ADD COLUMN "dispersion_value" DOUBLE PRECISION;
ALTER TABLE "outcome_analysis" ADD CONSTRAINT "outcome_analysis_dispersion_value_number" CHECK ("dispersion_value" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308);
ALTER TABLE "outcome_analysis" ADD COLUMN "ci_sides" INTEGER;
ALTER TABLE "outcome_analysis" ADD CONSTRAINT "outcome_analysis_ci_sides_known" CHECK ("ci_sides" IN (1, 2));
ALTER TABLE "outcome_analysis" ADD COLUMN "group_description" TEXT COLLATE "C";
ALTER TABLE "outcome_analysis" ADD COLUMN "method_comment" TEXT COLLATE "C";
ALTER TABLE "outcome_analysis" ADD COLUMN "p_comment" TEXT COLLATE "C";
ALTER TABLE "outcome_analysis" ADD COLUMN "estimate_comment" TEXT COLLATE "C";
ALTER TABLE "outcome_analysis" ADD COLUMN "ci_lower_comment" TEXT COLLATE "C";
ALTER TABLE "outcome_analysis" ADD COLUMN "ci_upper_comment" TEXT COLLATE "C";
ALTER TABLE "outcome_analysis" ADD COLUMN "non_inferiority" BOOLEAN;
ALTER TABLE "outcome_analysis" ADD COLUMN "hypothesis" TEXT COLLATE "C";
ALTER TABLE "outcome_analysis" ADD COLUMN "hypothesis_comment" TEXT COLLATE "C";
ALTER TABLE "outcome_analysis" ADD COLUMN "other_description" TEXT COLLATE "C";
