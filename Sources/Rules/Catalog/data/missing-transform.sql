/*
id: missing-transform
title: Features were made, and what made them is not kept
subject: run
severity: warning
rationale: >
  Scalers, encoders and vocabularies are fitted to data: without the fitted transformation the
  features of a new row, and those of a rerun, come out differently.
remedy: >
  Save the fitted transformation as a file, and record it among `artifacts` with the role `transform`
  and its digest; or put it into the model itself, as a scikit-learn pipeline does, and record no
  features apart.
references:
  - https://scikit-learn.org/stable/common_pitfalls.html#inconsistent-preprocessing
controls:
  eu-ai-act: [Annex IV 2(d), Article 10]
  nist-ai-rmf: [MAP 4.1]
  iso-42001: [A.7.5, A.7.6]
parameters: []
*/
WITH
made AS (
  SELECT a.subject_id, a.path AS item, a.line, row_number() OVER (PARTITION BY a.subject_id ORDER BY a.path) AS place
  FROM runs r JOIN artifacts a ON a.subject_id = r.subject_id WHERE a.role = 'features'
),
flagged AS (
  SELECT subject_id, count(*) AS total, min(item) FILTER (WHERE place = 1) AS first, min(line) FILTER (WHERE place = 1) AS line
  FROM made GROUP BY subject_id
),
kept AS (
  SELECT r.subject_id FROM runs r JOIN artifacts a ON a.subject_id = r.subject_id WHERE a.role = 'transform'
  UNION
  SELECT v.run_subject_id FROM versions v JOIN artifacts a ON a.subject_id = v.subject_id
  WHERE a.role = 'transform' AND v.run_subject_id IS NOT NULL
),
judged AS (
  SELECT r.subject_id, r.path, f.first, f.line,
    CASE
      WHEN f.subject_id IS NULL THEN 'not-applicable'
      WHEN r.subject_id IN (SELECT subject_id FROM kept) THEN 'pass'
      ELSE 'fail'
    END AS outcome
  FROM runs r
  LEFT JOIN flagged f ON f.subject_id = r.subject_id
)
SELECT
  subject_id, outcome,
  CASE outcome
    WHEN 'not-applicable' THEN 'the run records no features of its own'
    WHEN 'fail' THEN 'the run made ' || first || ', and records no transform that made it'
    ELSE ''
  END AS message,
  CASE WHEN outcome = 'fail' THEN
    json_object('count', 1, 'items', json_array(json_object(
      'item', first, 'message', 'no artifact has the role transform', 'path', path, 'line', line)))
  END AS details
FROM judged
