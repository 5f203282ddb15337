/*
id: missing-data-manifest
title: The run names no data manifest
subject: run
severity: error
rationale: >
  Without a manifest nobody can say which snapshot of the data the run has seen, nor check that it is
  still the same.
remedy: >
  Write a data_manifest.json beside the snapshot (dataset_name, storage_uri, record_count,
  content_hash), and name it in the record as `data_manifest`.
references:
  - https://arxiv.org/abs/1803.09010
controls:
  eu-ai-act: [Annex IV 2(d), Article 10]
  nist-ai-rmf: [MAP 4.1]
  iso-42001: [A.7.5, A.7.6]
parameters: []
*/
WITH
astray AS (
  SELECT subject_id, coalesce(declared, 'data_manifest') AS item, path, line, reason,
    declared LIKE '%_://%' AND declared NOT LIKE 'file://%' AS remote,
    declared LIKE '%.json' OR declared LIKE '%.yaml' OR declared LIKE '%.yml' AS document
  FROM run_datasets WHERE dataset_id IS NULL
),
judged_uses AS ( -- a manifest at a URI that this scan does not reach may well exist
  SELECT subject_id, item, path, line,
    CASE WHEN remote AND document THEN 'unverified' ELSE 'fail' END AS outcome,
    CASE
      WHEN remote AND NOT document THEN item || ' is a location of data, not a manifest'
      ELSE coalesce(reason, 'the data manifest is not there')
    END AS message
  FROM astray
),
ranked AS (
  SELECT *, row_number() OVER (PARTITION BY subject_id, outcome ORDER BY item, line) AS place FROM judged_uses
),
flagged AS (
  SELECT subject_id, count(*) FILTER (WHERE outcome = 'fail') AS failed,
    count(*) FILTER (WHERE outcome = 'unverified') AS undecided,
    min(message) FILTER (WHERE outcome = 'fail' AND place = 1) AS flaw,
    min(message) FILTER (WHERE outcome = 'unverified' AND place = 1) AS doubt,
    json_group_array(json_object('item', item, 'message', message, 'path', path, 'line', line))
      FILTER (WHERE outcome = 'fail' AND place <= 1000) AS flaws,
    json_group_array(json_object('item', item, 'message', message, 'path', path, 'line', line))
      FILTER (WHERE outcome = 'unverified' AND place <= 1000) AS doubts
  FROM ranked GROUP BY subject_id
),
used AS (SELECT subject_id, count(*) AS total FROM run_datasets GROUP BY subject_id),
judged AS (
  SELECT r.subject_id, r.path AS record, r.line AS record_line, u.total AS used,
    f.failed, f.undecided, f.flaw, f.doubt, f.flaws, f.doubts
  FROM runs r
  LEFT JOIN used u ON u.subject_id = r.subject_id
  LEFT JOIN flagged f ON f.subject_id = r.subject_id
)
SELECT
  subject_id,
  CASE
    WHEN used IS NULL OR failed > 0 THEN 'fail'
    WHEN undecided > 0 THEN 'unverified'
    ELSE 'pass'
  END AS outcome,
  CASE
    WHEN used IS NULL THEN 'the record names no data manifest'
    WHEN failed > 1 THEN failed || ' references to data lead to no manifest'
    WHEN failed = 1 THEN flaw
    WHEN undecided > 1 THEN undecided || ' references to data lead to places that were not read'
    WHEN undecided = 1 THEN doubt
    ELSE ''
  END AS message,
  CASE
    WHEN used IS NULL THEN json_object('count', 1, 'items', json_array(json_object(
      'item', 'data_manifest', 'message', 'no data manifest is recorded', 'path', record, 'line', record_line)))
    WHEN failed > 0 THEN json_object('count', failed, 'items', json(flaws))
    WHEN undecided > 0 THEN json_object('count', undecided, 'items', json(doubts))
  END AS details
FROM judged
