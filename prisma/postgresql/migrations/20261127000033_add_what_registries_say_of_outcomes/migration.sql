-- Planned and reported outcomes, their parts, and the statistics that have no column of their own.
CREATE TYPE "outcome_section" AS ENUM ('protocol', 'results');
ALTER TABLE "outcome" ADD COLUMN "section" "outcome_section";
ALTER TABLE "outcome" ADD COLUMN "part_of_id" TEXT COLLATE "C";
ALTER TABLE "outcome" ADD CONSTRAINT "outcome_part_of_id_fkey" FOREIGN KEY ("part_of_id") REFERENCES "outcome" ("id") ON DELETE NO ACTION ON UPDATE CASCADE;
ALTER TABLE "outcome" ADD CONSTRAINT "outcome_part_of_id_in_study" CHECK (substr("part_of_id", 1, length("study_id") + 1) = "study_id" || '/');
ALTER TABLE "outcome" ADD CONSTRAINT "outcome_not_part_of_itself" CHECK ("part_of_id" <> "id");
ALTER TABLE "outcome" ADD COLUMN "class_title" TEXT COLLATE "C";
ALTER TABLE "outcome" ADD COLUMN "category" TEXT COLLATE "C";
ALTER TABLE "outcome" ADD COLUMN "planned_as_id" TEXT COLLATE "C";
ALTER TABLE "outcome" ADD CONSTRAINT "outcome_planned_as_id_fkey" FOREIGN KEY ("planned_as_id") REFERENCES "outcome" ("id") ON DELETE NO ACTION ON UPDATE CASCADE;
ALTER TABLE "outcome" ADD CONSTRAINT "outcome_planned_as_id_in_study" CHECK (substr("planned_as_id", 1, length("study_id") + 1) = "study_id" || '/');
ALTER TABLE "outcome" ADD CONSTRAINT "outcome_not_planned_as_itself" CHECK ("planned_as_id" <> "id");
ALTER TABLE "outcome" ADD COLUMN "time_frame" TEXT COLLATE "C";
ALTER TABLE "outcome" ADD COLUMN "prespecified" BOOLEAN;
ALTER TABLE "outcome" ADD COLUMN "statistic" "statistic";
ALTER TABLE "outcome" ADD COLUMN "dispersion" TEXT COLLATE "C";
ALTER TABLE "outcome" ADD COLUMN "percentages" BOOLEAN;
ALTER TABLE "outcome" ADD COLUMN "units_analysed" TEXT COLLATE "C";
ALTER TABLE "outcome" ADD COLUMN "denominator_units" TEXT COLLATE "C";
ALTER TABLE "outcome" ADD COLUMN "reporting_status" TEXT COLLATE "C";
ALTER TABLE "outcome" ADD COLUMN "anticipated_posting" TEXT COLLATE "C";
ALTER TABLE "outcome" ADD CONSTRAINT "outcome_anticipated_posting_date" CHECK ("anticipated_posting" ~ '^[0-9]{4}(-[01][0-9](-[0-3][0-9])?)?$');

CREATE INDEX "outcome_part_of_id_idx" ON "outcome"("part_of_id");
CREATE INDEX "outcome_planned_as_id_idx" ON "outcome"("planned_as_id");

ALTER TABLE "outcome_measurement" ADD COLUMN "value" DOUBLE PRECISION;
ALTER TABLE "outcome_measurement" ADD CONSTRAINT "outcome_measurement_value_number" CHECK ("value" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308);
ALTER TABLE "outcome_measurement" ADD COLUMN "spread" DOUBLE PRECISION;
ALTER TABLE "outcome_measurement" ADD CONSTRAINT "outcome_measurement_spread_number" CHECK ("spread" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308);
ALTER TABLE "outcome_measurement" ADD COLUMN "lower" DOUBLE PRECISION;
ALTER TABLE "outcome_measurement" ADD CONSTRAINT "outcome_measurement_lower_number" CHECK ("lower" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308);
ALTER TABLE "outcome_measurement" ADD COLUMN "upper" DOUBLE PRECISION;
ALTER TABLE "outcome_measurement" ADD CONSTRAINT "outcome_measurement_upper_number" CHECK ("upper" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308);
ALTER TABLE "outcome_measurement" ADD COLUMN "units" INTEGER;
ALTER TABLE "outcome_measurement" ADD COLUMN "units_of" TEXT COLLATE "C";
ALTER TABLE "outcome_measurement" ADD CONSTRAINT "outcome_measurement_units_named" CHECK ("units" IS NULL OR "units_of" IS NOT NULL);
