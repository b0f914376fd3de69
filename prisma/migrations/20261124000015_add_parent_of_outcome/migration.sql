-- An outcome may be part of a wider one: complete responses within responses.
ALTER TABLE "outcome" ADD COLUMN "parent_id" TEXT REFERENCES "outcome" ("id") ON DELETE NO ACTION ON UPDATE CASCADE
    CONSTRAINT "outcome_parent_id_in_study" CHECK (substr("parent_id", 1, length("study_id") + 1) = "study_id" || '/')
    CONSTRAINT "outcome_not_within_itself" CHECK ("parent_id" <> "id");

CREATE INDEX "outcome_parent_id_idx" ON "outcome"("parent_id");
