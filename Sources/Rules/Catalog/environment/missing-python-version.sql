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
references:
  - https://docs.python.org/3/library/platform.html#platform.python_version
controls:
  eu-ai-act: [Annex IV 1(c), Annex IV 2(c)]
  nist-ai-rmf: [MEASURE 2.1]
  iso-42001: [A.4.2, A.4.4]
parameters: []
*/
WITH
words AS ( -- sys.version goes on after a blank
  SELECT environment_id, nullif(trim(python), '') AS python,
    substr(trim(python), 1, instr(trim(python) || ' ', ' ') - 1) AS word
  FROM environments
),
releases AS ( -- 3.13.0rc1 is as exact as 3.13.0
  SELECT environment_id, python,
    CASE
      WHEN rtrim(word, '0123456789') GLOB '*[0-9]rc' THEN substr(rtrim(word, '0123456789'), 1,
        length(rtrim(word, '0123456789')) - 2)
      WHEN rtrim(word, '0123456789') GLOB '*[0-9][ab]' THEN substr(rtrim(word, '0123456789'), 1,
        length(rtrim(word, '0123456789')) - 1)
      ELSE word
    END AS release
  FROM words
),
spelled AS MATERIALIZED (
  SELECT environment_id, python,
    release GLOB '[0-9]*.[0-9]*.[0-9]*' AND release NOT GLOB '*[^0-9.]*'
      AND length(release) - length(replace(release, '.', '')) = 2 AS exact
  FROM releases
),
judged AS (
  SELECT r.subject_id, coalesce(s.exact, 0) AS exact, r.path, r.line,
    CASE
      WHEN s.python IS NULL THEN 'no Python version is recorded'
      WHEN s.exact THEN 'Python ' || s.python
      ELSE substr(s.python, 1, 80) || ' is not exact'
    END AS message
  FROM runs r
  LEFT JOIN spelled s ON s.environment_id = r.environment_id
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
