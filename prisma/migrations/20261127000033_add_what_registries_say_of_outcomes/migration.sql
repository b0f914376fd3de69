-- Planned and reported outcomes, their parts, and the statistics that have no column of their own.
ALTER TABLE "outcome" ADD COLUMN "section" TEXT
    CONSTRAINT "outcome_section_known" CHECK ("section" IN ('protocol', 'results'));
ALTER TABLE "outcome" ADD COLUMN "part_of_id" TEXT REFERENCES "outcome" ("id") ON DELETE NO ACTION ON UPDATE CASCADE
    CONSTRAINT "outcome_part_of_id_in_study" CHECK (substr("part_of_id", 1, length("study_id") + 1) = "study_id" || '/')
    CONSTRAINT "outcome_not_part_of_itself" CHECK ("part_of_id" <> "id");
ALTER TABLE "outcome" ADD COLUMN "class_title" TEXT;
ALTER TABLE "outcome" ADD COLUMN "category" TEXT;
ALTER TABLE "outcome" ADD COLUMN "planned_as_id" TEXT REFERENCES "outcome" ("id") ON DELETE NO ACTION ON UPDATE CASCADE
    CONSTRAINT "outcome_planned_as_id_in_study" CHECK (substr("planned_as_id", 1, length("study_id") + 1) = "study_id" || '/')
    CONSTRAINT "outcome_not_planned_as_itself" CHECK ("planned_as_id" <> "id");
ALTER TABLE "outcome" ADD COLUMN "time_frame" TEXT;
ALTER TABLE "outcome" ADD COLUMN "prespecified" BOOLEAN
    CONSTRAINT "outcome_prespecified_boolean" CHECK ("prespecified" IN (0, 1));
ALTER TABLE "outcome" ADD COLUMN "statistic" TEXT
    CONSTRAINT "outcome_statistic_known" CHECK ("statistic" IN ('mean', 'geometric_mean', 'least_squares_mean', 'geometric_least_squares_mean', 'log_mean', 'median', 'mode', 'number', 'count_of_participants', 'count_of_units'));
ALTER TABLE "outcome" ADD COLUMN "dispersion" TEXT;
ALTER TABLE "outcome" ADD COLUMN "percentages" BOOLEAN
    CONSTRAINT "outcome_percentages_boolean" CHECK ("percentages" IN (0, 1));
ALTER TABLE "outcome" ADD COLUMN "units_analysed" TEXT;
ALTER TABLE "outcome" ADD COLUMN "denominator_units" TEXT;
ALTER TABLE "outcome" ADD COLUMN "reporting_status" TEXT;
ALTER TABLE "outcome" ADD COLUMN "anticipated_posting" TEXT
    CONSTRAINT "outcome_anticipated_posting_date" CHECK ("anticipated_posting" GLOB '[0-9][0-9][0-9][0-9]' OR "anticipated_posting" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]' OR "anticipated_posting" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]');

CREATE INDEX "outcome_part_of_id_idx" ON "outcome"("part_of_id");
CREATE INDEX "outcome_planned_as_id_idx" ON "outcome"("planned_as_id");

ALTER TABLE "outcome_measurement" ADD COLUMN "value" REAL
    CONSTRAINT "outcome_measurement_value_number" CHECK ("value" IS NULL OR (typeof("value") IN ('integer', 'real') AND "value" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308));
ALTER TABLE "outcome_measurement" ADD COLUMN "spread" REAL
    CONSTRAINT "outcome_measurement_spread_number" CHECK ("spread" IS NULL OR (typeof("spread") IN ('integer', 'real') AND "spread" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308));
ALTER TABLE "outcome_measurement" ADD COLUMN "lower" REAL
    CONSTRAINT "outcome_measurement_lower_number" CHECK ("lower" IS NULL OR (typeof("lower") IN ('integer', 'real') AND "lower" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308));
ALTER TABLE "outcome_measurement" ADD COLUMN "upper" REAL
    CONSTRAINT "outcome_measurement_upper_number" CHECK ("upper" IS NULL OR (typeof("upper") IN ('integer', 'real') AND "upper" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308));
ALTER TABLE "outcome_measurement" ADD COLUMN "units" INTEGER
    CONSTRAINT "outcome_measurement_units_integer" CHECK ("units" IS NULL OR (typeof("units") IN ('integer') AND "units" BETWEEN -2147483648 AND 2147483647));
ALTER TABLE "outcome_measurement" ADD COLUMN "units_of" TEXT
    CONSTRAINT "outcome_measurement_units_named" CHECK ("units" IS NULL OR "units_of" IS NOT NULL);
