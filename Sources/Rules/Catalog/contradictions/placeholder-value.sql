/*
id: placeholder-value
title: A record states a value that stands for nothing
subject: [version, run, dataset]
severity: error
rationale: >
  An elided digest, a row of zeros, `TODO` or the digest of an empty file looks like evidence and is
  none; as a rule a template was never filled in.
remedy: >
  Put the real value in, or drop the key: an absent value is at least honest.
references:
  - https://reproducible-builds.org/docs/definition/
controls:
  eu-ai-act: [Annex IV 1(a), Annex IV 6]
  nist-ai-rmf: [GOVERN 1.4]
  iso-42001: [A.6.2.3]
parameters: []
*/
WITH
offenders AS (
  SELECT subject_id, key, value, reason, path, line,
    row_number() OVER (PARTITION BY subject_id ORDER BY path, line, key, value) AS place
  FROM placeholders
),
flagged AS (
  SELECT subject_id, count(*) AS total, min(key) FILTER (WHERE place = 1) AS first,
    min(reason) FILTER (WHERE place = 1) AS reason,
    json_group_array(json_object(
      'item', key, 'message', reason || ': `' || substr(value, 1, 80) || '`', 'path', path, 'line', line))
      FILTER (WHERE place <= 1000) AS items
  FROM offenders GROUP BY subject_id
),
population AS MATERIALIZED (
  SELECT subject_id FROM versions
  UNION ALL SELECT subject_id FROM runs
  UNION ALL SELECT subject_id FROM datasets
)
SELECT
  p.subject_id,
  CASE WHEN f.total > 0 THEN 'fail' ELSE 'pass' END AS outcome,
  CASE
    WHEN f.total = 1 THEN f.first || ': ' || f.reason
    WHEN f.total > 1 THEN f.total || ' values stand for nothing, the first: ' || f.first || ', ' || f.reason
    ELSE ''
  END AS message,
  CASE WHEN f.total > 0 THEN json_object('count', f.total, 'items', json(f.items)) END AS details
FROM population p
LEFT JOIN flagged f ON f.subject_id = p.subject_id
