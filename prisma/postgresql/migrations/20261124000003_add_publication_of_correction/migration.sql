-- A correction may come in a publication of its own, an erratum: it is cited by its row.
ALTER TABLE "correction" ADD COLUMN "publication_id" TEXT COLLATE "C";
ALTER TABLE "correction" ADD CONSTRAINT "correction_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication"("id") ON DELETE NO ACTION ON UPDATE CASCADE;

CREATE INDEX "correction_publication_id_idx" ON "correction"("publication_id");
