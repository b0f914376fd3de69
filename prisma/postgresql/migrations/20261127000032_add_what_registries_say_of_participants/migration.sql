-- What a registry has of flow and baseline beyond counts, means and medians: other statistics, classes, notes, and what is counted beside participants.
ALTER TABLE "enrolment" ADD COLUMN "units" INTEGER;
ALTER TABLE "enrolment" ADD COLUMN "units_of" TEXT COLLATE "C";
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_units_named" CHECK ("units" IS NULL OR "units_of" IS NOT NULL);

ALTER TABLE "participant_flow" ADD COLUMN "note" TEXT COLLATE "C";
ALTER TABLE "participant_flow" ADD COLUMN "milestone_note" TEXT COLLATE "C";
ALTER TABLE "participant_flow" ADD COLUMN "units" INTEGER;
ALTER TABLE "participant_flow" ADD COLUMN "units_of" TEXT COLLATE "C";
ALTER TABLE "participant_flow" ADD CONSTRAINT "participant_flow_units_named" CHECK ("units" IS NULL OR "units_of" IS NOT NULL);

CREATE TYPE "statistic" AS ENUM ('mean', 'geometric_mean', 'least_squares_mean', 'geometric_least_squares_mean', 'log_mean', 'median', 'mode', 'number', 'count_of_participants', 'count_of_units');
ALTER TABLE "baseline_measurement" ADD COLUMN "class_title" TEXT COLLATE "C";
ALTER TABLE "baseline_measurement" ADD COLUMN "description" TEXT COLLATE "C";
ALTER TABLE "baseline_measurement" ADD COLUMN "population" TEXT COLLATE "C";
ALTER TABLE "baseline_measurement" ADD COLUMN "statistic" "statistic";
ALTER TABLE "baseline_measurement" ADD COLUMN "value" DOUBLE PRECISION;
ALTER TABLE "baseline_measurement" ADD CONSTRAINT "baseline_measurement_value_number" CHECK ("value" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308);
ALTER TABLE "baseline_measurement" ADD COLUMN "dispersion" TEXT COLLATE "C";
ALTER TABLE "baseline_measurement" ADD COLUMN "spread" DOUBLE PRECISION;
ALTER TABLE "baseline_measurement" ADD CONSTRAINT "baseline_measurement_spread_number" CHECK ("spread" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308);
ALTER TABLE "baseline_measurement" ADD COLUMN "lower" DOUBLE PRECISION;
ALTER TABLE "baseline_measurement" ADD CONSTRAINT "baseline_measurement_lower_number" CHECK ("lower" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308);
ALTER TABLE "baseline_measurement" ADD COLUMN "upper" DOUBLE PRECISION;
ALTER TABLE "baseline_measurement" ADD CONSTRAINT "baseline_measurement_upper_number" CHECK ("upper" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308);
ALTER TABLE "baseline_measurement" ADD COLUMN "percentages" BOOLEAN;
ALTER TABLE "baseline_measurement" ADD COLUMN "denominator_units" TEXT COLLATE "C";
ALTER TABLE "baseline_measurement" ADD COLUMN "units" INTEGER;
ALTER TABLE "baseline_measurement" ADD COLUMN "units_of" TEXT COLLATE "C";
ALTER TABLE "baseline_measurement" ADD CONSTRAINT "baseline_measurement_units_named" CHECK ("units" IS NULL OR "units_of" IS NOT NULL);
