/*
id: missing-config
title: The run records no configuration
subject: run
severity: error
rationale: >
  Without the hyperparameters and paths that were in force, a rerun starts from other settings and
  nobody can tell.
remedy: >
  Save the resolved configuration with the run, and name it in the record as `config`: a path with its
  checksum, or the settings themselves.
references:
  - https://hydra.cc/docs/tutorials/basic/running_your_app/working_directory/
controls:
  eu-ai-act: [Annex IV 2(b)]
  nist-ai-rmf: [MEASURE 2.1]
  iso-42001: [A.6.2.3]
parameters: []
*/
SELECT
  r.subject_id,
  CASE WHEN c.subject_id IS NULL THEN 'fail' ELSE 'pass' END AS outcome,
  CASE
    WHEN c.subject_id IS NULL THEN 'the record names no configuration'
    WHEN c.form = 'inline' THEN 'the configuration stands in the record'
    ELSE coalesce(c.declared, '')
  END AS message,
  CASE WHEN c.subject_id IS NULL THEN
    json_object('count', 1, 'items', json_array(json_object(
      'item', 'config', 'message', 'no configuration is recorded', 'path', r.path, 'line', r.line)))
  END AS details
FROM runs r
LEFT JOIN configs c ON c.subject_id = r.subject_id
