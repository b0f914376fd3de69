-- A time frame that isn't surely one time is kept as it is stated. SQLite changes a CHECK only by building the table anew.
PRAGMA defer_foreign_keys = ON;
PRAGMA foreign_keys = OFF;
-- Views name the table: the rename must not look at them while it is away.
PRAGMA legacy_alter_table = ON;

CREATE TABLE "new_timepoint" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "study_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "from_time" REAL,
    "to_time" REAL,
    "unit" TEXT,
    CONSTRAINT "timepoint_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "timepoint_position_integer" CHECK ("position" IS NULL OR (typeof("position") IN ('integer') AND "position" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "timepoint_kind_known" CHECK ("kind" IN ('at', 'over', 'last_follow_up', 'at_report', 'as_stated')),
    CONSTRAINT "timepoint_from_time_number" CHECK ("from_time" IS NULL OR (typeof("from_time") IN ('integer', 'real') AND "from_time" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "timepoint_to_time_number" CHECK ("to_time" IS NULL OR (typeof("to_time") IN ('integer', 'real') AND "to_time" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308)),
    CONSTRAINT "timepoint_unit_known" CHECK ("unit" IN ('days', 'weeks', 'months', 'years')),
    CONSTRAINT "timepoint_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "timepoint_times_of_kind" CHECK (CASE "kind" WHEN 'at' THEN "from_time" IS NOT NULL AND "to_time" IS NULL AND "unit" IS NOT NULL WHEN 'over' THEN "from_time" IS NOT NULL AND "to_time" IS NOT NULL AND "unit" IS NOT NULL ELSE "from_time" IS NULL AND "to_time" IS NULL AND "unit" IS NULL END)
);

INSERT INTO "new_timepoint" ("id", "study_id", "position", "kind", "label", "from_time", "to_time", "unit") SELECT "id", "study_id", "position", "kind", "label", "from_time", "to_time", "unit" FROM "timepoint";
DROP TABLE "timepoint";
ALTER TABLE "new_timepoint" RENAME TO "timepoint";

CREATE INDEX "timepoint_study_id_idx" ON "timepoint"("study_id");

PRAGMA legacy_alter_table = OFF;
PRAGMA foreign_keys = ON;
PRAGMA defer_foreign_keys = OFF;
