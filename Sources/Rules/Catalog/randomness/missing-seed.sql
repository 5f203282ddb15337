/*
id: missing-seed
title: The run records no seed
subject: run
severity: error
rationale: >
  Without a seed every rerun draws other weights, other splits and another order, and differs from the
  first for no reason that anybody can name.
remedy: >
  Set the seed of every library that draws random numbers, and record them as `seeds`, for example
  `{"python": 42, "numpy": 42, "torch": 42}`.
references:
  - https://docs.pytorch.org/docs/stable/notes/randomness.html
  - https://numpy.org/doc/stable/reference/random/index.html
controls:
  eu-ai-act: [Annex IV 2(b)]
  nist-ai-rmf: [MEASURE 2.1]
  iso-42001: [A.6.2.3]
parameters: []
*/
WITH
seeded AS (SELECT subject_id, count(*) AS total FROM seeds WHERE value IS NOT NULL GROUP BY subject_id)
SELECT
  r.subject_id,
  CASE WHEN s.total IS NULL THEN 'fail' ELSE 'pass' END AS outcome,
  CASE
    WHEN s.total IS NULL THEN 'the record names no seed'
    WHEN s.total = 1 THEN '1 seed'
    ELSE s.total || ' seeds'
  END AS message,
  CASE WHEN s.total IS NULL THEN
    json_object('count', 1, 'items', json_array(json_object(
      'item', 'seeds', 'message', 'no seed is recorded', 'path', r.path, 'line', r.line)))
  END AS details
FROM runs r
LEFT JOIN seeded s ON s.subject_id = r.subject_id
