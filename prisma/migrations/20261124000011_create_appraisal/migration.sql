-- How far results can be trusted: tools with their domains and answers, and what people judged by them.
-- The CHECKs stand inside CREATE TABLE because SQLite can add none later.

CREATE TABLE "appraisal_tool" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "code" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "applies_to" TEXT NOT NULL,
    "citation" TEXT NOT NULL,
    "doi" TEXT,
    CONSTRAINT "appraisal_tool_key" CHECK ("id" = "code" || '/' || "version")
);

CREATE UNIQUE INDEX "appraisal_tool_code_version_key" ON "appraisal_tool"("code", "version");

CREATE TABLE "appraisal_domain" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "tool_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "overall" BOOLEAN NOT NULL DEFAULT false,
    CONSTRAINT "appraisal_domain_tool_id_fkey" FOREIGN KEY ("tool_id") REFERENCES "appraisal_tool" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "appraisal_domain_position_integer" CHECK ("position" IS NULL OR (typeof("position") IN ('integer') AND "position" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "appraisal_domain_overall_boolean" CHECK ("overall" IN (0, 1)),
    CONSTRAINT "appraisal_domain_key" CHECK ("id" = "tool_id" || '/' || "code")
);

CREATE INDEX "appraisal_domain_tool_id_idx" ON "appraisal_domain"("tool_id");

CREATE TABLE "appraisal_judgement" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "tool_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "severity" INTEGER,
    CONSTRAINT "appraisal_judgement_tool_id_fkey" FOREIGN KEY ("tool_id") REFERENCES "appraisal_tool" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "appraisal_judgement_position_integer" CHECK ("position" IS NULL OR (typeof("position") IN ('integer') AND "position" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "appraisal_judgement_severity_integer" CHECK ("severity" IS NULL OR (typeof("severity") IN ('integer') AND "severity" BETWEEN -2147483648 AND 2147483647)),
    CONSTRAINT "appraisal_judgement_key" CHECK ("id" = "tool_id" || '/' || "code")
);

CREATE INDEX "appraisal_judgement_tool_id_idx" ON "appraisal_judgement"("tool_id");

CREATE TABLE "risk_of_bias" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "study_id" TEXT NOT NULL,
    "tool_id" TEXT NOT NULL,
    "domain_id" TEXT NOT NULL,
    "judgement" TEXT NOT NULL,
    "outcome_id" TEXT,
    "outcome_measurement_id" TEXT,
    "outcome_analysis_id" TEXT,
    "support" TEXT,
    "assessor" TEXT,
    CONSTRAINT "risk_of_bias_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "risk_of_bias_tool_id_fkey" FOREIGN KEY ("tool_id") REFERENCES "appraisal_tool" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "risk_of_bias_domain_id_fkey" FOREIGN KEY ("domain_id") REFERENCES "appraisal_domain" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "risk_of_bias_judgement_fkey" FOREIGN KEY ("judgement") REFERENCES "appraisal_judgement" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "risk_of_bias_outcome_id_fkey" FOREIGN KEY ("outcome_id") REFERENCES "outcome" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "risk_of_bias_outcome_measurement_id_fkey" FOREIGN KEY ("outcome_measurement_id") REFERENCES "outcome_measurement" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "risk_of_bias_outcome_analysis_id_fkey" FOREIGN KEY ("outcome_analysis_id") REFERENCES "outcome_analysis" ("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT "risk_of_bias_key" CHECK (substr("id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "risk_of_bias_outcome_id_in_study" CHECK (substr("outcome_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "risk_of_bias_outcome_measurement_id_in_study" CHECK (substr("outcome_measurement_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "risk_of_bias_outcome_analysis_id_in_study" CHECK (substr("outcome_analysis_id", 1, length("study_id") + 1) = "study_id" || '/'),
    CONSTRAINT "risk_of_bias_domain_of_tool" CHECK (substr("domain_id", 1, length("tool_id") + 1) = "tool_id" || '/'),
    CONSTRAINT "risk_of_bias_judgement_of_tool" CHECK (substr("judgement", 1, length("tool_id") + 1) = "tool_id" || '/'),
    CONSTRAINT "risk_of_bias_one_target" CHECK (CASE WHEN "outcome_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "outcome_measurement_id" IS NULL THEN 0 ELSE 1 END + CASE WHEN "outcome_analysis_id" IS NULL THEN 0 ELSE 1 END <= 1)
);

CREATE INDEX "risk_of_bias_study_id_idx" ON "risk_of_bias"("study_id");
CREATE INDEX "risk_of_bias_tool_id_idx" ON "risk_of_bias"("tool_id");
CREATE INDEX "risk_of_bias_domain_id_idx" ON "risk_of_bias"("domain_id");
CREATE INDEX "risk_of_bias_judgement_idx" ON "risk_of_bias"("judgement");
CREATE INDEX "risk_of_bias_outcome_id_idx" ON "risk_of_bias"("outcome_id");
CREATE INDEX "risk_of_bias_outcome_measurement_id_idx" ON "risk_of_bias"("outcome_measurement_id");
CREATE INDEX "risk_of_bias_outcome_analysis_id_idx" ON "risk_of_bias"("outcome_analysis_id");
