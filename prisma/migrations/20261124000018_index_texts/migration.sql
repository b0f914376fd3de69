-- A full-text index over the titles of publications and their stored texts, for find.
-- The index keeps words and not texts, so that nothing is stored twice; text_part says which text each of its numbers is.
-- It is kept by triggers, since texts also change by hand in Studio, and a copy of a database must have it without asking
-- for it. A migration that rebuilds "publication" or "publication_text" drops their triggers: it must create them again.
-- A test holds their list, and `db verify` says when the index and the texts differ.
-- Diacritics count: PostgreSQL's index can't leave them out.
CREATE TABLE "text_part" (
    "no" INTEGER NOT NULL PRIMARY KEY,
    "publication_id" TEXT NOT NULL,
    "part" TEXT NOT NULL UNIQUE
);

CREATE VIRTUAL TABLE "text_index" USING fts5("words", content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0");

CREATE TRIGGER "publication_indexed" AFTER INSERT ON "publication" BEGIN
    INSERT INTO "text_part" ("publication_id", "part") VALUES (new."id", new."id" || '/');
    INSERT INTO "text_index" (rowid, "words") SELECT "no", new."title" FROM "text_part" WHERE "part" = new."id" || '/';
END;
CREATE TRIGGER "publication_unindexed" AFTER DELETE ON "publication" BEGIN
    DELETE FROM "text_index" WHERE rowid = (SELECT "no" FROM "text_part" WHERE "part" = old."id" || '/');
    DELETE FROM "text_part" WHERE "part" = old."id" || '/';
END;
CREATE TRIGGER "publication_indexed_again" AFTER UPDATE OF "id", "title" ON "publication"
WHEN old."id" <> new."id" OR old."title" <> new."title" BEGIN
    DELETE FROM "text_index" WHERE rowid = (SELECT "no" FROM "text_part" WHERE "part" = old."id" || '/');
    UPDATE "text_part" SET "publication_id" = new."id", "part" = new."id" || '/' WHERE "part" = old."id" || '/';
    INSERT INTO "text_index" (rowid, "words") SELECT "no", new."title" FROM "text_part" WHERE "part" = new."id" || '/';
END;
CREATE TRIGGER "publication_text_indexed" AFTER INSERT ON "publication_text" BEGIN
    INSERT INTO "text_part" ("publication_id", "part") VALUES (new."publication_id", new."id");
    INSERT INTO "text_index" (rowid, "words") SELECT "no", new."body" FROM "text_part" WHERE "part" = new."id";
END;
CREATE TRIGGER "publication_text_unindexed" AFTER DELETE ON "publication_text" BEGIN
    DELETE FROM "text_index" WHERE rowid = (SELECT "no" FROM "text_part" WHERE "part" = old."id");
    DELETE FROM "text_part" WHERE "part" = old."id";
END;
CREATE TRIGGER "publication_text_indexed_again" AFTER UPDATE OF "id", "publication_id", "body" ON "publication_text"
WHEN old."id" <> new."id" OR old."publication_id" <> new."publication_id" OR old."body" <> new."body" BEGIN
    DELETE FROM "text_index" WHERE rowid = (SELECT "no" FROM "text_part" WHERE "part" = old."id");
    UPDATE "text_part" SET "publication_id" = new."publication_id", "part" = new."id" WHERE "part" = old."id";
    INSERT INTO "text_index" (rowid, "words") SELECT "no", new."body" FROM "text_part" WHERE "part" = new."id";
END;

-- serves: find, by a registry's number, whatever the registry
CREATE INDEX "study_identifier_value_idx" ON "study_identifier"("value");
