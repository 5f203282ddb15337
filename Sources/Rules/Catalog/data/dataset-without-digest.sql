/*
id: dataset-without-digest
title: The data manifest states no digest of the data
subject: dataset
severity: error
rationale: >
  Without a digest a changed row goes unnoticed, and a snapshot cannot be told from its successor.
remedy: >
  Record the SHA-256 of the data as `content_hash`, or list the files with their digests:
  `sha256sum FILE`.
references:
  - https://www.gnu.org/software/coreutils/manual/html_node/sha2-utilities.html
controls:
  eu-ai-act: [Annex IV 2(d), Article 10]
  nist-ai-rmf: [MAP 4.1]
  iso-42001: [A.7.5, A.7.6]
parameters: []
*/
WITH
members AS (
  SELECT subject_id, file_id FROM dataset_files
  UNION SELECT subject_id, file_id FROM datasets WHERE file_id IS NOT NULL
),
claimed AS (
  SELECT DISTINCT m.subject_id FROM members m WHERE m.file_id IN (SELECT file_id FROM claims)
),
excluded AS (
  SELECT m.subject_id, min(f.exclusion) AS reason
  FROM members m JOIN files f ON f.file_id = m.file_id WHERE f.exclusion IS NOT NULL GROUP BY m.subject_id
),
judged AS (
  SELECT d.subject_id, d.path, d.line, e.reason,
    CASE
      WHEN d.content_hash IS NOT NULL OR c.subject_id IS NOT NULL THEN 'pass'
      WHEN e.reason IS NOT NULL THEN 'unverified'
      ELSE 'fail'
    END AS outcome
  FROM datasets d
  LEFT JOIN claimed c ON c.subject_id = d.subject_id
  LEFT JOIN excluded e ON e.subject_id = d.subject_id
)
SELECT
  subject_id, outcome,
  CASE outcome
    WHEN 'fail' THEN 'the manifest states no digest of the data'
    WHEN 'unverified' THEN 'declared out of scope: ' || reason
    ELSE ''
  END AS message,
  CASE WHEN outcome <> 'pass' THEN
    json_object('count', 1, 'items', json_array(json_object(
      'item', 'content_hash', 'message', 'no digest of the data is recorded', 'path', path, 'line', line)))
  END AS details
FROM judged
