/*
id: metric-below-threshold
title: The version behind the alias misses a limit of its stage
subject: alias
severity: error
rationale: >
  The policy says how good a model in this stage has to be; this one is not, or nobody has measured it.
remedy: >
  Point the alias at a version that meets the limits, or record the metric. Lower a limit only by a
  decision that is written down.
references:
  - https://airc.nist.gov/airmf-resources/airmf/5-sec-core/
controls:
  eu-ai-act: [Annex IV 2(g), Annex IV 4]
  nist-ai-rmf: [MEASURE 2.1, MEASURE 2.3]
  iso-42001: [A.6.2.4]
parameters: []
*/
WITH
asked AS (
  SELECT a.subject_id, a.version_id, v.run_subject_id, v.subject AS version, v.path, t.metric, t.minimum, t.maximum
  FROM aliases a
  JOIN thresholds t ON t.stage = a.alias
  JOIN versions v ON v.subject_id = a.version_id
),
measured AS (
  SELECT q.subject_id, q.metric, q.minimum, q.maximum, q.version,
    coalesce(m.text, n.text) AS text,
    CASE WHEN m.name IS NULL THEN n.value ELSE m.value END AS value,
    coalesce(m.path, n.path, q.path) AS path,
    CASE WHEN m.name IS NULL THEN n.line ELSE m.line END AS line,
    m.name IS NOT NULL OR n.name IS NOT NULL AS recorded
  FROM asked q
  LEFT JOIN metrics m ON m.subject_id = q.version_id AND m.name = q.metric
  LEFT JOIN metrics n ON n.subject_id = q.run_subject_id AND n.name = q.metric
),
judged AS (
  SELECT subject_id, metric, path, line,
    CASE
      WHEN NOT recorded THEN metric || ' is not recorded for ' || version
      WHEN value IS NULL THEN metric || ' is ' || coalesce(substr(text, 1, 80), 'empty') || ', not a finite number'
      WHEN value < minimum THEN metric || ' is ' || text || ', below the minimum ' || printf('%.15g', minimum)
      WHEN value > maximum THEN metric || ' is ' || text || ', above the maximum ' || printf('%.15g', maximum)
    END AS message
  FROM measured
),
offenders AS (
  SELECT *, row_number() OVER (PARTITION BY subject_id ORDER BY metric) AS place FROM judged WHERE message IS NOT NULL
),
flagged AS (
  SELECT subject_id, count(*) AS total, min(message) FILTER (WHERE place = 1) AS first,
    json_group_array(json_object('item', metric, 'message', message, 'path', path, 'line', line))
      FILTER (WHERE place <= 1000) AS items
  FROM offenders GROUP BY subject_id
),
limits AS (SELECT stage, count(*) AS total FROM thresholds GROUP BY stage)
SELECT
  a.subject_id,
  CASE
    WHEN l.total IS NULL OR a.version_id IS NULL THEN 'not-applicable'
    WHEN f.total > 0 THEN 'fail'
    ELSE 'pass'
  END AS outcome,
  CASE
    WHEN l.total IS NULL THEN 'the policy sets no limit for ' || a.alias
    WHEN a.version_id IS NULL THEN 'the alias points at no version'
    WHEN f.total = 1 THEN f.first
    WHEN f.total > 1 THEN f.total || ' limits are missed, the first: ' || f.first
    WHEN l.total = 1 THEN '1 limit is met'
    ELSE l.total || ' limits are met'
  END AS message,
  CASE WHEN f.total > 0 THEN json_object('count', f.total, 'items', json(f.items)) END AS details
FROM aliases a
LEFT JOIN limits l ON l.stage = a.alias
LEFT JOIN flagged f ON f.subject_id = a.subject_id
