/*
id: missing-artifact-uri
title: The run does not say where its artifacts lie
subject: run
severity: error
rationale: >
  A run without the path or URI of what it made cannot be tied to a model, and a model cannot be traced
  back to it.
remedy: >
  List everything that the run wrote as `artifacts`, each with its path or URI and its digest.
references:
  - https://mlflow.org/docs/latest/ml/tracking/
controls:
  eu-ai-act: [Annex IV 2(g), Article 12]
  nist-ai-rmf: [MANAGE 4.1]
  iso-42001: [A.6.2.8]
parameters:
  - name: unfinished
    type: list
    default: [failed, killed, running, aborted, cancelled, canceled, crashed, interrupted, scheduled, queued]
    meaning: statuses of runs that are not expected to have artifacts, in any case
*/
WITH
unfinished AS (SELECT ',' || lower(value) || ',' AS list FROM parameters WHERE rule = 'missing-artifact-uri'
  AND name = 'unfinished'),
halted AS MATERIALIZED ( -- few words stand for the state of many runs
  SELECT status FROM (SELECT DISTINCT status FROM runs WHERE status IS NOT NULL)
  WHERE instr((SELECT list FROM unfinished), ',' || lower(trim(status)) || ',') > 0
),
offenders AS (
  SELECT subject_id, item, path, line, row_number() OVER (PARTITION BY subject_id ORDER BY line, item) AS place
  FROM unlocated_artifacts
),
flagged AS (
  SELECT subject_id, count(*) AS total, min(item) FILTER (WHERE place = 1) AS first,
    json_group_array(json_object('item', item, 'message', 'it has neither path nor URI', 'path', path, 'line', line))
      FILTER (WHERE place <= 1000) AS items
  FROM offenders GROUP BY subject_id
),
judged AS (
  SELECT r.subject_id, r.path, r.line, r.status, f.total, f.first, f.items,
    CASE
      WHEN r.status IN (SELECT status FROM halted) THEN 'not-applicable'
      WHEN f.total > 0 OR NOT EXISTS (
        SELECT 1 FROM artifacts a WHERE a.subject_id = r.subject_id AND a.declared IS NOT NULL
          AND a.role NOT IN ('log', 'config', 'requirements', 'record', 'checksum', 'image')
      ) THEN 'fail'
      ELSE 'pass'
    END AS outcome
  FROM runs r
  LEFT JOIN flagged f ON f.subject_id = r.subject_id
  LIMIT -1 OFFSET 0 -- so that SQLite asks once a row and not once a use
)
SELECT
  subject_id, outcome,
  CASE
    WHEN outcome = 'not-applicable' THEN 'the run has the status ' || trim(status)
    WHEN outcome = 'pass' THEN ''
    WHEN total IS NULL THEN 'the record names no artifact'
    WHEN total = 1 THEN 'the artifact ' || first || ' has neither path nor URI'
    ELSE total || ' artifacts have neither path nor URI'
  END AS message,
  CASE
    WHEN outcome = 'fail' AND total IS NULL THEN json_object('count', 1, 'items', json_array(json_object(
      'item', 'artifacts', 'message', 'no artifact is recorded', 'path', path, 'line', line)))
    WHEN outcome = 'fail' THEN json_object('count', total, 'items', json(items))
  END AS details
FROM judged
