/*
id: nonconforming-run-record
title: The record of the run does not meet the team's schema
subject: run
severity: error
rationale: >
  Tools that read records rely on their form: a key that is missing, misspelt or of another type is
  passed over, and nobody notices until it is asked for.
remedy: >
  Correct the record at the line given, and the script that writes it; the schema is the file that the
  policy names as `run_schema`.
references:
  - https://json-schema.org/draft/2020-12
  - https://json-schema.org/understanding-json-schema/
controls:
  eu-ai-act: [Annex IV 2(g), Article 12]
  nist-ai-rmf: [MANAGE 4.1]
  iso-42001: [A.6.2.8]
parameters: []
*/
WITH
schema AS (SELECT max(path) AS path FROM run_schemas),
offenders AS (
  SELECT subject_id, CASE item WHEN '' THEN 'record' ELSE item END AS item, message, path, line,
    row_number() OVER (PARTITION BY subject_id ORDER BY line, item, message) AS place
  FROM schema_problems
),
flagged AS (
  SELECT subject_id, count(*) AS total, min(item || ' ' || message) FILTER (WHERE place = 1) AS first,
    json_group_array(json_object('item', item, 'message', message, 'path', path, 'line', line))
      FILTER (WHERE place <= 1000) AS items
  FROM offenders GROUP BY subject_id
)
SELECT
  r.subject_id,
  CASE WHEN s.path IS NULL THEN 'not-applicable' WHEN f.total > 0 THEN 'fail' ELSE 'pass' END AS outcome,
  CASE
    WHEN s.path IS NULL THEN 'the policy names no schema of run records'
    WHEN f.total = 1 THEN f.first
    WHEN f.total > 1 THEN f.total || ' things do not meet the schema, the first: ' || f.first
    ELSE ''
  END AS message,
  CASE WHEN f.total > 0 THEN json_object('count', f.total, 'items', json(f.items)) END AS details
FROM runs r
CROSS JOIN schema s
LEFT JOIN flagged f ON f.subject_id = r.subject_id
