-- A study file calls each publication by a code of its own. It is kept, so that a file written back has the same.
ALTER TABLE "study_publication" ADD COLUMN "code" TEXT COLLATE "C";
