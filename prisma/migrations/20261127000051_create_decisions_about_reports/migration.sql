-- What people decided about which publications report which studies. It is kept with a publication's records, whose keys stay.
CREATE TABLE "report_decision" (
    "record_key" TEXT NOT NULL,
    "study_id" TEXT NOT NULL,
    "reports" BOOLEAN NOT NULL,
    "role" TEXT,
    "reason" TEXT NOT NULL,

    PRIMARY KEY ("record_key", "study_id"),
    CONSTRAINT "report_decision_record_key_fkey" FOREIGN KEY ("record_key") REFERENCES "imported_record" ("key") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "report_decision_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "report_decision_reports_boolean" CHECK ("reports" IN (0, 1)),
    CONSTRAINT "report_decision_role_known" CHECK ("role" IN ('primary', 'secondary', 'protocol', 'correction', 'not_stated')),
    CONSTRAINT "report_decision_role_of_report" CHECK ("reports" = ("role" IS NOT NULL))
);

CREATE INDEX "report_decision_study_id_idx" ON "report_decision"("study_id");
