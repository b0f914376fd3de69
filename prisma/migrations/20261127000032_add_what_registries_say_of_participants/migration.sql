-- What a registry has of flow and baseline beyond counts, means and medians: other statistics, classes, notes, and what is counted beside participants.
ALTER TABLE "enrolment" ADD COLUMN "units" INTEGER
    CONSTRAINT "enrolment_units_integer" CHECK ("units" IS NULL OR (typeof("units") IN ('integer') AND "units" BETWEEN -2147483648 AND 2147483647));
ALTER TABLE "enrolment" ADD COLUMN "units_of" TEXT
    CONSTRAINT "enrolment_units_named" CHECK ("units" IS NULL OR "units_of" IS NOT NULL);

ALTER TABLE "participant_flow" ADD COLUMN "note" TEXT;
ALTER TABLE "participant_flow" ADD COLUMN "milestone_note" TEXT;
ALTER TABLE "participant_flow" ADD COLUMN "units" INTEGER
    CONSTRAINT "participant_flow_units_integer" CHECK ("units" IS NULL OR (typeof("units") IN ('integer') AND "units" BETWEEN -2147483648 AND 2147483647));
ALTER TABLE "participant_flow" ADD COLUMN "units_of" TEXT
    CONSTRAINT "participant_flow_units_named" CHECK ("units" IS NULL OR "units_of" IS NOT NULL);

ALTER TABLE "baseline_measurement" ADD COLUMN "class_title" TEXT;
ALTER TABLE "baseline_measurement" ADD COLUMN "description" TEXT;
ALTER TABLE "baseline_measurement" ADD COLUMN "population" TEXT;
ALTER TABLE "baseline_measurement" ADD COLUMN "statistic" TEXT
    CONSTRAINT "baseline_measurement_statistic_known" CHECK ("statistic" IN ('mean', 'geometric_mean', 'least_squares_mean', 'geometric_least_squares_mean', 'log_mean', 'median', 'mode', 'number', 'count_of_participants', 'count_of_units'));
ALTER TABLE "baseline_measurement" ADD COLUMN "value" REAL
    CONSTRAINT "baseline_measurement_value_number" CHECK ("value" IS NULL OR (typeof("value") IN ('integer', 'real') AND "value" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308));
ALTER TABLE "baseline_measurement" ADD COLUMN "dispersion" TEXT;
ALTER TABLE "baseline_measurement" ADD COLUMN "spread" REAL
    CONSTRAINT "baseline_measurement_spread_number" CHECK ("spread" IS NULL OR (typeof("spread") IN ('integer', 'real') AND "spread" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308));
ALTER TABLE "baseline_measurement" ADD COLUMN "lower" REAL
    CONSTRAINT "baseline_measurement_lower_number" CHECK ("lower" IS NULL OR (typeof("lower") IN ('integer', 'real') AND "lower" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308));
ALTER TABLE "baseline_measurement" ADD COLUMN "upper" REAL
    CONSTRAINT "baseline_measurement_upper_number" CHECK ("upper" IS NULL OR (typeof("upper") IN ('integer', 'real') AND "upper" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308));
ALTER TABLE "baseline_measurement" ADD COLUMN "percentages" BOOLEAN
    CONSTRAINT "baseline_measurement_percentages_boolean" CHECK ("percentages" IN (0, 1));
ALTER TABLE "baseline_measurement" ADD COLUMN "denominator_units" TEXT;
ALTER TABLE "baseline_measurement" ADD COLUMN "units" INTEGER
    CONSTRAINT "baseline_measurement_units_integer" CHECK ("units" IS NULL OR (typeof("units") IN ('integer') AND "units" BETWEEN -2147483648 AND 2147483647));
ALTER TABLE "baseline_measurement" ADD COLUMN "units_of" TEXT
    CONSTRAINT "baseline_measurement_units_named" CHECK ("units" IS NULL OR "units_of" IS NOT NULL);
