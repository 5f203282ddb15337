/*
id: record-count-mismatch
title: The data does not hold as many records as its manifest says
subject: dataset
severity: error
rationale: >
  Records that were added or lost since the manifest was written change what a model learns from the
  data and what its metrics mean.
remedy: >
  Restore the snapshot, or correct `record_count` when it was miscounted: records without the header
  line.
references:
  - https://www.rfc-editor.org/rfc/rfc4180
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
  SELECT d.subject_id, d.path, coalesce(d.record_count_line, d.line) AS line,
    CASE
      WHEN d.record_count IS NULL THEN 'not-applicable'
      WHEN d.counted_records = d.record_count THEN 'pass'
      WHEN d.counted_records IS NOT NULL THEN 'fail'
      WHEN f.state = 'missing' AND f.exclusion IS NULL THEN 'not-applicable'
      ELSE 'unverified'
    END AS outcome,
    CASE
      WHEN d.record_count IS NULL THEN 'the manifest states no number of records'
      WHEN d.counted_records IS NOT NULL THEN d.counted_records || ' records, the manifest states ' || d.record_count
      WHEN f.exclusion IS NOT NULL THEN 'declared out of scope: ' || f.exclusion
      WHEN f.state = 'missing' THEN 'the data is not there'
      WHEN d.file_id IS NULL THEN coalesce(d.tabular_message, 'the manifest does not say where the data lies')
      WHEN d.tabular_message IS NOT NULL THEN d.tabular_message
      WHEN d.format IS NULL THEN 'records are counted in csv, tsv and jsonl only'
      ELSE coalesce(f.message, 'the records were not counted')
    END AS message
  FROM datasets d LEFT JOIN there f ON f.subject_id = d.subject_id
)
SELECT
  subject_id, outcome, message,
  CASE WHEN outcome IN ('fail', 'unverified') THEN
    json_object('count', 1, 'items', json_array(json_object(
      'item', 'record_count', 'message', message, 'path', path, 'line', line)))
  END AS details
FROM judged
