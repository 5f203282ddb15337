/*
id: missing-requirements
title: The run has no requirements
subject: run
severity: error
rationale: >
  Without the list of libraries the environment can only be guessed, and a guessed environment gives
  other numbers.
remedy: >
  Save the output of `pip freeze` as requirements.txt beside the record, or name the file in it as
  `environment.requirements`.
references:
  - https://pip.pypa.io/en/stable/cli/pip_freeze/
controls:
  eu-ai-act: [Annex IV 1(c), Annex IV 2(c)]
  nist-ai-rmf: [MEASURE 2.1]
  iso-42001: [A.4.2, A.4.4]
parameters: []
*/
WITH
judged AS (
  SELECT r.subject_id, e.requirements_state = 'read' AS found,
    e.requirements_state = 'missing' AND f.file_id IN (SELECT file_id FROM retired_files) AS retired, -- deleted on purpose
    coalesce(f.declared, f.path, 'requirements') AS item,
    CASE
      WHEN e.requirements_state = 'missing'
        THEN coalesce(f.declared, f.path, 'the requirements file') || ' is not there'
      WHEN e.requirements_state = 'unreadable'
        THEN coalesce(f.declared, f.path, 'the requirements file') || ' could not be read'
      ELSE 'no requirements are recorded'
    END AS message,
    r.path, coalesce(f.line, r.line) AS line
  FROM runs r
  LEFT JOIN environments e ON e.environment_id = r.environment_id
  LEFT JOIN run_requirements_files f ON f.subject_id = r.subject_id
)
SELECT
  subject_id,
  CASE WHEN found THEN 'pass' WHEN retired THEN 'not-applicable' ELSE 'fail' END AS outcome,
  CASE WHEN found THEN '' WHEN retired THEN 'the requirements went with the retired version' ELSE message END AS message,
  CASE WHEN found OR retired THEN NULL ELSE
    json_object('count', 1, 'items', json_array(json_object(
      'item', item, 'message', message, 'path', path, 'line', line)))
  END AS details
FROM judged
