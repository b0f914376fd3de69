-- Words of a source whose text is not ours to hold stay outside: the place in it is enough. Words of a text that is
-- stored must still be there. SQLite changes a column only by building the table anew.
PRAGMA defer_foreign_keys = ON;
PRAGMA foreign_keys = OFF;
-- Views name the table: the rename must not look at them while it is away.
PRAGMA legacy_alter_table = ON;

CREATE TABLE "new_quote" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "study_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "words" TEXT,
    "publication_text_id" TEXT,
    "start_offset" INTEGER,
    "end_offset" INTEGER,
    "source_id" TEXT,
    "locator" TEXT,
    CONSTRAINT "quote_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "quote_publication_text_id_fkey" FOREIGN KEY ("publication_text_id") REFERENCES "publication_text" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "quote_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "quote_position_integer" CHECK ("position" IS NULL OR (typeof("position") IN ('integer') AND "position" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "quote_start_offset_integer" CHECK ("start_offset" IS NULL OR (typeof("start_offset") IN ('integer') AND "start_offset" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "quote_end_offset_integer" CHECK ("end_offset" IS NULL OR (typeof("end_offset") IN ('integer') AND "end_offset" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "quote_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "quote_one_place" CHECK (("publication_text_id" IS NULL) <> ("source_id" IS NULL)),
    CONSTRAINT "quote_words_of_text" CHECK ("publication_text_id" IS NULL OR "words" IS NOT NULL),
    CONSTRAINT "quote_locator_in_source" CHECK (("source_id" IS NULL) = ("locator" IS NULL)),
    CONSTRAINT "quote_offsets_in_text" CHECK (("publication_text_id" IS NULL) = ("start_offset" IS NULL) AND ("start_offset" IS NULL) = ("end_offset" IS NULL)),
    CONSTRAINT "quote_offsets_in_order" CHECK (0 <= "start_offset" AND "start_offset" < "end_offset")
);

INSERT INTO "new_quote" ("id", "study_id", "position", "words", "publication_text_id", "start_offset", "end_offset", "source_id", "locator") SELECT "id", "study_id", "position", "words", "publication_text_id", "start_offset", "end_offset", "source_id", "locator" FROM "quote";
DROP TABLE "quote";
ALTER TABLE "new_quote" RENAME TO "quote";

CREATE INDEX "quote_study_id_idx" ON "quote"("study_id");
CREATE INDEX "quote_source_id_idx" ON "quote"("source_id");
CREATE INDEX "quote_publication_text_id_idx" ON "quote"("publication_text_id");

PRAGMA legacy_alter_table = OFF;
PRAGMA foreign_keys = ON;
PRAGMA defer_foreign_keys = OFF;
