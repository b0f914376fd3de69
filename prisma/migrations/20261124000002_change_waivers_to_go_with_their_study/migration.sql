-- A waiver is written in its study's file and goes with the study, as everything else of the file does.
PRAGMA defer_foreign_keys = ON;
PRAGMA foreign_keys = OFF;
-- Views name the table: the rename must not look at them while it is away.
PRAGMA legacy_alter_table = ON;

CREATE TABLE "new_waiver" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "study_id" TEXT NOT NULL,
    "fact_id" TEXT,
    "rule" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "waived_by" TEXT NOT NULL,
    "waived_on" TEXT NOT NULL,
    CONSTRAINT "waiver_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "waiver_fact_id_fkey" FOREIGN KEY ("fact_id") REFERENCES "fact" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "waiver_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "waiver_fact_id_in_study" CHECK (substr("fact_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "waiver_waived_on_date" CHECK ("waived_on" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

INSERT INTO "new_waiver" ("id", "study_id", "fact_id", "rule", "reason", "waived_by", "waived_on") SELECT "id", "study_id", "fact_id", "rule", "reason", "waived_by", "waived_on" FROM "waiver";
DROP TABLE "waiver";
ALTER TABLE "new_waiver" RENAME TO "waiver";

CREATE INDEX "waiver_study_id_idx" ON "waiver"("study_id");
CREATE INDEX "waiver_fact_id_idx" ON "waiver"("fact_id");

PRAGMA legacy_alter_table = OFF;
PRAGMA foreign_keys = ON;
PRAGMA defer_foreign_keys = OFF;
