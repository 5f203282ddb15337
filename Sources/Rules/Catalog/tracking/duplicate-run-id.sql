/*
id: duplicate-run-id
title: Several records have the same run id
subject: run
severity: warning
rationale: >
  Whoever asks for the run by its id finds several, and cannot know which of them made the model.
remedy: >
  Keep one record of each run and refer to it by its path, or give the other runs ids of their own.
  Copied templates are the usual cause.
references:
  - https://mlflow.org/docs/latest/ml/tracking/
  - https://www.rfc-editor.org/rfc/rfc9562
controls:
  eu-ai-act: [Annex IV 2(g), Article 12]
  nist-ai-rmf: [MANAGE 4.1]
  iso-42001: [A.6.2.8]
parameters: []
*/
WITH
named AS (SELECT run_id FROM runs WHERE nullif(trim(run_id), '') IS NOT NULL GROUP BY run_id HAVING count(*) > 1),
repeated AS ( -- first by the id alone, of which there is an index
  SELECT store, run_id, count(*) AS total FROM runs WHERE run_id IN (SELECT run_id FROM named)
  GROUP BY store, run_id HAVING count(*) > 1
),
members AS (
  SELECT r.subject_id, r.store, r.run_id, r.path, r.line, q.total,
    row_number() OVER (PARTITION BY r.store, r.run_id ORDER BY r.path) AS place
  FROM repeated q JOIN runs r ON r.run_id = q.run_id AND r.store = q.store
),
offenders AS MATERIALIZED ( -- each is shown the first of the others, so that many copies cost no more than each its own
  SELECT m.subject_id, m.run_id, m.path, m.line, m.total, o.path AS other
  FROM members m JOIN members o
    ON o.store = m.store AND o.run_id = m.run_id AND o.place = CASE m.place WHEN 1 THEN 2 ELSE 1 END
)
SELECT
  r.subject_id,
  CASE
    WHEN nullif(trim(r.run_id), '') IS NULL THEN 'not-applicable'
    WHEN o.subject_id IS NOT NULL THEN 'fail'
    ELSE 'pass'
  END AS outcome,
  CASE
    WHEN nullif(trim(r.run_id), '') IS NULL THEN 'the record names no id'
    WHEN o.total = 2 THEN o.other || ' has the same id'
    WHEN o.total > 2 THEN o.total || ' records have the id ' || substr(o.run_id, 1, 80) || ', among them ' || o.other
    ELSE ''
  END AS message,
  CASE WHEN o.subject_id IS NOT NULL THEN
    json_object('count', 1, 'items', json_array(json_object(
      'item', o.run_id, 'message', o.other || ' has the same id', 'path', o.path, 'line', o.line)))
  END AS details
FROM runs r
LEFT JOIN offenders o ON o.subject_id = r.subject_id
