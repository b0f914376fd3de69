-- Records of files from elsewhere, whole as they stood there, and how each came to its publication or study. An import that
-- a person ends keeps what is in, and a file's digest is known only at its end.
ALTER TYPE "import_status" ADD VALUE 'stopped';
ALTER TABLE "import_run" ALTER COLUMN "file_sha256" DROP NOT NULL;

CREATE TYPE "record_format" AS ENUM ('pubmed_xml', 'medline', 'ris', 'ctgov_json', 'ctgov_xml', 'revman');
CREATE TYPE "record_match" AS ENUM ('none', 'pmid', 'doi', 'pmcid', 'title_year_pages', 'person');

CREATE TABLE "imported_record" (
    "key" TEXT COLLATE "C" NOT NULL,
    "format" "record_format" NOT NULL,
    "publication_id" TEXT COLLATE "C",
    "study_id" TEXT COLLATE "C",
    "import_run_id" INTEGER NOT NULL,
    "sha256" TEXT COLLATE "C" NOT NULL,
    "content" TEXT COLLATE "C" NOT NULL,
    "read_by" INTEGER NOT NULL,
    "revision" TEXT COLLATE "C",
    "database_name" TEXT COLLATE "C",
    "title_key" TEXT COLLATE "C",
    "matched_by" "record_match",
    "score" DOUBLE PRECISION,
    "reason" TEXT COLLATE "C",
    CONSTRAINT "imported_record_pkey" PRIMARY KEY ("key"),
    CONSTRAINT "imported_record_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "imported_record_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "imported_record_import_run_id_fkey" FOREIGN KEY ("import_run_id") REFERENCES "import_run"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "imported_record_score_number" CHECK ("score" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308),
    CONSTRAINT "imported_record_key_of_family" CHECK ("key" LIKE '_%:_%'),
    CONSTRAINT "imported_record_publication_or_study" CHECK (("publication_id" IS NULL) <> ("study_id" IS NULL)),
    CONSTRAINT "imported_record_score_of_match" CHECK ("score" IS NULL OR "matched_by" = 'title_year_pages'),
    CONSTRAINT "imported_record_match_of_publication" CHECK (("publication_id" IS NULL) = ("matched_by" IS NULL))
);

CREATE TABLE "record_identifier" (
    "record_key" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "type" TEXT COLLATE "C" NOT NULL,
    "value" TEXT COLLATE "C" NOT NULL,
    CONSTRAINT "record_identifier_pkey" PRIMARY KEY ("record_key", "position"),
    CONSTRAINT "record_identifier_record_key_fkey" FOREIGN KEY ("record_key") REFERENCES "imported_record"("key") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX "imported_record_publication_id_idx" ON "imported_record"("publication_id");
CREATE INDEX "imported_record_study_id_idx" ON "imported_record"("study_id");
CREATE INDEX "imported_record_import_run_id_idx" ON "imported_record"("import_run_id");
CREATE INDEX "imported_record_sha256_idx" ON "imported_record"("sha256");
CREATE INDEX "imported_record_title_key_idx" ON "imported_record"("title_key");
CREATE INDEX "record_identifier_value_idx" ON "record_identifier"("value");
