/*
id: schema-hash-mismatch
title: The columns of the data are not those that its manifest says
subject: dataset
severity: error
rationale: >
  A column that was added, dropped, renamed or given another type reaches the model as other features
  under the same name.
remedy: >
  Restore the snapshot, or give the data with the new columns a new name and a new manifest. The
  schema hash is the SHA-256 of the compact JSON `{"columns":[...],"dtypes":[...]}`.
references:
  - https://specs.frictionlessdata.io/table-schema/
controls:
  eu-ai-act: [Annex IV 2(d), Article 10]
  nist-ai-rmf: [MAP 4.1]
  iso-42001: [A.7.5, A.7.6]
parameters: []
*/
WITH
there AS (
  SELECT d.subject_id, f.state, f.exclusion, f.message FROM datasets d JOIN files f ON f.file_id = d.file_id
),
judged AS (
  SELECT d.subject_id, d.path, coalesce(d.schema_hash_line, d.line) AS line,
    CASE
      WHEN d.schema_hash IS NULL THEN 'not-applicable'
      WHEN d.schema_verdict = 'matched' THEN 'pass'
      WHEN d.schema_verdict IN ('mismatched', 'malformed-claim') THEN 'fail'
      WHEN d.schema_verdict IS NULL AND f.state = 'missing' AND f.exclusion IS NULL THEN 'not-applicable'
      ELSE 'unverified'
    END AS outcome,
    CASE
      WHEN d.schema_hash IS NULL THEN 'the manifest states no schema hash'
      WHEN d.schema_verdict = 'matched' THEN 'the columns are those of the manifest'
      WHEN d.schema_verdict = 'mismatched' THEN 'found ' || coalesce(d.found_schema_hash, 'another schema hash')
        || ', the manifest states ' || d.schema_hash
      WHEN d.schema_verdict = 'malformed-claim'
        THEN 'the manifest states no digest but `' || substr(d.schema_hash, 1, 80) || '`'
      WHEN d.schema_verdict IS NOT NULL THEN coalesce(d.tabular_message, 'how the schema hash was computed is not known'
        || coalesce('; repro-audit/schema/1 gives ' || d.found_schema_hash, ''))
      WHEN f.exclusion IS NOT NULL THEN 'declared out of scope: ' || f.exclusion
      WHEN f.state = 'missing' THEN 'the data is not there'
      WHEN d.file_id IS NULL THEN coalesce(d.tabular_message, 'the manifest does not say where the data lies')
      ELSE coalesce(d.tabular_message, f.message, 'the columns were not read')
    END AS message
  FROM datasets d LEFT JOIN there f ON f.subject_id = d.subject_id
)
SELECT
  subject_id, outcome, message,
  CASE WHEN outcome IN ('fail', 'unverified') THEN
    json_object('count', 1, 'items', json_array(json_object(
      'item', 'schema_hash', 'message', message, 'path', path, 'line', line)))
  END AS details
FROM judged
