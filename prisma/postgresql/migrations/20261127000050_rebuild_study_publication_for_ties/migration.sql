-- A publication can report a study by a registration, or by a person's word, with the reason beside it. Nobody says then what it is
-- to the study.
ALTER TYPE "study_publication_role" ADD VALUE 'not_stated';
CREATE TYPE "study_publication_tie" AS ENUM ('study', 'registration', 'person');
ALTER TABLE "study_publication" ADD COLUMN "tied_by" "study_publication_tie" NOT NULL DEFAULT 'study';
ALTER TABLE "study_publication" ADD COLUMN "reason" TEXT COLLATE "C";
ALTER TABLE "study_publication" ADD CONSTRAINT "study_publication_reason_of_tie" CHECK (("tied_by" = 'study') = ("reason" IS NULL));
