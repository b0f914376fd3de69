-- A publication can report a study by a registration, or by a person's word, with the reason beside it. Nobody says then what it is
-- to the study. SQLite changes a CHECK only by building the table anew.
PRAGMA defer_foreign_keys = ON;
PRAGMA foreign_keys = OFF;
-- Views name the table: the rename must not look at them while it is away.
PRAGMA legacy_alter_table = ON;

CREATE TABLE "new_study_publication" (
    "study_id" TEXT NOT NULL,
    "publication_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "role" TEXT NOT NULL,
    "code" TEXT,
    "tied_by" TEXT NOT NULL DEFAULT 'study',
    "reason" TEXT,

    PRIMARY KEY ("study_id", "publication_id"),
    CONSTRAINT "study_publication_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "study_publication_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "study_publication_position_integer" CHECK ("position" IS NULL OR (typeof("position") IN ('integer') AND "position" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "study_publication_role_known" CHECK ("role" IN ('primary', 'secondary', 'protocol', 'correction', 'not_stated')),
    CONSTRAINT "study_publication_tied_by_known" CHECK ("tied_by" IN ('study', 'registration', 'person')),
    CONSTRAINT "study_publication_reason_of_tie" CHECK (("tied_by" = 'study') = ("reason" IS NULL))
);

INSERT INTO "new_study_publication" ("study_id", "publication_id", "position", "role", "code") SELECT "study_id", "publication_id", "position", "role", "code" FROM "study_publication";
DROP TABLE "study_publication";
ALTER TABLE "new_study_publication" RENAME TO "study_publication";

CREATE INDEX "study_publication_publication_id_idx" ON "study_publication"("publication_id");

PRAGMA legacy_alter_table = OFF;
PRAGMA foreign_keys = ON;
PRAGMA defer_foreign_keys = OFF;
