/*
id: missing-inference-commit
title: No record says which code serves the version
subject: version
severity: warning
rationale: >
  What a model answers depends on the code around it as well: how inputs are prepared and answers are
  cut off. Without the commit of that code an answer of last month cannot be explained.
remedy: >
  Write `inference_commit` into the record of the promotion, or into the run record: the full hash of
  the commit that is deployed with the model.
references:
  - https://artificialintelligenceact.eu/annex/4/
  - https://airc.nist.gov/airmf-resources/airmf/5-sec-core/
controls:
  eu-ai-act: [Annex IV 1(b), Annex IV 2(b), Article 12]
  nist-ai-rmf: [GOVERN 1.4, MAP 4.1]
  iso-42001: [A.4.4, A.6.2.5]
parameters: []
*/
WITH
asked AS (
  SELECT a.version_id AS subject_id, a.alias, a.path AS alias_path, v.run_subject_id, p.inference_commit, p.path, p.line
  FROM aliases a
  JOIN stages s ON s.stage = a.alias
  JOIN versions v ON v.subject_id = a.version_id
  LEFT JOIN alias_promotions l ON l.subject_id = a.subject_id
  LEFT JOIN promotions p ON p.promotion_id = l.promotion_id AND p.version_id = a.version_id
),
named AS (
  SELECT q.subject_id, q.alias, coalesce(q.inference_commit, i."commit") AS hash,
    CASE WHEN q.inference_commit IS NULL THEN coalesce(i.path, q.path, q.alias_path) ELSE q.path END AS path,
    CASE WHEN q.inference_commit IS NULL AND i.path IS NOT NULL THEN i.line ELSE q.line END AS line
  FROM asked q LEFT JOIN inference_commits i ON i.subject_id = q.run_subject_id
),
flaws AS (
  SELECT subject_id, alias AS item,
    CASE WHEN hash IS NULL THEN 'no record says which code serves it at ' || alias
      ELSE 'the code that serves it at ' || alias || ' is named `' || substr(hash, 1, 80) || '`, which is no commit'
    END AS message, path, line
  FROM named
  WHERE hash IS NULL OR length(hash) NOT BETWEEN 7 AND 64 OR hash GLOB '*[^0-9a-fA-F]*'
),
offenders AS (
  SELECT *, row_number() OVER (PARTITION BY subject_id ORDER BY item) AS place FROM flaws
),
flagged AS (
  SELECT subject_id, count(*) AS failed, min(message) FILTER (WHERE place = 1) AS first,
    json_group_array(json_object('item', item, 'message', message, 'path', path, 'line', line))
      FILTER (WHERE place <= 1000) AS flaws
  FROM offenders GROUP BY subject_id
)
SELECT
  a.subject_id,
  CASE
    WHEN a.subject_id NOT IN (SELECT subject_id FROM asked) THEN 'not-applicable'
    WHEN f.failed > 0 THEN 'fail'
    ELSE 'pass'
  END AS outcome,
  CASE
    WHEN a.subject_id NOT IN (SELECT subject_id FROM asked) THEN 'no stage of the policy points at the version'
    WHEN f.failed = 1 THEN f.first
    WHEN f.failed > 1 THEN f.failed || ' stages lack the commit of the serving code, the first: ' || f.first
    ELSE 'the code that serves it is recorded'
  END AS message,
  CASE
    WHEN a.subject_id NOT IN (SELECT subject_id FROM asked) THEN NULL
    WHEN f.failed > 0 THEN json_object('count', f.failed, 'items', json(f.flaws))
  END AS details
FROM versions a
LEFT JOIN flagged f ON f.subject_id = a.subject_id
