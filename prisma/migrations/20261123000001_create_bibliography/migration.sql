-- Publications, their stored text in labelled sections, and who signed them.
-- The CHECKs stand inside CREATE TABLE because SQLite can add none later.

CREATE TABLE "publication" (
    "id" TEXT NOT NULL PRIMARY KEY,
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
    "authors_missing_reason" TEXT,
    "note" TEXT,
    CONSTRAINT "publication_year_integer" CHECK ("year" IS NULL OR (typeof("year") IN ('integer') AND "year" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "publication_authors_missing_reason_known" CHECK ("authors_missing_reason" IN ('not_reported', 'not_split_by_arm', 'not_estimable', 'not_reached', 'zero_at_risk', 'not_assessed', 'not_applicable', 'unclear')),
    CONSTRAINT "publication_key" CHECK ("id" <> ''),
    CONSTRAINT "publication_pmid_digits" CHECK ("pmid" <> '' AND "pmid" NOT GLOB '*[^0-9]*'),
    CONSTRAINT "publication_doi_lower_case" CHECK ("doi" = lower("doi") AND "doi" GLOB '10.*/?*'),
    CONSTRAINT "publication_pmcid_letters" CHECK ("pmcid" GLOB 'PMC[0-9]*'),
    CONSTRAINT "publication_published_date" CHECK ("published" GLOB '[0-9][0-9][0-9][0-9]' OR "published" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]' OR "published" GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CONSTRAINT "publication_year_of_date" CHECK (("year" IS NULL) = ("published" IS NULL) AND ("year" IS NULL OR "year" = CAST(substr("published", 1, 4) AS INTEGER)))
);

CREATE UNIQUE INDEX "publication_pmid_key" ON "publication"("pmid");
CREATE UNIQUE INDEX "publication_doi_key" ON "publication"("doi");
CREATE UNIQUE INDEX "publication_pmcid_key" ON "publication"("pmcid");
CREATE INDEX "publication_year_idx" ON "publication"("year");

CREATE TABLE "source" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "publication_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "rights" TEXT,
    CONSTRAINT "source_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "source_kind_known" CHECK ("kind" IN ('abstract', 'full_text', 'table', 'figure', 'supplement', 'registry_record', 'author_contact')),
    CONSTRAINT "source_key" CHECK (substr("id", 1, length("publication_id") + 1) = "publication_id" || '/')
);

CREATE INDEX "source_publication_id_idx" ON "source"("publication_id");

CREATE TABLE "publication_text" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "publication_id" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "label" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    CONSTRAINT "publication_text_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "publication_text_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "publication_text_position_integer" CHECK ("position" IS NULL OR (typeof("position") IN ('integer') AND "position" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "publication_text_key" CHECK (substr("id", 1, length("publication_id") + 1) = "publication_id" || '/'),
    CONSTRAINT "publication_text_source_in_publication" CHECK (substr("source_id", 1, length("publication_id") + 1) = "publication_id" || '/')
);

CREATE INDEX "publication_text_source_id_idx" ON "publication_text"("source_id");
CREATE UNIQUE INDEX "publication_text_publication_id_position_key" ON "publication_text"("publication_id", "position");

CREATE TABLE "author" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "last_name" TEXT,
    "fore_name" TEXT,
    "initials" TEXT,
    "collective_name" TEXT,
    "orcid" TEXT,
    CONSTRAINT "author_one_kind_of_name" CHECK (("last_name" IS NULL) <> ("collective_name" IS NULL))
);

CREATE UNIQUE INDEX "author_orcid_key" ON "author"("orcid");
CREATE INDEX "author_last_name_idx" ON "author"("last_name");

CREATE TABLE "authorship" (
    "publication_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "author_id" TEXT NOT NULL,
    "affiliation" TEXT,

    PRIMARY KEY ("publication_id", "position"),
    CONSTRAINT "authorship_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "authorship_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "author" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "authorship_position_integer" CHECK ("position" IS NULL OR (typeof("position") IN ('integer') AND "position" BETWEEN -2147483648 AND 2147483647))
);

CREATE INDEX "authorship_author_id_idx" ON "authorship"("author_id");

CREATE TABLE "publication_type" (
    "publication_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "ui" TEXT,

    PRIMARY KEY ("publication_id", "position"),
    CONSTRAINT "publication_type_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "publication_type_position_integer" CHECK ("position" IS NULL OR (typeof("position") IN ('integer') AND "position" BETWEEN -2147483648 AND 2147483647))
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

    PRIMARY KEY ("publication_id", "position"),
    CONSTRAINT "publication_link_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "publication_link_linked_publication_id_fkey" FOREIGN KEY ("linked_publication_id") REFERENCES "publication" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "publication_link_position_integer" CHECK ("position" IS NULL OR (typeof("position") IN ('integer') AND "position" BETWEEN -2147483648 AND 2147483647))
);

CREATE INDEX "publication_link_linked_publication_id_idx" ON "publication_link"("linked_publication_id");
CREATE INDEX "publication_link_ref_pmid_idx" ON "publication_link"("ref_pmid");

CREATE TABLE "substance" (
    "publication_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "registry_number" TEXT,
    "ui" TEXT,

    PRIMARY KEY ("publication_id", "position"),
    CONSTRAINT "substance_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "substance_position_integer" CHECK ("position" IS NULL OR (typeof("position") IN ('integer') AND "position" BETWEEN -2147483648 AND 2147483647))
);

CREATE INDEX "substance_name_idx" ON "substance"("name");

CREATE TABLE "keyword" (
    "publication_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "keyword" TEXT NOT NULL,
    "major_topic" BOOLEAN NOT NULL DEFAULT false,

    PRIMARY KEY ("publication_id", "position"),
    CONSTRAINT "keyword_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "keyword_position_integer" CHECK ("position" IS NULL OR (typeof("position") IN ('integer') AND "position" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "keyword_major_topic_boolean" CHECK ("major_topic" IN (0, 1))
);

CREATE INDEX "keyword_keyword_idx" ON "keyword"("keyword");
