/*
id: failed-reproduction
title: The last attempt to make the version again gave another model
subject: version
severity: error
rationale: >
  What is recorded of the version does not lead to the version: something that matters is missing from
  the records, or what was published was not made as they say.
remedy: >
  Compare the two runs (environment, seeds, hardware, order of the data) until the difference is
  explained. State a `tolerance` for metrics when bitwise equality cannot be had, and append the new
  result to `reproductions.jsonl`.
references:
  - https://www.acm.org/publications/policies/artifact-review-and-badging-current
  - https://airc.nist.gov/airmf-resources/airmf/5-sec-core/
controls:
  eu-ai-act: [Annex IV 2(g), Article 15]
  nist-ai-rmf: [MEASURE 2.1, MEASURE 2.3]
  iso-42001: [A.6.2.4]
parameters: []
*/
WITH
attempts AS ( -- one of another model says nothing of this one
  SELECT version_id AS subject_id, reproduction_id, verdict, passed, result, digest, reproduced_digest, performed_at, path, line,
    row_number() OVER (
      PARTITION BY version_id ORDER BY performed_at IS NULL, performed_at DESC, reproduction_id DESC) AS place
  FROM reproductions WHERE version_id IS NOT NULL AND digest_state NOT IN ('different', 'malformed')
),
last AS (SELECT * FROM attempts WHERE place = 1),
flaws AS (
  SELECT l.subject_id, 'fail' AS outcome, m.name AS item,
    m.name || ' was ' || printf('%.6g', m.original) || ' and came out as ' || printf('%.6g', m.reproduced)
      || ', further apart than ' || printf('%.6g', m.tolerance) AS message, l.path, l.line
  FROM last l JOIN reproduction_metrics m ON m.reproduction_id = l.reproduction_id
  WHERE abs(m.original - m.reproduced) > m.tolerance + 1e-12 * abs(m.original)
  UNION ALL SELECT l.subject_id, 'fail', 'model', 'another model came out: ' || l.reproduced_digest || ' instead of ' || l.digest,
    l.path, l.line
  FROM last l WHERE l.verdict = 'failed' AND l.reproduced_digest <> l.digest
  UNION ALL SELECT l.subject_id, 'fail', 'result', 'the record says ' || substr(l.result, 1, 80), l.path, l.line
  FROM last l WHERE l.passed = 0
  UNION ALL SELECT l.subject_id, 'unverified', 'result',
    'the record does not say whether the same model came out' || coalesce(', only ' || substr(l.result, 1, 80), ''), l.path, l.line
  FROM last l WHERE l.verdict = 'undecided'
),
offenders AS (
  SELECT *, row_number() OVER (PARTITION BY subject_id, outcome ORDER BY item, path, line) AS place FROM flaws
),
flagged AS (
  SELECT subject_id, count(*) FILTER (WHERE outcome = 'fail') AS failed,
    count(*) FILTER (WHERE outcome = 'unverified') AS undecided,
    min(message) FILTER (WHERE outcome = 'fail' AND place = 1) AS first,
    min(message) FILTER (WHERE outcome = 'unverified' AND place = 1) AS doubt,
    json_group_array(json_object('item', item, 'message', message, 'path', path, 'line', line))
      FILTER (WHERE outcome = 'fail' AND place <= 1000) AS flaws,
    json_group_array(json_object('item', item, 'message', message, 'path', path, 'line', line))
      FILTER (WHERE outcome = 'unverified' AND place <= 1000) AS doubts
  FROM offenders GROUP BY subject_id
)
SELECT
  a.subject_id,
  CASE
    WHEN a.subject_id NOT IN (SELECT subject_id FROM last) THEN 'not-applicable'
    WHEN f.failed > 0 THEN 'fail'
    WHEN f.undecided > 0 THEN 'unverified'
    ELSE 'pass'
  END AS outcome,
  CASE
    WHEN a.subject_id NOT IN (SELECT subject_id FROM last) THEN 'no attempt to make the version again is recorded'
    WHEN f.failed = 1 THEN f.first
    WHEN f.failed > 1 THEN f.failed || ' differences, the first: ' || f.first
    WHEN f.undecided > 0 THEN f.doubt
    ELSE 'the version was made again'
  END AS message,
  CASE
    WHEN a.subject_id NOT IN (SELECT subject_id FROM last) THEN NULL
    WHEN f.failed > 0 THEN json_object('count', f.failed, 'items', json(f.flaws))
    WHEN f.undecided > 0 THEN json_object('count', f.undecided, 'items', json(f.doubts))
  END AS details
FROM versions a
LEFT JOIN flagged f ON f.subject_id = a.subject_id
