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
judged AS (
  SELECT r.subject_id, r.path, r.line,
    EXISTS (SELECT 1 FROM seeds s WHERE s.subject_id = r.subject_id AND s.value IS NOT NULL) AS seeded
  FROM runs r
  LIMIT -1 OFFSET 0 -- so that SQLite asks once a row and not once a use
)
SELECT
  subject_id,
  CASE WHEN seeded THEN 'pass' ELSE 'fail' END AS outcome,
  CASE WHEN seeded THEN '' ELSE 'the record names no seed' END AS message,
  CASE WHEN NOT seeded THEN
    json_object('count', 1, 'items', json_array(json_object(
      'item', 'seeds', 'message', 'no seed is recorded', 'path', path, 'line', line)))
  END AS details
FROM judged
