/*
id: version-without-run
title: No run is recorded for the version
subject: version
severity: error
rationale: >
  A model without the run that made it has no known code, data or settings: it can be served, and never
  rebuilt.
remedy: >
  Put the run.json of the run into the version's directory, or name model and version in the run's
  record. Retire the version when nobody knows where it came from.
references:
  - https://mlflow.org/docs/latest/ml/model-registry/
controls:
  eu-ai-act: [Annex IV 1(a), Annex IV 6]
  nist-ai-rmf: [GOVERN 1.4]
  iso-42001: [A.6.2.3]
parameters: []
*/
SELECT
  subject_id,
  CASE WHEN run_subject_id IS NULL THEN 'fail' ELSE 'pass' END AS outcome,
  CASE
    WHEN run_subject_id IS NULL THEN 'no run record names the version or lies in its directory'
    ELSE ''
  END AS message,
  CASE WHEN run_subject_id IS NULL THEN
    json_object('count', 1, 'items', json_array(json_object(
      'item', 'run', 'message', 'no run is recorded', 'path', path, 'line', NULL)))
  END AS details
FROM versions
