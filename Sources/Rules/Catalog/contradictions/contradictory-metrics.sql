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
of_versions AS NOT MATERIALIZED ( -- of a version and the run that made it
  SELECT v.subject_id, a.name, a.text, a.path, a.line, b.text AS other_text, b.path AS place,
    CASE WHEN a.value IS b.value THEN 0 ELSE a.value IS NULL OR b.value IS NULL
      OR abs(a.value - b.value) > (SELECT tolerance FROM allowed) * max(1, abs(a.value), abs(b.value)) END AS differs
  FROM versions v
  CROSS JOIN metrics a ON a.subject_id = v.subject_id
  CROSS JOIN metrics b ON b.subject_id = v.run_subject_id AND b.name = a.name
  WHERE a.path <> b.path
),
published AS MATERIALIZED ( -- a file that the version has is compared there
  SELECT DISTINCT v.run_subject_id, m.path FROM versions v CROSS JOIN metrics m ON m.subject_id = v.subject_id
  WHERE likelihood(v.run_subject_id IS NOT NULL, 0.01) AND m.path IS NOT NULL
),
of_runs AS NOT MATERIALIZED ( -- of a run and the file beside its record
  SELECT b.subject_id, a.name, a.text, a.path, a.line, b.text AS other_text, b.path AS place,
    CASE WHEN a.value IS b.value THEN 0 ELSE a.value IS NULL OR b.value IS NULL
      OR abs(a.value - b.value) > (SELECT tolerance FROM allowed) * max(1, abs(a.value), abs(b.value)) END AS differs
  FROM metrics_beside b CROSS JOIN metrics a ON a.subject_id = b.subject_id AND a.name = b.name
  WHERE (b.subject_id, b.path) NOT IN (SELECT run_subject_id, path FROM published)
),
named AS (SELECT run_id FROM runs WHERE nullif(trim(run_id), '') IS NOT NULL GROUP BY run_id HAVING count(*) > 1),
repeated AS ( -- of records with the same run id; first by the id alone, of which there is an index
  SELECT store, run_id FROM runs WHERE run_id IN (SELECT run_id FROM named) GROUP BY store, run_id HAVING count(*) > 1
),
members AS MATERIALIZED (
  SELECT r.subject_id, r.store, r.run_id, m.name, m.value, m.text, m.path, m.line
  FROM repeated q JOIN runs r ON r.run_id = q.run_id AND r.store = q.store JOIN metrics m ON m.subject_id = r.subject_id
),
extremes AS ( -- each is compared with the ends, so that many records cost no more than each its own
  SELECT store, run_id, name, min(value) AS least, max(value) AS most,
    max(value) - min(value) > (SELECT tolerance FROM allowed) * max(1, abs(min(value)), abs(max(value))) AS differs
  FROM members GROUP BY store, run_id, name HAVING count(*) > 1
),
concerned AS MATERIALIZED ( -- nearly all agree, and only of the others more is asked
  SELECT subject_id, max(differs) AS differs FROM of_versions GROUP BY subject_id
  UNION ALL
  SELECT subject_id, max(differs) FROM of_runs GROUP BY subject_id
  UNION ALL
  SELECT m.subject_id, max(e.differs)
  FROM members m JOIN extremes e ON e.store = m.store AND e.run_id = m.run_id AND e.name = m.name
  GROUP BY m.subject_id
),
differing AS (
  SELECT c.subject_id, c.name, c.text, c.path, c.line, c.other_text, c.place
  FROM (SELECT * FROM of_versions UNION ALL SELECT * FROM of_runs) c
  WHERE c.subject_id IN (SELECT subject_id FROM concerned WHERE differs) AND c.differs
  UNION ALL
  SELECT m.subject_id, m.name, m.text, m.path, m.line,
    CASE WHEN m.value - e.least > e.most - m.value THEN e.least ELSE e.most END, 'another record of the run'
  FROM members m JOIN extremes e ON e.store = m.store AND e.run_id = m.run_id AND e.name = m.name
  WHERE e.differs
),
offenders AS (
  SELECT subject_id, name AS item, text || ' here, ' || other_text || ' in ' || place AS message, path, line,
    row_number() OVER (PARTITION BY subject_id ORDER BY name, place) AS place
  FROM differing
),
flagged AS (
  SELECT subject_id, count(*) AS total, min(item || ': ' || message) FILTER (WHERE place = 1) AS first,
    json_group_array(json_object('item', item, 'message', message, 'path', path, 'line', line))
      FILTER (WHERE place <= 1000) AS items
  FROM offenders GROUP BY subject_id
),
population AS (
  SELECT subject_id FROM versions
  UNION ALL SELECT subject_id FROM runs
),
judged AS MATERIALIZED (
  SELECT p.subject_id, p.subject_id IN (SELECT subject_id FROM concerned) AS compared, f.total, f.first, f.items
  FROM population p LEFT JOIN flagged f ON f.subject_id = p.subject_id
)
SELECT
  subject_id,
  CASE
    WHEN total > 0 THEN 'fail'
    WHEN compared THEN 'pass'
    ELSE 'not-applicable'
  END AS outcome,
  CASE
    WHEN total = 1 THEN first
    WHEN total > 1 THEN total || ' metrics disagree, the first: ' || first
    WHEN compared THEN ''
    ELSE 'its metrics are recorded once'
  END AS message,
  CASE WHEN total > 0 THEN json_object('count', total, 'items', json(items)) END AS details
FROM judged
