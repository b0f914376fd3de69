-- What a registry's record has of a study as a whole: its texts, and the publications and pages that it names.
CREATE TABLE "study_text" (
    "id" TEXT COLLATE "C" NOT NULL,
    "study_id" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "module" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "text" TEXT COLLATE "C" NOT NULL,
    CONSTRAINT "study_text_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "study_text_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "study_text_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/')
);

CREATE INDEX "study_text_study_id_idx" ON "study_text"("study_id");

CREATE TYPE "reference_kind" AS ENUM ('background', 'result', 'derived', 'retraction', 'link', 'participant_data');
CREATE TABLE "study_reference" (
    "study_id" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" "reference_kind" NOT NULL,
    "pmid" TEXT COLLATE "C",
    "citation" TEXT COLLATE "C",
    "url" TEXT COLLATE "C",
    "note" TEXT COLLATE "C",
    "retracts" INTEGER,
    CONSTRAINT "study_reference_pkey" PRIMARY KEY ("study_id", "position"),
    CONSTRAINT "study_reference_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "study_reference_retracts_another" CHECK (("kind" = 'retraction') = ("retracts" IS NOT NULL))
);

CREATE INDEX "study_reference_pmid_idx" ON "study_reference"("pmid");
