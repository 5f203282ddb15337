/*
id: missing-run-id
title: The run has no id
subject: run
severity: warning
rationale: >
  A run without an id can be named by its path alone, and that changes when somebody tidies up: logs,
  dashboards and models lose it.
remedy: >
  Give each run an id that never comes again, and record it as `run_id`: `python -c 'import uuid;
  print(uuid.uuid4())'`.
references:
  - https://mlflow.org/docs/latest/ml/tracking/
  - https://www.rfc-editor.org/rfc/rfc9562
controls:
  eu-ai-act: [Annex IV 2(g), Article 12]
  nist-ai-rmf: [MANAGE 4.1]
  iso-42001: [A.6.2.8]
parameters: []
*/
WITH
judged AS (SELECT subject_id, path, line, nullif(trim(run_id), '') AS run_id FROM runs)
SELECT
  subject_id,
  CASE WHEN run_id IS NULL THEN 'fail' ELSE 'pass' END AS outcome,
  coalesce(run_id, 'the record names no id of the run') AS message,
  CASE WHEN run_id IS NULL THEN
    json_object('count', 1, 'items', json_array(json_object(
      'item', 'run_id', 'message', 'no id of the run is recorded', 'path', path, 'line', line)))
  END AS details
FROM judged
