-- Publications, their stored text in labelled sections, and who signed them.
-- The same rules as on SQLite, but for those that PostgreSQL's types enforce by themselves.

CREATE TYPE "missing_reason" AS ENUM ('not_reported', 'not_split_by_arm', 'not_estimable', 'not_reached', 'zero_at_risk', 'not_assessed', 'not_applicable', 'unclear');
CREATE TYPE "source_kind" AS ENUM ('abstract', 'full_text', 'table', 'figure', 'supplement', 'registry_record', 'author_contact');

CREATE TABLE "publication" (
    "id" TEXT COLLATE "C" NOT NULL,
    "pmid" TEXT COLLATE "C",
    "doi" TEXT COLLATE "C",
    "pmcid" TEXT COLLATE "C",
    "title" TEXT COLLATE "C" NOT NULL,
    "journal" TEXT COLLATE "C",
    "volume" TEXT COLLATE "C",
    "issue" TEXT COLLATE "C",
    "pages" TEXT COLLATE "C",
    "published" TEXT COLLATE "C",
    "published_printed" TEXT COLLATE "C",
    "year" INTEGER,
    "language" TEXT COLLATE "C",
    "authors_missing_reason" "missing_reason",
    "note" TEXT COLLATE "C",
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
    "id" TEXT COLLATE "C" NOT NULL,
    "publication_id" TEXT COLLATE "C" NOT NULL,
    "kind" "source_kind" NOT NULL,
    "label" TEXT COLLATE "C" NOT NULL,
    "rights" TEXT COLLATE "C",
    CONSTRAINT "source_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "source_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "source_key" CHECK (substr("id", 1, length("publication_id") + 1) = "publication_id" || '/')
);

CREATE INDEX "source_publication_id_idx" ON "source"("publication_id");

CREATE TABLE "publication_text" (
    "id" TEXT COLLATE "C" NOT NULL,
    "publication_id" TEXT COLLATE "C" NOT NULL,
    "source_id" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "label" TEXT COLLATE "C" NOT NULL,
    "body" TEXT COLLATE "C" NOT NULL,
    CONSTRAINT "publication_text_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "publication_text_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "publication_text_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "publication_text_key" CHECK (substr("id", 1, length("publication_id") + 1) = "publication_id" || '/'),
    CONSTRAINT "publication_text_source_in_publication" CHECK (substr("source_id", 1, length("publication_id") + 1) = "publication_id" || '/')
);

CREATE INDEX "publication_text_source_id_idx" ON "publication_text"("source_id");
CREATE UNIQUE INDEX "publication_text_publication_id_position_key" ON "publication_text"("publication_id", "position");

CREATE TABLE "author" (
    "id" TEXT COLLATE "C" NOT NULL,
    "last_name" TEXT COLLATE "C",
    "fore_name" TEXT COLLATE "C",
    "initials" TEXT COLLATE "C",
    "collective_name" TEXT COLLATE "C",
    "orcid" TEXT COLLATE "C",
    CONSTRAINT "author_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "author_one_kind_of_name" CHECK (("last_name" IS NULL) <> ("collective_name" IS NULL))
);

CREATE UNIQUE INDEX "author_orcid_key" ON "author"("orcid");
CREATE INDEX "author_last_name_idx" ON "author"("last_name");

CREATE TABLE "authorship" (
    "publication_id" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "author_id" TEXT COLLATE "C" NOT NULL,
    "affiliation" TEXT COLLATE "C",
    CONSTRAINT "authorship_pkey" PRIMARY KEY ("publication_id","position"),
    CONSTRAINT "authorship_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "authorship_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "author"("id") ON DELETE NO ACTION ON UPDATE CASCADE
);

CREATE INDEX "authorship_author_id_idx" ON "authorship"("author_id");

CREATE TABLE "publication_type" (
    "publication_id" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "ui" TEXT COLLATE "C",
    CONSTRAINT "publication_type_pkey" PRIMARY KEY ("publication_id","position"),
    CONSTRAINT "publication_type_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX "publication_type_name_idx" ON "publication_type"("name");

CREATE TABLE "publication_link" (
    "publication_id" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "ref_type" TEXT COLLATE "C" NOT NULL,
    "ref_source" TEXT COLLATE "C",
    "ref_pmid" TEXT COLLATE "C",
    "linked_publication_id" TEXT COLLATE "C",
    "note" TEXT COLLATE "C",
    CONSTRAINT "publication_link_pkey" PRIMARY KEY ("publication_id","position"),
    CONSTRAINT "publication_link_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "publication_link_linked_publication_id_fkey" FOREIGN KEY ("linked_publication_id") REFERENCES "publication"("id") ON DELETE SET NULL ON UPDATE CASCADE
);

CREATE INDEX "publication_link_linked_publication_id_idx" ON "publication_link"("linked_publication_id");
CREATE INDEX "publication_link_ref_pmid_idx" ON "publication_link"("ref_pmid");

CREATE TABLE "substance" (
    "publication_id" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "registry_number" TEXT COLLATE "C",
    "ui" TEXT COLLATE "C",
    CONSTRAINT "substance_pkey" PRIMARY KEY ("publication_id","position"),
    CONSTRAINT "substance_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX "substance_name_idx" ON "substance"("name");

CREATE TABLE "keyword" (
    "publication_id" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "keyword" TEXT COLLATE "C" NOT NULL,
    "major_topic" BOOLEAN NOT NULL DEFAULT false,
    CONSTRAINT "keyword_pkey" PRIMARY KEY ("publication_id","position"),
    CONSTRAINT "keyword_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX "keyword_keyword_idx" ON "keyword"("keyword");
