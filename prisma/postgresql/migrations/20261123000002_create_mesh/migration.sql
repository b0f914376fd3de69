-- MeSH descriptors and qualifiers, and the publications indexed with them.
-- The same rules as on SQLite, but for those that PostgreSQL's types enforce by themselves.

CREATE TABLE "mesh_descriptor" (
    "ui" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "scope_note" TEXT COLLATE "C",
    CONSTRAINT "mesh_descriptor_pkey" PRIMARY KEY ("ui")
);

CREATE UNIQUE INDEX "mesh_descriptor_name_key" ON "mesh_descriptor"("name");

CREATE TABLE "mesh_tree_number" (
    "tree_number" TEXT COLLATE "C" NOT NULL,
    "descriptor_ui" TEXT COLLATE "C" NOT NULL,
    CONSTRAINT "mesh_tree_number_pkey" PRIMARY KEY ("tree_number"),
    CONSTRAINT "mesh_tree_number_descriptor_ui_fkey" FOREIGN KEY ("descriptor_ui") REFERENCES "mesh_descriptor"("ui") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX "mesh_tree_number_descriptor_ui_idx" ON "mesh_tree_number"("descriptor_ui");

CREATE TABLE "mesh_qualifier" (
    "ui" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    CONSTRAINT "mesh_qualifier_pkey" PRIMARY KEY ("ui")
);

CREATE UNIQUE INDEX "mesh_qualifier_name_key" ON "mesh_qualifier"("name");

CREATE TABLE "mesh_entry_term" (
    "descriptor_ui" TEXT COLLATE "C" NOT NULL,
    "term" TEXT COLLATE "C" NOT NULL,
    CONSTRAINT "mesh_entry_term_pkey" PRIMARY KEY ("descriptor_ui","term"),
    CONSTRAINT "mesh_entry_term_descriptor_ui_fkey" FOREIGN KEY ("descriptor_ui") REFERENCES "mesh_descriptor"("ui") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX "mesh_entry_term_term_idx" ON "mesh_entry_term"("term");

CREATE TABLE "publication_mesh" (
    "publication_id" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "descriptor_ui" TEXT COLLATE "C" NOT NULL,
    "descriptor_major" BOOLEAN NOT NULL DEFAULT false,
    "qualifier_ui" TEXT COLLATE "C",
    "qualifier_major" BOOLEAN NOT NULL DEFAULT false,
    CONSTRAINT "publication_mesh_pkey" PRIMARY KEY ("publication_id","position"),
    CONSTRAINT "publication_mesh_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "publication_mesh_descriptor_ui_fkey" FOREIGN KEY ("descriptor_ui") REFERENCES "mesh_descriptor"("ui") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "publication_mesh_qualifier_ui_fkey" FOREIGN KEY ("qualifier_ui") REFERENCES "mesh_qualifier"("ui") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "publication_mesh_major_qualifier" CHECK ("qualifier_ui" IS NOT NULL OR NOT "qualifier_major")
);

CREATE INDEX "publication_mesh_descriptor_ui_idx" ON "publication_mesh"("descriptor_ui");
CREATE INDEX "publication_mesh_qualifier_ui_idx" ON "publication_mesh"("qualifier_ui");
