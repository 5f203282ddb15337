/*
id: changed-after-publication
title: The model is not the one that was published or promoted
subject: version
severity: error
rationale: >
  The record of a promotion, or an earlier scan with the same database, says which bytes were approved. The
  model in the registry is another one now, even if the checksum beside it was written anew and agrees.
remedy: >
  Restore the promoted file from a backup and find out who changed it. Publish a changed model as a new
  version, and promote that.
references:
  - https://slsa.dev/spec/v1.0/verifying-artifacts
  - https://mlflow.org/docs/latest/ml/model-registry/workflow/
controls:
  eu-ai-act: [Annex IV 1(a), Article 15]
  nist-ai-rmf: [GOVERN 1.4, MEASURE 2.7]
  iso-42001: [A.6.2.3, A.6.2.5]
parameters: []
*/
WITH
stated AS (
  SELECT p.version_id AS subject_id, p.action, p.alias, p.digest_text, p.digest_state, p.digest_read, p.promoted_at, p.path, p.line
  FROM promotions p WHERE p.version_id IS NOT NULL AND p.digest IS NOT NULL
),
changed AS ( -- artifact-digest-mismatch judges those whose record does not agree
  SELECT c.file_id, c.path, c.found_before, c.found_at, min(k.document) AS document, min(k.line) AS line, min(k.found) AS found
  FROM file_changes c JOIN checks k ON k.file_id = c.file_id WHERE c.published
  GROUP BY c.file_id HAVING min(k.verdict) = 'matched' AND max(k.verdict) = 'matched'
),
replaced AS (
  SELECT a.subject_id, c.path AS item, 'found ' || c.found || ', which its record states now; the scan of '
    || c.found_at || ' found ' || c.found_before AS message, coalesce(c.document, c.path) AS path, c.line
  FROM changed c JOIN artifacts a ON a.file_id = c.file_id JOIN versions v ON v.subject_id = a.subject_id
),
flaws AS (
  SELECT subject_id, 'fail' AS outcome, item, message, path, line FROM replaced
  UNION ALL
  SELECT subject_id, CASE WHEN digest_state = 'different' AND digest_read = 1 THEN 'fail' ELSE 'unverified' END AS outcome,
    digest_text AS item,
    CASE
      WHEN digest_state = 'different' AND digest_read = 1 THEN 'the model is not the one that was recorded'
        || coalesce(' for ' || substr(alias, 1, 80), '') || coalesce(' on ' || substr(promoted_at, 1, 10), '')
        || ', ' || substr(digest_text, 1, 80)
      ELSE 'the model was not read, so that it could not be held against ' || substr(digest_text, 1, 80)
    END AS message, path, line
  FROM stated WHERE digest_state <> 'same' OR digest_read = 0
),
offenders AS (
  SELECT *, row_number() OVER (PARTITION BY subject_id, outcome ORDER BY path, line, item) AS place FROM flaws
),
flagged AS (
  SELECT subject_id, count(*) FILTER (WHERE outcome = 'fail') AS failed,
    count(*) FILTER (WHERE outcome = 'unverified') AS undecided,
    min(message) FILTER (WHERE outcome = 'fail' AND place = 1) AS first,
    min(message) FILTER (WHERE outcome = 'unverified' AND place = 1) AS doubt,
    json_group_array(json_object('item', item, 'message', message, 'path', path, 'line', line))
      FILTER (WHERE outcome = 'fail' AND place <= 1000) AS flaws,
    json_group_array(json_object('item', item, 'message', message, 'path', path, 'line', line))
      FILTER (WHERE outcome = 'unverified' AND place <= 1000) AS doubts
  FROM offenders GROUP BY subject_id
)
SELECT
  a.subject_id,
  CASE
    WHEN f.failed > 0 THEN 'fail'
    WHEN a.subject_id NOT IN (SELECT subject_id FROM stated) THEN 'not-applicable'
    WHEN f.undecided > 0 THEN 'unverified'
    ELSE 'pass'
  END AS outcome,
  CASE
    WHEN f.failed = 1 THEN f.first
    WHEN f.failed > 1 THEN f.failed || ' digests are not those of before, the first: ' || f.first
    WHEN a.subject_id NOT IN (SELECT subject_id FROM stated) THEN 'no record of a promotion states its digest'
    WHEN f.undecided > 0 THEN f.doubt
    ELSE 'the model is the one that was promoted'
  END AS message,
  CASE
    WHEN f.failed > 0 THEN json_object('count', f.failed, 'items', json(f.flaws))
    WHEN a.subject_id NOT IN (SELECT subject_id FROM stated) THEN NULL
    WHEN f.undecided > 0 THEN json_object('count', f.undecided, 'items', json(f.doubts))
  END AS details
FROM versions a
LEFT JOIN flagged f ON f.subject_id = a.subject_id
