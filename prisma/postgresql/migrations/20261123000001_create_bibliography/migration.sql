-- Publications, their stored text in labelled sections, and who signed them.
-- The same rules as on SQLite, but for those that PostgreSQL's types enforce by themselves.

CREATE TYPE "missing_reason" AS ENUM ('not_reported', 'not_split_by_arm', 'not_estimable', 'not_reached', 'zero_at_risk', 'not_assessed', 'not_applicable', 'unclear');
CREATE TYPE "source_kind" AS ENUM ('abstract', 'full_text', 'table', 'figure', 'supplement', 'registry_record', 'author_contact');

CREATE TABLE "publication" (
    "id" TEXT NOT NULL,
    "pmid" TEXT,
    "doi" TEXT,
    "pmcid" TEXT,
    "title" TEXT NOT NULL,
    "journal" TEXT,
    "volume" TEXT,
    "issue" TEXT,
    "pages" TEXT,
    "published" TEXT,
    "published_printed" TEXT,
    "year" INTEGER,
    "language" TEXT,
    "authors_missing_reason" "missing_reason",
    "note" TEXT,
    CONSTRAINT "publication_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "publication_key" CHECK ("id" <> ''),
    CONSTRAINT "publication_pmid_digits" CHECK ("pmid" ~ '^[0-9]+$'),
    CONSTRAINT "publication_doi_lower_case" CHECK ("doi" = lower("doi") AND "doi" ~ '^10\..*/.'),
    CONSTRAINT "publication_pmcid_letters" CHECK ("pmcid" ~ '^PMC[0-9]'),
    CONSTRAINT "publication_published_date" CHECK ("published" ~ '^[0-9]{4}(-[01][0-9](-[0-3][0-9])?)?$'),
    CONSTRAINT "publication_year_of_date" CHECK (("year" IS NULL) = ("published" IS NULL) AND ("year" IS NULL OR "year" = CAST(substr("published", 1, 4) AS INTEGER)))
);

CREATE UNIQUE INDEX "publication_pmid_key" ON "publication"("pmid");
CREATE UNIQUE INDEX "publication_doi_key" ON "publication"("doi");
CREATE UNIQUE INDEX "publication_pmcid_key" ON "publication"("pmcid");
CREATE INDEX "publication_year_idx" ON "publication"("year");

CREATE TABLE "source" (
    "id" TEXT NOT NULL,
    "publication_id" TEXT NOT NULL,
    "kind" "source_kind" NOT NULL,
    "label" TEXT NOT NULL,
    "rights" TEXT,
    CONSTRAINT "source_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "source_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "source_key" CHECK (substr("id", 1, length("publication_id") + 1) = "publication_id" || '/')
);

CREATE INDEX "source_publication_id_idx" ON "source"("publication_id");

CREATE TABLE "publication_text" (
    "id" TEXT NOT NULL,
    "publication_id" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "label" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    CONSTRAINT "publication_text_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "publication_text_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "publication_text_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "publication_text_key" CHECK (substr("id", 1, length("publication_id") + 1) = "publication_id" || '/'),
    CONSTRAINT "publication_text_source_in_publication" CHECK (substr("source_id", 1, length("publication_id") + 1) = "publication_id" || '/')
);

CREATE INDEX "publication_text_source_id_idx" ON "publication_text"("source_id");
CREATE UNIQUE INDEX "publication_text_publication_id_position_key" ON "publication_text"("publication_id", "position");

CREATE TABLE "author" (
    "id" TEXT NOT NULL,
    "last_name" TEXT,
    "fore_name" TEXT,
    "initials" TEXT,
    "collective_name" TEXT,
    "orcid" TEXT,
    CONSTRAINT "author_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "author_one_kind_of_name" CHECK (("last_name" IS NULL) <> ("collective_name" IS NULL))
);

CREATE UNIQUE INDEX "author_orcid_key" ON "author"("orcid");
CREATE INDEX "author_last_name_idx" ON "author"("last_name");

CREATE TABLE "authorship" (
    "publication_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "author_id" TEXT NOT NULL,
    "affiliation" TEXT,
    CONSTRAINT "authorship_pkey" PRIMARY KEY ("publication_id","position"),
    CONSTRAINT "authorship_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "authorship_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "author"("id") ON DELETE NO ACTION ON UPDATE CASCADE
);

CREATE INDEX "authorship_author_id_idx" ON "authorship"("author_id");

CREATE TABLE "publication_type" (
    "publication_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "ui" TEXT,
    CONSTRAINT "publication_type_pkey" PRIMARY KEY ("publication_id","position"),
    CONSTRAINT "publication_type_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX "publication_type_name_idx" ON "publication_type"("name");

CREATE TABLE "publication_link" (
    "publication_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "ref_type" TEXT NOT NULL,
    "ref_source" TEXT,
    "ref_pmid" TEXT,
    "linked_publication_id" TEXT,
    "note" TEXT,
    CONSTRAINT "publication_link_pkey" PRIMARY KEY ("publication_id","position"),
    CONSTRAINT "publication_link_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "publication_link_linked_publication_id_fkey" FOREIGN KEY ("linked_publication_id") REFERENCES "publication"("id") ON DELETE SET NULL ON UPDATE CASCADE
);

CREATE INDEX "publication_link_linked_publication_id_idx" ON "publication_link"("linked_publication_id");
CREATE INDEX "publication_link_ref_pmid_idx" ON "publication_link"("ref_pmid");

CREATE TABLE "substance" (
    "publication_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "registry_number" TEXT,
    "ui" TEXT,
    CONSTRAINT "substance_pkey" PRIMARY KEY ("publication_id","position"),
    CONSTRAINT "substance_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX "substance_name_idx" ON "substance"("name");

CREATE TABLE "keyword" (
    "publication_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "keyword" TEXT NOT NULL,
    "major_topic" BOOLEAN NOT NULL DEFAULT false,
    CONSTRAINT "keyword_pkey" PRIMARY KEY ("publication_id","position"),
    CONSTRAINT "keyword_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX "keyword_keyword_idx" ON "keyword"("keyword");
