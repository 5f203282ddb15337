/*
id: unfinished-run
title: A version was made by a run that did not finish
subject: run
severity: error
rationale: >
  The model of a run that failed, was stopped or still goes on is what happened to lie on the disk; a
  rerun that finishes gives another.
remedy: >
  Publish the model of a run that finished. When the run did finish and only its record says
  otherwise, correct its `status`.
references:
  - https://mlflow.org/docs/latest/ml/tracking/
controls:
  eu-ai-act: [Annex IV 2(g), Article 12]
  nist-ai-rmf: [MANAGE 4.1]
  iso-42001: [A.6.2.8]
parameters:
  - name: unfinished
    type: list
    default: [failed, killed, running, aborted, cancelled, canceled, crashed, interrupted, scheduled, queued, pending]
    meaning: statuses of runs that did not come to their end, in any case
*/
WITH
unfinished AS (
  SELECT ',' || lower(value) || ',' AS list FROM parameters WHERE rule = 'unfinished-run' AND name = 'unfinished'
),
made AS ( -- exploratory runs may fail as they like
  SELECT run_subject_id AS subject_id, min(subject) AS version FROM versions WHERE run_subject_id IS NOT NULL
  GROUP BY run_subject_id
),
judged AS (
  SELECT r.subject_id, r.path, r.line, trim(r.status) AS status, m.version,
    CASE
      WHEN m.version IS NULL OR nullif(trim(r.status), '') IS NULL THEN 'not-applicable'
      WHEN instr((SELECT list FROM unfinished), ',' || lower(trim(r.status)) || ',') > 0 THEN 'fail'
      ELSE 'pass'
    END AS outcome
  FROM runs r
  LEFT JOIN made m ON m.subject_id = r.subject_id
)
SELECT
  subject_id, outcome,
  CASE
    WHEN outcome = 'fail' THEN version || ' was made by a run with the status ' || substr(status, 1, 80)
    WHEN version IS NULL THEN 'no version was made by the run'
    WHEN outcome = 'not-applicable' THEN 'the record states no status'
    ELSE ''
  END AS message,
  CASE WHEN outcome = 'fail' THEN
    json_object('count', 1, 'items', json_array(json_object(
      'item', 'status', 'message', 'the status is ' || substr(status, 1, 80), 'path', path, 'line', line)))
  END AS details
FROM judged
