/*
id: skipped-stage
title: The version came to the stage without passing the one before
subject: alias
severity: warning
rationale: >
  Each stage is there to find what the one before could not. A version that skips one reaches people
  untested where the policy says it has to be tested.
remedy: >
  Point the alias of the stage before at the version first, and record both promotions in
  `promotions.jsonl`. Where a stage may be reached directly, say `after: none` in the policy.
references:
  - https://mlflow.org/docs/latest/ml/model-registry/workflow/
  - https://airc.nist.gov/airmf-resources/airmf/5-sec-core/
controls:
  eu-ai-act: [Annex IV 2(g), Article 17]
  nist-ai-rmf: [GOVERN 1.4, MANAGE 1.1]
  iso-42001: [A.6.2.4, A.6.2.5]
parameters: []
*/
WITH
asked AS ( -- the order alone asks only where promotions to the stage are recorded
  SELECT a.subject_id, a.alias, a.model_id, a.version_id, v.version, o.after, l.promotion_id, p.from_stage,
    coalesce(p.path, a.path) AS path, p.line
  FROM aliases a
  JOIN stage_order o ON o.stage = a.alias
  JOIN versions v ON v.subject_id = a.version_id
  LEFT JOIN alias_promotions l ON l.subject_id = a.subject_id
  LEFT JOIN promotions p ON p.promotion_id = l.promotion_id AND p.version_id = a.version_id
  WHERE o.stated = 1 OR l.promotion_id IS NOT NULL
),
flaws AS (
  SELECT q.subject_id, q.after AS item, 'no record says that ' || q.version || ' was in ' || q.after || ' before ' || q.alias AS message,
    q.path, q.line
  FROM asked q
  WHERE q.from_stage IS NOT q.after COLLATE NOCASE
    AND NOT EXISTS (
      SELECT 1 FROM promotions p WHERE p.model_id = q.model_id AND p.version_id = q.version_id
        AND p.alias = q.after COLLATE NOCASE AND p.action IN ('promote', 'rollback')
        AND (q.promotion_id IS NULL OR p.promotion_id < q.promotion_id))
    AND NOT EXISTS (
      SELECT 1 FROM aliases b WHERE b.model_id = q.model_id AND b.version_id = q.version_id AND b.alias = q.after)
),
offenders AS (
  SELECT *, row_number() OVER (PARTITION BY subject_id ORDER BY item) AS place FROM flaws
),
flagged AS (
  SELECT subject_id, count(*) AS failed, min(message) FILTER (WHERE place = 1) AS first,
    json_group_array(json_object('item', item, 'message', message, 'path', path, 'line', line))
      FILTER (WHERE place <= 1000) AS flaws
  FROM offenders GROUP BY subject_id
),
required AS (SELECT subject_id, count(*) AS total FROM asked GROUP BY subject_id)
SELECT
  a.subject_id,
  CASE
    WHEN a.version_id IS NULL THEN 'not-applicable'
    WHEN q.total IS NULL THEN 'not-applicable'
    WHEN f.failed > 0 THEN 'fail'
    ELSE 'pass'
  END AS outcome,
  CASE
    WHEN a.version_id IS NULL THEN 'the alias points at no version'
    WHEN q.total IS NULL THEN 'the policy asks for no stage before ' || a.alias
    WHEN f.failed = 1 THEN f.first
    WHEN f.failed > 1 THEN f.failed || ' stages were skipped, the first: ' || f.first
    ELSE 'the version was in every stage before'
  END AS message,
  CASE
    WHEN a.version_id IS NULL OR q.total IS NULL THEN NULL
    WHEN f.failed > 0 THEN json_object('count', f.failed, 'items', json(f.flaws))
  END AS details
FROM aliases a
LEFT JOIN required q ON q.subject_id = a.subject_id
LEFT JOIN flagged f ON f.subject_id = a.subject_id
