-- The file of a review is kept whole, too, as the record of the review.
ALTER TABLE "imported_record"
    ADD COLUMN "review_id" TEXT COLLATE "C",
    ADD CONSTRAINT "imported_record_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "review"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    DROP CONSTRAINT "imported_record_publication_or_study",
    ADD CONSTRAINT "imported_record_of_one" CHECK (CASE WHEN "publication_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "study_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "review_id" IS NULL THEN 0 ELSE 1 END = 1);

CREATE INDEX "imported_record_review_id_idx" ON "imported_record"("review_id");
