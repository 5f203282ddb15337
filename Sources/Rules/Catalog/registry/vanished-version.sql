/*
id: vanished-version
title: A published version is gone, folder and record
subject: [model, store]
severity: error
rationale: >
  When a version vanishes with its records, nothing that is left speaks of it: whoever serves it, audits it
  or has to explain its decisions finds nothing. Only an earlier scan with the same database knows that it
  was there.
remedy: >
  Restore the version from a backup. When it was deleted on purpose, say so with
  `repro-audit retire MODEL VERSION STORE --gone --reason …`; where the folder of the model is gone too, make it
  anew with an empty `promotions.jsonl` first. Where no record can say it, a waiver does.
references:
  - https://mlflow.org/docs/latest/ml/model-registry/workflow/
  - https://slsa.dev/spec/v1.0/verifying-artifacts
controls:
  eu-ai-act: [Annex IV 1(a), Article 18]
  nist-ai-rmf: [GOVERN 1.4, GOVERN 1.7]
  iso-42001: [A.6.2.3, A.6.2.6]
parameters: []
*/
WITH
judged_versions AS (
  SELECT subject_id, subject AS item, path, CASE WHEN doubt IS NULL THEN 'fail' ELSE 'unverified' END AS outcome,
    CASE
      WHEN doubt IS NULL THEN 'the scan of ' || found_at || ' found it, and it is not there'
      ELSE 'the scan of ' || found_at || ' found it, and it may be in what could not be read: ' || doubt
    END AS message
  FROM vanished_versions
),
offenders AS (
  SELECT *, row_number() OVER (PARTITION BY subject_id, outcome ORDER BY item) AS place FROM judged_versions
),
flagged AS (
  SELECT subject_id, count(*) FILTER (WHERE outcome = 'fail') AS failed,
    count(*) FILTER (WHERE outcome = 'unverified') AS undecided,
    min(item || ': ' || message) FILTER (WHERE outcome = 'fail' AND place = 1) AS flaw,
    min(item || ': ' || message) FILTER (WHERE outcome = 'unverified' AND place = 1) AS doubt,
    json_group_array(json_object('item', item, 'message', message, 'path', path, 'line', NULL))
      FILTER (WHERE outcome = 'fail' AND place <= 1000) AS flaws,
    json_group_array(json_object('item', item, 'message', message, 'path', path, 'line', NULL))
      FILTER (WHERE outcome = 'unverified' AND place <= 1000) AS doubts
  FROM offenders GROUP BY subject_id
),
scanned AS MATERIALIZED (SELECT store FROM earlier_scans),
population AS (
  SELECT subject_id, store IN (SELECT store FROM scanned) AS known FROM models
  UNION ALL
  SELECT subject_id, store IN (SELECT store FROM scanned) FROM stores
)
SELECT
  p.subject_id,
  CASE
    WHEN f.failed > 0 THEN 'fail'
    WHEN f.undecided > 0 THEN 'unverified'
    WHEN p.known THEN 'pass'
    ELSE 'not-applicable'
  END AS outcome,
  CASE
    WHEN f.failed = 1 THEN f.flaw
    WHEN f.failed > 1 THEN f.failed || ' versions are gone, the first: ' || f.flaw
    WHEN f.undecided = 1 THEN f.doubt
    WHEN f.undecided > 1 THEN f.doubt || ' (' || f.undecided || ' versions)'
    WHEN p.known THEN ''
    ELSE 'no earlier scan with the same database is known'
  END AS message,
  CASE
    WHEN f.failed > 0 THEN json_object('count', f.failed, 'items', json(f.flaws))
    WHEN f.undecided > 0 THEN json_object('count', f.undecided, 'items', json(f.doubts))
  END AS details
FROM population p
LEFT JOIN flagged f ON f.subject_id = p.subject_id
