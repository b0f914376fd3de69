-- Views for people: one row is one sentence that a reviewer would say, with names where the tables have keys.
-- Prisma leaves views alone; a later change of a view drops it and creates it anew in a migration of its own.

-- "Rosenberg 1993 is an interventional, randomised study of …, with these arms, reported there."
CREATE VIEW "study_overview" AS
SELECT
    s."id" AS "study",
    s."label",
    (SELECT min(p."year") FROM "study_publication" sp JOIN "publication" p ON p."id" = sp."publication_id" WHERE sp."study_id" = s."id" AND sp."role" = 'primary') AS "year",
    s."title",
    s."type",
    coalesce(s."allocation"::text, s."allocation_missing_reason"::text) AS "allocation",
    coalesce(s."intervention_model"::text, s."intervention_model_missing_reason"::text) AS "intervention_model",
    coalesce(s."masking"::text, s."masking_missing_reason"::text) AS "masking",
    coalesce(s."phase"::text, s."phase_missing_reason"::text) AS "phase",
    (SELECT string_agg(c."name", '; ' ORDER BY c."position") FROM "study_condition" c WHERE c."study_id" = s."id") AS "conditions",
    (SELECT string_agg(a."label", '; ' ORDER BY a."position") FROM "arm" a WHERE a."study_id" = s."id") AS "arms",
    (SELECT string_agg(o."label", '; ' ORDER BY o."position") FROM "outcome" o WHERE o."study_id" = s."id") AS "outcomes",
    s."objective",
    s."authors_conclusion",
    (SELECT string_agg(sp."publication_id", '; ' ORDER BY sp."position") FROM "study_publication" sp WHERE sp."study_id" = s."id") AS "publications"
FROM "study" s;

-- "Of the 85 assessable patients on IL-2 plus LAK cells, 10 had a complete response."
CREATE VIEW "outcome_table" AS
SELECT
    m."id" AS "row",
    m."study_id" AS "study",
    o."label" AS "outcome",
    (SELECT string_agg(b."factor" || ' = ' || b."level", '; ' ORDER BY b."position") FROM "study_group_subgroup" gs JOIN "subgroup" b ON b."id" = gs."subgroup_id" WHERE gs."study_group_id" = m."study_group_id") AS "subgroup",
    g."label" AS "study_group",
    a."label" AS "analysis_set",
    t."label" AS "timepoint",
    m."events",
    m."total",
    m."person_time",
    m."person_time_unit",
    m."proportion",
    m."mean",
    m."sd",
    m."se",
    m."median",
    m."q1",
    m."q3",
    m."minimum",
    m."maximum",
    m."ci_lower",
    m."ci_upper",
    m."ci_level",
    o."unit",
    m."method",
    m."derived",
    m."missing_reason",
    coalesce(
        (SELECT string_agg(w."words", ' / ' ORDER BY w."position") FROM (SELECT DISTINCT q."position", q."words" FROM "fact" f JOIN "quote_link" l ON l."fact_id" = f."id" JOIN "quote" q ON q."id" = l."quote_id" WHERE f."outcome_measurement_id" = m."id" AND l."role" = 'value') w),
        (SELECT string_agg('derived: ' || f."field" || ' = ' || d."formula", '; ' ORDER BY f."field") FROM "fact" f JOIN "derivation" d ON d."fact_id" = f."id" WHERE f."outcome_measurement_id" = m."id")
    ) AS "words",
    m."note"
FROM "outcome_measurement" m
JOIN "outcome" o ON o."id" = m."outcome_id"
JOIN "study_group" g ON g."id" = m."study_group_id"
LEFT JOIN "analysis_set" a ON a."id" = m."analysis_set_id"
LEFT JOIN "timepoint" t ON t."id" = m."timepoint_id";

-- "Overall survival did not differ between the groups, two-sided P = .089."
CREATE VIEW "analysis_table" AS
SELECT
    n."id" AS "row",
    n."study_id" AS "study",
    o."label" AS "outcome",
    (SELECT string_agg(b."level", '; ' ORDER BY b."level") FROM (SELECT DISTINCT b."factor" || ' = ' || b."level" AS "level" FROM "analysis_group" x JOIN "study_group_subgroup" gs ON gs."study_group_id" = x."study_group_id" JOIN "subgroup" b ON b."id" = gs."subgroup_id" WHERE x."analysis_id" = n."id") b) AS "subgroup",
    e."label" AS "experimental",
    r."label" AS "reference",
    (SELECT string_agg(g."label" || ' (' || x."role"::text || ')', '; ' ORDER BY g."position") FROM "analysis_group" x JOIN "study_group" g ON g."id" = x."study_group_id" WHERE x."analysis_id" = n."id") AS "study_groups",
    a."label" AS "analysis_set",
    t."label" AS "timepoint",
    n."measure",
    n."estimate",
    n."ci_lower",
    n."ci_upper",
    n."ci_level",
    n."p_operator",
    n."p_value",
    n."p_text",
    n."p_sides",
    coalesce(n."method", n."method_missing_reason"::text) AS "method",
    n."finding",
    n."finding_direction",
    n."corrected",
    n."derived",
    n."missing_reason",
    coalesce(
        (SELECT string_agg(w."words", ' / ' ORDER BY w."position") FROM (SELECT DISTINCT q."position", q."words" FROM "fact" f JOIN "quote_link" l ON l."fact_id" = f."id" JOIN "quote" q ON q."id" = l."quote_id" WHERE f."outcome_analysis_id" = n."id" AND l."role" = 'value') w),
        (SELECT string_agg('derived: ' || f."field" || ' = ' || d."formula", '; ' ORDER BY f."field") FROM "fact" f JOIN "derivation" d ON d."fact_id" = f."id" WHERE f."outcome_analysis_id" = n."id")
    ) AS "words",
    n."note"
FROM "outcome_analysis" n
JOIN "outcome" o ON o."id" = n."outcome_id"
LEFT JOIN "comparison" c ON c."id" = n."comparison_id"
LEFT JOIN "study_group" e ON e."id" = c."experimental_group_id"
LEFT JOIN "study_group" r ON r."id" = c."reference_group_id"
LEFT JOIN "analysis_set" a ON a."id" = n."analysis_set_id"
LEFT JOIN "timepoint" t ON t."id" = n."timepoint_id";

-- "Six of all patients died of the treatment, three of them of myocardial infarction."
CREATE VIEW "adverse_event_table" AS
SELECT
    coalesce(c."id", e."id") AS "row",
    e."study_id" AS "study",
    e."term",
    p."term" AS "parent",
    g."label" AS "study_group",
    a."label" AS "analysis_set",
    t."label" AS "timepoint",
    c."affected",
    c."at_risk",
    c."events",
    c."percent",
    e."serious",
    e."related",
    e."fatal",
    e."narrative",
    c."derived",
    c."missing_reason",
    coalesce(
        (SELECT string_agg(w."words", ' / ' ORDER BY w."position") FROM (SELECT DISTINCT q."position", q."words" FROM "fact" f JOIN "quote_link" l ON l."fact_id" = f."id" JOIN "quote" q ON q."id" = l."quote_id" WHERE l."role" = 'value' AND (f."adverse_event_count_id" = c."id" OR f."adverse_event_term_id" = e."id")) w),
        (SELECT string_agg('derived: ' || f."field" || ' = ' || d."formula", '; ' ORDER BY f."field") FROM "fact" f JOIN "derivation" d ON d."fact_id" = f."id" WHERE f."adverse_event_count_id" = c."id")
    ) AS "words",
    c."note"
FROM "adverse_event_term" e
LEFT JOIN "adverse_event_count" c ON c."term_id" = e."id"
LEFT JOIN "adverse_event_term" p ON p."id" = e."parent_id"
LEFT JOIN "study_group" g ON g."id" = c."study_group_id"
LEFT JOIN "analysis_set" a ON a."id" = c."analysis_set_id"
LEFT JOIN "timepoint" t ON t."id" = c."timepoint_id";

-- "The 10 was read from these words of that section, as the value; that it is this arm's, from those."
CREATE VIEW "provenance_table" AS
SELECT
    f."id" AS "fact",
    f."study_id" AS "study",
    f."field",
    f."printed",
    l."role",
    q."words",
    coalesce(pt."label", s."label") AS "section",
    q."locator",
    q."start_offset",
    q."end_offset",
    coalesce(pt."publication_id", s."publication_id") AS "publication",
    d."formula",
    c."notice" AS "correction"
FROM "fact" f
LEFT JOIN "quote_link" l ON l."fact_id" = f."id"
LEFT JOIN "quote" q ON q."id" = l."quote_id"
LEFT JOIN "publication_text" pt ON pt."id" = q."publication_text_id"
LEFT JOIN "source" s ON s."id" = q."source_id"
LEFT JOIN "derivation" d ON d."fact_id" = f."id"
LEFT JOIN "correction" c ON c."fact_id" = f."id";
