/*
id: missing-python-version
title: The run does not name its exact Python version
subject: run
severity: error
rationale: >
  Hash order, default arguments and the wheels that pip selects differ between Python releases, so
  `3.10` describes many environments.
remedy: >
  Record all three numbers as `environment.python`, for example 3.10.13: `platform.python_version()`.
  A `.python-version` beside the record says it too, and so does the tag of a Python image.
references:
  - https://docs.python.org/3/library/platform.html#platform.python_version
controls:
  eu-ai-act: [Annex IV 1(c), Annex IV 2(c)]
  nist-ai-rmf: [MEASURE 2.1]
  iso-42001: [A.4.2, A.4.4]
parameters: []
*/
WITH
places AS (
  SELECT environment_id, text, version, version IS NOT NULL AS exact,
    CASE source WHEN 'record' THEN '' ELSE ' by ' || coalesce(path, text) END AS origin,
    row_number() OVER (PARTITION BY environment_id ORDER BY version IS NULL, position) AS place
  FROM pythons
),
judged AS (
  SELECT r.subject_id, coalesce(p.exact, 0) AS exact, r.path, r.line,
    CASE
      WHEN p.exact THEN 'Python ' || p.version || p.origin
      WHEN p.text IS NULL THEN 'no Python version is recorded'
      ELSE substr(p.text, 1, 80) || ' is not exact'
    END AS message
  FROM runs r
  LEFT JOIN places p ON p.environment_id = r.environment_id AND p.place = 1
)
SELECT
  subject_id,
  CASE WHEN exact THEN 'pass' ELSE 'fail' END AS outcome,
  message,
  CASE WHEN exact THEN NULL ELSE
    json_object('count', 1, 'items', json_array(json_object(
      'item', 'python', 'message', message, 'path', path, 'line', line)))
  END AS details
FROM judged
