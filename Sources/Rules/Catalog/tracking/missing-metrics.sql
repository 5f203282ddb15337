/*
id: missing-metrics
title: The run records no metrics
subject: run
severity: error
rationale: >
  Without metrics there is nothing that a rerun could be compared with, and nothing that spoke for the
  model when it was registered.
remedy: >
  Record the final metrics with the run as `metrics`, or save them as metrics.json beside the model.
references:
  - https://mlflow.org/docs/latest/ml/tracking/
controls:
  eu-ai-act: [Annex IV 2(g), Annex IV 4]
  nist-ai-rmf: [MEASURE 2.1, MEASURE 2.3]
  iso-42001: [A.6.2.4]
parameters:
  - name: unfinished
    type: list
    default: [failed, killed, running, aborted, cancelled, canceled, crashed, interrupted, scheduled, queued]
    meaning: statuses of runs that are not expected to have metrics, in any case
*/
WITH
unfinished AS (SELECT ',' || lower(value) || ',' AS list FROM parameters WHERE rule = 'missing-metrics'
  AND name = 'unfinished'),
elsewhere AS ( -- runs whose version has metrics
  SELECT v.run_subject_id AS subject_id FROM versions v
  WHERE v.run_subject_id IS NOT NULL AND v.subject_id IN (SELECT subject_id FROM metrics)
),
judged AS (
  SELECT r.subject_id, r.path, r.line, r.status,
    CASE
      WHEN EXISTS (SELECT 1 FROM metrics m WHERE m.subject_id = r.subject_id) THEN 'pass'
      WHEN r.subject_id IN (SELECT subject_id FROM elsewhere) THEN 'pass'
      WHEN EXISTS (
        SELECT 1 FROM artifacts a JOIN files f ON f.file_id = a.file_id
        WHERE a.subject_id = r.subject_id AND a.role = 'metrics' AND a.declared IS NOT NULL AND f.state = 'present'
      ) THEN 'pass'
      WHEN instr((SELECT list FROM unfinished), ',' || lower(trim(r.status)) || ',') > 0 THEN 'not-applicable'
      ELSE 'fail'
    END AS outcome
  FROM runs r
  LIMIT -1 OFFSET 0 -- so that SQLite asks once a row and not once a use
)
SELECT
  subject_id, outcome,
  CASE outcome
    WHEN 'fail' THEN 'neither the run nor the version it made has metrics'
    WHEN 'not-applicable' THEN 'the run has the status ' || trim(status)
    ELSE ''
  END AS message,
  CASE WHEN outcome = 'fail' THEN
    json_object('count', 1, 'items', json_array(json_object(
      'item', 'metrics', 'message', 'no metrics are recorded', 'path', path, 'line', line)))
  END AS details
FROM judged
