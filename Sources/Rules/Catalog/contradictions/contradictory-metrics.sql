/*
id: contradictory-metrics
title: Two records of the same metric disagree
subject: [version, run]
severity: error
rationale: >
  When the run's record says one thing and metrics.json beside it or the model another, one was edited or
  belongs to another run, and a gate that reads the wrong one lets the model through.
remedy: >
  Find the right numbers in the log of the run, and write both records from one place.
references:
  - https://mlflow.org/docs/latest/ml/tracking/
controls:
  eu-ai-act: [Annex IV 1(a), Annex IV 6]
  nist-ai-rmf: [GOVERN 1.4]
  iso-42001: [A.6.2.3]
parameters:
  - name: tolerance
    type: number
    default: 0.0001
    meaning: how far two values may differ, relative to the larger of them and 1
*/
WITH
allowed AS (
  SELECT CAST(value AS REAL) AS tolerance FROM parameters WHERE rule = 'contradictory-metrics' AND name = 'tolerance'
),
compared AS ( -- of a version and the run that made it, and of a run and the file beside its record
  SELECT v.subject_id, a.name, a.value, a.text, a.path, a.line, b.value AS other, b.text AS other_text, b.path AS place
  FROM versions v
  JOIN metrics a ON a.subject_id = v.subject_id
  JOIN metrics b ON b.subject_id = v.run_subject_id AND b.name = a.name
  WHERE a.path <> b.path
  UNION ALL
  SELECT a.subject_id, a.name, a.value, a.text, a.path, a.line, b.value, b.text, b.path
  FROM metrics_beside b JOIN metrics a ON a.subject_id = b.subject_id AND a.name = b.name
  -- A file that the version has is compared there.
  WHERE (b.subject_id, b.path) NOT IN (
    SELECT v.run_subject_id, m.path FROM versions v JOIN metrics m ON m.subject_id = v.subject_id
    WHERE v.run_subject_id IN (SELECT subject_id FROM metrics_beside) AND m.path IS NOT NULL)
),
repeated AS ( -- of records with the same run id
  SELECT store, run_id FROM runs WHERE nullif(trim(run_id), '') IS NOT NULL GROUP BY store, run_id HAVING count(*) > 1
),
members AS MATERIALIZED (
  SELECT r.subject_id, r.store, r.run_id, m.name, m.value, m.text, m.path, m.line
  FROM repeated q JOIN runs r ON r.run_id = q.run_id AND r.store = q.store JOIN metrics m ON m.subject_id = r.subject_id
),
extremes AS ( -- each is compared with the ends, so that many records cost no more than each its own
  SELECT store, run_id, name, min(value) AS least, max(value) AS most, min(path) AS first, max(path) AS last
  FROM members GROUP BY store, run_id, name HAVING count(*) > 1
),
differing AS (
  SELECT subject_id, name, text, path, line, other_text, place,
    value IS NOT other AND (value IS NULL OR other IS NULL
      OR abs(value - other) > tolerance * max(1, abs(value), abs(other))) AS differs
  FROM compared CROSS JOIN allowed
  UNION ALL
  SELECT m.subject_id, m.name, m.text, m.path, m.line,
    CASE WHEN m.value - e.least > e.most - m.value THEN e.least ELSE e.most END, 'another record of the run',
    e.most - e.least > a.tolerance * max(1, abs(e.most), abs(e.least))
  FROM members m
  JOIN extremes e ON e.store = m.store AND e.run_id = m.run_id AND e.name = m.name CROSS JOIN allowed a
),
offenders AS (
  SELECT subject_id, name AS item, text || ' here, ' || other_text || ' in ' || place AS message, path, line,
    row_number() OVER (PARTITION BY subject_id ORDER BY name, place) AS place
  FROM differing WHERE differs
),
flagged AS (
  SELECT subject_id, count(*) AS total, min(item || ': ' || message) FILTER (WHERE place = 1) AS first,
    json_group_array(json_object('item', item, 'message', message, 'path', path, 'line', line))
      FILTER (WHERE place <= 1000) AS items
  FROM offenders GROUP BY subject_id
),
concerned AS MATERIALIZED (SELECT DISTINCT subject_id FROM differing),
population AS (
  SELECT subject_id FROM versions
  UNION ALL SELECT subject_id FROM runs
)
SELECT
  p.subject_id,
  CASE
    WHEN f.total > 0 THEN 'fail'
    WHEN p.subject_id IN (SELECT subject_id FROM concerned) THEN 'pass'
    ELSE 'not-applicable'
  END AS outcome,
  CASE
    WHEN f.total = 1 THEN f.first
    WHEN f.total > 1 THEN f.total || ' metrics disagree, the first: ' || f.first
    WHEN p.subject_id IN (SELECT subject_id FROM concerned) THEN ''
    ELSE 'its metrics are recorded once'
  END AS message,
  CASE WHEN f.total > 0 THEN json_object('count', f.total, 'items', json(f.items)) END AS details
FROM population p
LEFT JOIN flagged f ON f.subject_id = p.subject_id
