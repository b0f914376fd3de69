-- The titles and texts that were there before the full-text index and its triggers.
INSERT INTO "text_part" ("publication_id", "part") SELECT "id", "id" || '/' FROM "publication" ORDER BY "id";
INSERT INTO "text_part" ("publication_id", "part") SELECT "publication_id", "id" FROM "publication_text" ORDER BY "id";
INSERT INTO "text_index" (rowid, "words") SELECT "no", "title" FROM "text_part" JOIN "publication" ON "part" = "id" || '/';
INSERT INTO "text_index" (rowid, "words") SELECT "no", "body" FROM "text_part" JOIN "publication_text" ON "part" = "id";
