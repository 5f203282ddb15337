/*
id: mutable-data-reference
title: The data lies where other data will lie tomorrow
subject: dataset
severity: warning
staged: error
rationale: >
  `latest/`, a branch, a bucket's root or a table without a snapshot lead to other rows next month: a
  rerun reads them, and the rows of the first run cannot be had back.
remedy: >
  Copy the data to a place of its own that names a date, a version or a digest, and let the manifest
  lead there. For a table name the snapshot, for a bucket the object's version, for a repository the
  commit.
references:
  - https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html
  - https://iceberg.apache.org/docs/latest/spark-queries/#time-travel
controls:
  eu-ai-act: [Annex IV 2(d), Article 10]
  nist-ai-rmf: [MAP 4.1]
  iso-42001: [A.7.5, A.7.6]
parameters: []
*/
WITH
vouched AS ( -- the bytes of these are known and lie in the store, whatever their name
  SELECT DISTINCT d.subject_id FROM dataset_files d JOIN files f ON f.file_id = d.file_id AND f.location = 'local'
  WHERE EXISTS (SELECT 1 FROM claims c WHERE c.file_id = d.file_id)
),
judged AS (
  SELECT d.subject_id, d.path, coalesce(d.storage_line, d.line) AS line, d.storage_uri AS item,
    CASE
      WHEN d.storage_uri IS NULL THEN 'not-applicable'
      WHEN d.mutability IS NULL OR d.mutability = 'undated' AND v.subject_id IS NOT NULL THEN 'pass'
      ELSE 'fail'
    END AS outcome,
    CASE d.mutability WHEN 'undated' THEN 'it names neither a date nor a version nor an id' ELSE d.mutability END AS reason
  FROM datasets d
  LEFT JOIN vouched v ON v.subject_id = d.subject_id
)
SELECT
  subject_id, outcome,
  CASE outcome
    WHEN 'fail' THEN substr(item, 1, 200) || ': ' || reason
    WHEN 'not-applicable' THEN 'the manifest does not say where the data lies'
    ELSE ''
  END AS message,
  CASE WHEN outcome = 'fail' THEN
    json_object('count', 1, 'items', json_array(json_object(
      'item', item, 'message', reason, 'path', path, 'line', line)))
  END AS details
FROM judged
