/*
id: metric-below-threshold
title: The version behind the alias misses a limit of its stage
subject: alias
severity: error
rationale: >
  The policy says how good a model in this stage has to be; this one is not, is worse than the one it
  replaces by more than the tolerance, or nobody has measured it.
remedy: >
  Point the alias at a version that meets the limits, or record the metric. Lower a limit only by a
  decision that is written down. The version replaced is the one that the record of the promotion names;
  else the one that the record before moved the alias to; else the highest lower version with the metric.
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
  SELECT a.subject_id, a.alias, a.model_id, a.version_id, v.run_subject_id, v.version_rank, v.subject AS version, v.path,
    t.metric, t.minimum, t.maximum, t.tolerance, t.higher_is_better, p.promotion_id, p.action, p.replaces, p.replaces_id
  FROM aliases a
  JOIN thresholds t ON t.stage = a.alias
  JOIN versions v ON v.subject_id = a.version_id
  LEFT JOIN alias_promotions l ON l.subject_id = a.subject_id
  LEFT JOIN promotions p ON p.promotion_id = l.promotion_id AND p.version_id = a.version_id
),
moves AS MATERIALIZED (
  SELECT a.subject_id, p.promotion_id, p.version_id
  FROM aliases a JOIN promotions p ON p.model_id = a.model_id AND p.alias = a.alias COLLATE NOCASE
  WHERE p.action IN ('promote', 'rollback') AND p.version_id IS NOT NULL
),
earlier AS (
  SELECT q.subject_id, m.version_id,
    row_number() OVER (PARTITION BY q.subject_id ORDER BY m.promotion_id DESC) AS place
  FROM (SELECT DISTINCT subject_id, promotion_id, version_id FROM asked WHERE tolerance IS NOT NULL) q
  JOIN moves m ON m.subject_id = q.subject_id AND m.promotion_id < q.promotion_id AND m.version_id <> q.version_id
),
previous AS MATERIALIZED (SELECT subject_id, version_id FROM earlier WHERE place = 1),
compared AS MATERIALIZED ( -- going back to a version that was worse is no promotion
  SELECT q.*,
    CASE
      WHEN q.tolerance IS NULL OR q.action = 'rollback' THEN NULL
      WHEN q.replaces IS NOT NULL THEN q.replaces_id
      ELSE coalesce(
        (SELECT e.version_id FROM previous e WHERE e.subject_id = q.subject_id),
        (SELECT w.subject_id FROM versions w
          WHERE w.model_id = q.model_id AND w.version_rank < q.version_rank AND EXISTS (
            SELECT 1 FROM metrics m WHERE m.name = q.metric AND m.subject_id IN (w.subject_id, w.run_subject_id))
          ORDER BY w.version_rank DESC LIMIT 1))
    END AS base_id,
    q.tolerance IS NOT NULL AND q.action IS NOT 'rollback' AND q.replaces IS NOT NULL AND q.replaces_id IS NULL AS is_gone
  FROM asked q
),
measured AS (
  SELECT q.subject_id, q.metric, q.minimum, q.maximum, q.tolerance, q.higher_is_better, q.version, q.base_id, q.is_gone,
    q.replaces, w.version AS base,
    coalesce(m.text, n.text) AS text,
    CASE WHEN m.name IS NULL THEN n.value ELSE m.value END AS value,
    coalesce(m.path, n.path, q.path) AS path,
    CASE WHEN m.name IS NULL THEN n.line ELSE m.line END AS line,
    m.name IS NOT NULL OR n.name IS NOT NULL AS recorded,
    coalesce(bm.text, bn.text) AS base_text,
    CASE WHEN bm.name IS NULL THEN bn.value ELSE bm.value END AS base_value
  FROM compared q
  LEFT JOIN metrics m ON m.subject_id = q.version_id AND m.name = q.metric
  LEFT JOIN metrics n ON n.subject_id = q.run_subject_id AND n.name = q.metric
  LEFT JOIN versions w ON w.subject_id = q.base_id
  LEFT JOIN metrics bm ON bm.subject_id = w.subject_id AND bm.name = q.metric
  LEFT JOIN metrics bn ON bn.subject_id = w.run_subject_id AND bn.name = q.metric
),
judged AS ( -- 0.9 - 0.85 is a little less than 0.05: what binary fractions cannot say is no loss
  SELECT subject_id, metric, path, line,
    CASE
      WHEN NOT recorded THEN metric || ' is not recorded for ' || version
      WHEN value IS NULL THEN metric || ' is ' || coalesce(substr(text, 1, 80), 'empty') || ', not a finite number'
      WHEN value < minimum THEN metric || ' is ' || text || ', below the minimum ' || printf('%.15g', minimum)
      WHEN value > maximum THEN metric || ' is ' || text || ', above the maximum ' || printf('%.15g', maximum)
      WHEN CASE higher_is_better WHEN 1 THEN base_value - value ELSE value - base_value END
        > tolerance + 1e-9 * max(abs(base_value), abs(value))
        THEN metric || ' is ' || text || ', worse than ' || base_text || ' of ' || base || ' by more than '
          || printf('%.15g', tolerance)
    END AS message,
    CASE
      WHEN is_gone THEN metric || ' cannot be compared with the version it replaces: ' || substr(replaces, 1, 80)
        || ' does not exist'
      WHEN base_id IS NOT NULL AND base_value IS NULL
        THEN metric || ' cannot be compared with ' || base || ', which does not record it'
    END AS doubt
  FROM measured
),
flaws AS (
  SELECT subject_id, CASE WHEN message IS NULL THEN 'unverified' ELSE 'fail' END AS outcome, metric AS item,
    coalesce(message, doubt) AS message, path, line
  FROM judged WHERE message IS NOT NULL OR doubt IS NOT NULL
),
offenders AS (
  SELECT *, row_number() OVER (PARTITION BY subject_id, outcome ORDER BY item) AS place FROM flaws
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
),
limits AS (SELECT stage, count(*) AS total FROM thresholds GROUP BY stage)
SELECT
  a.subject_id,
  CASE
    WHEN l.total IS NULL OR a.version_id IS NULL THEN 'not-applicable'
    WHEN f.failed > 0 THEN 'fail'
    WHEN f.undecided > 0 THEN 'unverified'
    ELSE 'pass'
  END AS outcome,
  CASE
    WHEN l.total IS NULL THEN 'the policy sets no limit for ' || a.alias
    WHEN a.version_id IS NULL THEN 'the alias points at no version'
    WHEN f.failed = 1 THEN f.first
    WHEN f.failed > 1 THEN f.failed || ' limits are missed, the first: ' || f.first
    WHEN f.undecided > 0 THEN f.doubt
    WHEN l.total = 1 THEN '1 limit is met'
    ELSE l.total || ' limits are met'
  END AS message,
  CASE
    WHEN f.failed > 0 THEN json_object('count', f.failed, 'items', json(f.flaws))
    WHEN f.undecided > 0 THEN json_object('count', f.undecided, 'items', json(f.doubts))
  END AS details
FROM aliases a
LEFT JOIN limits l ON l.stage = a.alias
LEFT JOIN flagged f ON f.subject_id = a.subject_id
