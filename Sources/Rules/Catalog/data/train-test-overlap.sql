/*
id: train-test-overlap
title: The run was tested on data that it was trained on
subject: run
severity: error
rationale: >
  Metrics measured on rows that the model has seen say how well it remembers, not how well it
  predicts, and nobody can compare them with a rerun on other rows.
remedy: >
  Split the data once, keep each part as a dataset of its own with a manifest of its own, and name
  both in the record with their roles.
references:
  - https://scikit-learn.org/stable/common_pitfalls.html#data-leakage
  - https://doi.org/10.1016/j.patter.2023.100804
controls:
  eu-ai-act: [Annex IV 2(d), Article 10]
  nist-ai-rmf: [MAP 4.1]
  iso-42001: [A.7.5, A.7.6]
parameters:
  - name: trained
    type: list
    default: [train, training, fit]
    meaning: roles of data that a model learns from, in any case
  - name: held_out
    type: list
    default: [test, testing, eval, evaluation, holdout, hold-out, hold_out, validation, val, valid, dev]
    meaning: roles of data that a model is measured on, in any case
*/
WITH
roles AS (
  SELECT max(',' || lower(value) || ',') FILTER (WHERE name = 'trained') AS trained,
    max(',' || lower(value) || ',') FILTER (WHERE name = 'held_out') AS held_out
  FROM parameters WHERE rule = 'train-test-overlap'
),
uses AS MATERIALIZED (
  SELECT u.subject_id, u.dataset_id, u.declared, u.role, u.path, u.line,
    instr((SELECT trained FROM roles), ',' || lower(u.role) || ',') > 0 AS trained,
    instr((SELECT held_out FROM roles), ',' || lower(u.role) || ',') > 0 AS held_out
  FROM run_datasets u WHERE u.role IS NOT NULL
),
mixed AS MATERIALIZED (
  SELECT a.subject_id, a.dataset_id AS trained_id, b.dataset_id AS held_id, a.declared AS trained, b.declared AS held,
    b.role, b.path, b.line
  FROM uses a JOIN uses b ON b.subject_id = a.subject_id
  WHERE a.trained AND b.held_out
),
pairs AS MATERIALIZED ( -- many runs read the same two datasets: these few are compared
  SELECT DISTINCT trained_id, held_id FROM mixed WHERE trained_id <> held_id
),
members AS (SELECT trained_id AS subject_id FROM pairs UNION SELECT held_id FROM pairs),
contents AS MATERIALIZED (
  SELECT d.subject_id, d.file_id, f.path,
    coalesce(f.sha256, (SELECT min(c.digest) FROM claims c WHERE c.file_id = d.file_id AND c.algorithm = 'sha256')) AS content
  FROM members m
  JOIN dataset_files d ON d.subject_id = m.subject_id
  JOIN files f ON f.file_id = d.file_id
  WHERE coalesce(f.size, 1) > 0
),
keyed AS MATERIALIZED (
  SELECT subject_id, path, 'file ' || file_id AS key FROM contents
  UNION ALL SELECT subject_id, path, content FROM contents WHERE content IS NOT NULL
),
shared AS (
  SELECT DISTINCT p.trained_id, p.held_id, b.path AS item, a.path AS other
  FROM pairs p
  JOIN keyed a ON a.subject_id = p.trained_id
  JOIN keyed b ON b.subject_id = p.held_id AND b.key = a.key
),
ranked AS (
  SELECT *, row_number() OVER (PARTITION BY trained_id, held_id ORDER BY item, other) AS place FROM shared
),
overlaps AS MATERIALIZED (
  SELECT trained_id, held_id, count(*) AS total, min(item) FILTER (WHERE place = 1) AS item,
    min(other) FILTER (WHERE place = 1) AS other
  FROM ranked GROUP BY trained_id, held_id
),
blank AS MATERIALIZED ( -- of these nothing is known that could be compared
  SELECT m.subject_id FROM members m
  WHERE NOT EXISTS (SELECT 1 FROM contents c WHERE c.subject_id = m.subject_id AND c.content IS NOT NULL)
),
judged_pairs AS (
  SELECT m.subject_id, m.path, m.line, coalesce(o.item, m.held, 'data') AS item,
    CASE
      WHEN m.trained_id = m.held_id OR m.trained_id IS NULL AND m.held_id IS NULL AND m.trained = m.held OR o.total > 0 THEN 'fail'
      WHEN m.trained_id IS NULL OR m.held_id IS NULL OR m.trained_id IN (SELECT subject_id FROM blank)
        OR m.held_id IN (SELECT subject_id FROM blank) THEN 'unverified'
      ELSE 'pass'
    END AS outcome,
    CASE
      WHEN o.total = 1 THEN 'it is among the training data too' || CASE WHEN o.other <> o.item THEN ', as ' || o.other ELSE '' END
      WHEN o.total > 1 THEN o.total || ' files are among the training data too'
      WHEN m.trained_id = m.held_id OR m.trained = m.held THEN 'the same data has the role ' || m.role
      ELSE 'no digest of ' || coalesce(m.held, 'the data') || ' or of the training data is known to compare'
    END AS message
  FROM mixed m
  LEFT JOIN overlaps o ON o.trained_id = m.trained_id AND o.held_id = m.held_id
),
placed AS (
  SELECT *, row_number() OVER (PARTITION BY subject_id, outcome ORDER BY item, line, message) AS place FROM judged_pairs
),
flagged AS (
  SELECT subject_id, count(*) FILTER (WHERE outcome = 'fail') AS failed,
    count(*) FILTER (WHERE outcome = 'unverified') AS undecided,
    min(item || ': ' || message) FILTER (WHERE outcome = 'fail' AND place = 1) AS flaw,
    min(message) FILTER (WHERE outcome = 'unverified' AND place = 1) AS doubt,
    json_group_array(json_object('item', item, 'message', message, 'path', path, 'line', line))
      FILTER (WHERE outcome = 'fail' AND place <= 1000) AS flaws,
    json_group_array(json_object('item', item, 'message', message, 'path', path, 'line', line))
      FILTER (WHERE outcome = 'unverified' AND place <= 1000) AS doubts
  FROM placed GROUP BY subject_id
)
SELECT
  r.subject_id,
  CASE
    WHEN f.failed > 0 THEN 'fail'
    WHEN f.undecided > 0 THEN 'unverified'
    WHEN f.subject_id IS NOT NULL THEN 'pass'
    ELSE 'not-applicable'
  END AS outcome,
  CASE
    WHEN f.failed = 1 THEN f.flaw
    WHEN f.failed > 1 THEN f.failed || ' datasets that the run was tested on overlap with its training data'
    WHEN f.undecided > 0 THEN f.doubt
    WHEN f.subject_id IS NOT NULL THEN ''
    ELSE 'the record does not name both training data and data that was held out'
  END AS message,
  CASE
    WHEN f.failed > 0 THEN json_object('count', f.failed, 'items', json(f.flaws))
    WHEN f.undecided > 0 THEN json_object('count', f.undecided, 'items', json(f.doubts))
  END AS details
FROM runs r
LEFT JOIN flagged f ON f.subject_id = r.subject_id
