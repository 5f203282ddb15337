/*
id: missing-platform
title: The run does not say which operating system it ran on
subject: run
severity: warning
rationale: >
  Wheels, compilers and system libraries differ between platforms, and numbers with them: the same
  pins give another environment on another system.
remedy: >
  Record it as `environment.os`, for example with `platform.platform()`. A container image that the
  record names says it as well.
references:
  - https://docs.python.org/3/library/platform.html#platform.platform
controls:
  eu-ai-act: [Annex IV 1(c), Annex IV 2(c)]
  nist-ai-rmf: [MEASURE 2.1]
  iso-42001: [A.4.2, A.4.4]
parameters: []
*/
WITH
contained AS (
  SELECT environment_id, min(text) AS image FROM images WHERE role = 'run' AND pin IN ('digest', 'version') GROUP BY environment_id
),
judged AS (
  SELECT r.subject_id, r.path, r.line, coalesce(nullif(trim(e.os), ''), c.image) AS platform
  FROM runs r
  LEFT JOIN environments e ON e.environment_id = r.environment_id
  LEFT JOIN contained c ON c.environment_id = r.environment_id
)
SELECT
  subject_id,
  CASE WHEN platform IS NULL THEN 'fail' ELSE 'pass' END AS outcome,
  coalesce(platform, 'the record names neither an operating system nor a container image') AS message,
  CASE WHEN platform IS NULL THEN
    json_object('count', 1, 'items', json_array(json_object(
      'item', 'environment.os', 'message', 'no operating system is recorded', 'path', path, 'line', line)))
  END AS details
FROM judged
