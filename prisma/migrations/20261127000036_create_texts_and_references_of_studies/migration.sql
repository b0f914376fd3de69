-- What a registry's record has of a study as a whole: its texts, and the publications and pages that it names.
CREATE TABLE "study_text" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "study_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "module" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    CONSTRAINT "study_text_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "study_text_position_integer" CHECK ("position" IS NULL OR (typeof("position") IN ('integer') AND "position" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "study_text_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/')
);

CREATE INDEX "study_text_study_id_idx" ON "study_text"("study_id");

CREATE TABLE "study_reference" (
    "study_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "pmid" TEXT,
    "citation" TEXT,
    "url" TEXT,
    "note" TEXT,
    "retracts" INTEGER,
    PRIMARY KEY ("study_id", "position"),
    CONSTRAINT "study_reference_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "study_reference_position_integer" CHECK ("position" IS NULL OR (typeof("position") IN ('integer') AND "position" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "study_reference_kind_known" CHECK ("kind" IN ('background', 'result', 'derived', 'retraction', 'link', 'participant_data')),
    CONSTRAINT "study_reference_retracts_integer" CHECK ("retracts" IS NULL OR (typeof("retracts") IN ('integer') AND "retracts" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "study_reference_retracts_another" CHECK (("kind" = 'retraction') = ("retracts" IS NOT NULL))
);

CREATE INDEX "study_reference_pmid_idx" ON "study_reference"("pmid");
