-- A waiver is written in its study's file and goes with the study, as everything else of the file does.
ALTER TABLE "waiver" DROP CONSTRAINT "waiver_study_id_fkey";
ALTER TABLE "waiver" ADD CONSTRAINT "waiver_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE;
