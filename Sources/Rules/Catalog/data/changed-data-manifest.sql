/*
id: changed-data-manifest
title: The data manifest is not the one that the run recorded
subject: run
severity: error
rationale: >
  A manifest that was edited after the run describes other data than the run read, and every check of
  the data against it is void.
remedy: >
  Restore the manifest from history. When the data did change, describe it by a new manifest of
  another name, and leave the old one as it was.
references:
  - https://www.gnu.org/software/coreutils/manual/html_node/sha2-utilities.html
controls:
  eu-ai-act: [Annex IV 2(d), Article 10]
  nist-ai-rmf: [MAP 4.1]
  iso-42001: [A.7.5, A.7.6]
parameters: []
*/
WITH
stated AS (
  SELECT u.subject_id, f.path AS item, u.path, u.line, u.digest,
    CASE
      WHEN f.exclusion IS NOT NULL THEN 'unverified'
      WHEN u.digest_hex IS NULL THEN 'fail'
      WHEN u.digest_hex = f.sha256 THEN 'pass'
      -- a digest of which the record does not say what it is of may be the data's
      WHEN u.digest_of IS NULL AND instr(lower(coalesce(d.content_hash, '')), u.digest_hex) > 0 THEN 'pass'
      WHEN f.state <> 'present' OR u.digest_algorithm <> 'sha256' THEN 'unverified'
      ELSE 'fail'
    END AS outcome,
    CASE
      WHEN f.exclusion IS NOT NULL THEN 'declared out of scope: ' || f.exclusion
      WHEN u.digest_hex IS NULL THEN 'the record states no digest but `' || substr(u.digest, 1, 80) || '`'
      WHEN f.state <> 'present' THEN f.path || ' was not read' || coalesce(': ' || f.message, '')
      WHEN u.digest_algorithm <> 'sha256' THEN 'a manifest is compared by its SHA-256, and the record states ' || u.digest_algorithm
      ELSE 'found sha256:' || f.sha256 || ', the record states ' || u.digest
    END AS message
  FROM run_datasets u
  JOIN files f ON f.file_id = u.manifest_file_id
  LEFT JOIN datasets d ON d.subject_id = u.dataset_id
  WHERE u.digest IS NOT NULL AND coalesce(u.digest_of, 'manifest') = 'manifest'
),
ranked AS (
  SELECT *, row_number() OVER (PARTITION BY subject_id, outcome ORDER BY item, line) AS place FROM stated
),
flagged AS (
  SELECT subject_id, count(*) FILTER (WHERE outcome = 'fail') AS failed,
    count(*) FILTER (WHERE outcome = 'unverified') AS undecided,
    min(item || ': ' || message) FILTER (WHERE outcome = 'fail' AND place = 1) AS flaw,
    min(message) FILTER (WHERE outcome = 'unverified' AND place = 1) AS doubt,
    json_group_array(json_object('item', item, 'message', message, 'path', path, 'line', line))
      FILTER (WHERE outcome = 'fail' AND place <= 1000) AS flaws,
    json_group_array(json_object('item', item, 'message', message, 'path', path, 'line', line))
      FILTER (WHERE outcome = 'unverified' AND place <= 1000) AS doubts
  FROM ranked GROUP BY subject_id
)
SELECT
  r.subject_id,
  CASE
    WHEN f.failed > 0 THEN 'fail'
    WHEN f.undecided > 0 THEN 'unverified'
    WHEN f.subject_id IS NOT NULL THEN 'pass'
    ELSE 'not-applicable'
  END AS outcome,
  CASE
    WHEN f.failed = 1 THEN f.flaw
    WHEN f.failed > 1 THEN f.failed || ' data manifests are not those that the run recorded'
    WHEN f.undecided > 0 THEN f.doubt
    WHEN f.subject_id IS NOT NULL THEN ''
    ELSE 'the record states no digest of a data manifest that is there'
  END AS message,
  CASE
    WHEN f.failed > 0 THEN json_object('count', f.failed, 'items', json(f.flaws))
    WHEN f.undecided > 0 THEN json_object('count', f.undecided, 'items', json(f.doubts))
  END AS details
FROM runs r
LEFT JOIN flagged f ON f.subject_id = r.subject_id
