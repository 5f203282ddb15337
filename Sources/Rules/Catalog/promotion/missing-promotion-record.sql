/*
id: missing-promotion-record
title: No record says how the alias came to point at its version
subject: alias
severity: error
rationale: >
  An alias is moved with one command, and nothing but a record tells afterwards who decided it, when,
  and which bytes were meant. Without one, a change of production cannot be told from a mistake or an
  attack.
remedy: >
  Append a line to `promotions.jsonl` in the model's folder whenever an alias is moved: alias, version,
  digest of the model, by, at. docs/promotion.md has a complete example.
references:
  - https://mlflow.org/docs/latest/ml/model-registry/workflow/
  - https://airc.nist.gov/airmf-resources/airmf/5-sec-core/
controls:
  eu-ai-act: [Annex IV 6, Article 12]
  nist-ai-rmf: [GOVERN 1.4, MANAGE 4.1]
  iso-42001: [A.6.2.5, A.6.2.8]
parameters: []
*/
WITH
last AS (
  SELECT l.subject_id, p.promotion_id, p.version, p.version_id, p.digest_state, p.digest_text, p."by", p.promoted_at,
    p.path, p.line
  FROM alias_promotions l JOIN promotions p ON p.promotion_id = l.promotion_id
),
asked AS ( -- by the policy, or by the record that moved the alias before
  SELECT a.subject_id, a.alias, a.version_id, v.version, m.path AS folder, s.promotion_record AS required,
    l.promotion_id, l.version AS recorded, l.version_id AS recorded_id, l.digest_state, l.digest_text, l."by",
    l.promoted_at, l.path, l.line
  FROM aliases a
  JOIN versions v ON v.subject_id = a.version_id
  JOIN models m ON m.subject_id = a.model_id
  LEFT JOIN stages s ON s.stage = a.alias
  LEFT JOIN last l ON l.subject_id = a.subject_id
  WHERE s.promotion_record = 1 OR (s.promotion_record IS NULL AND l.promotion_id IS NOT NULL)
),
flaws AS (
  SELECT subject_id, 'fail' AS outcome, 'record' AS item, 'no record says who let ' || alias || ' point at ' || version
    || ', and when' AS message, ltrim(folder || '/promotions.jsonl', '/') AS path, NULL AS line
  FROM asked WHERE promotion_id IS NULL
  UNION ALL SELECT subject_id, 'fail', 'version', alias || ' points at ' || version || ', and the last record moved it to '
    || substr(recorded, 1, 80), path, line
  FROM asked WHERE promotion_id IS NOT NULL AND recorded_id IS NOT version_id
  UNION ALL SELECT subject_id, CASE digest_state WHEN 'unknown' THEN 'unverified' ELSE 'fail' END, 'digest',
    CASE digest_state
      WHEN 'different' THEN 'the record is of ' || substr(digest_text, 1, 80) || ', and ' || version || ' is another model'
      WHEN 'malformed' THEN 'the record states no digest but `' || substr(digest_text, 1, 80) || '`'
      ELSE 'the recorded digest could not be held against the model, which was not read'
    END, path, line
  FROM asked WHERE recorded_id = version_id AND digest_state IN ('different', 'malformed', 'unknown')
  UNION ALL SELECT subject_id, 'fail', 'by', 'the record does not say who promoted ' || version, path, line
  FROM asked WHERE required = 1 AND recorded_id = version_id AND "by" IS NULL
  UNION ALL SELECT subject_id, 'fail', 'time', 'the record does not say when ' || version || ' was promoted', path, line
  FROM asked WHERE required = 1 AND recorded_id = version_id AND promoted_at IS NULL
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
)
SELECT
  a.subject_id,
  CASE
    WHEN a.version_id IS NULL THEN 'not-applicable'
    WHEN q.subject_id IS NULL THEN 'not-applicable'
    WHEN f.failed > 0 THEN 'fail'
    WHEN f.undecided > 0 THEN 'unverified'
    ELSE 'pass'
  END AS outcome,
  CASE
    WHEN a.version_id IS NULL THEN 'the alias points at no version'
    WHEN q.subject_id IS NULL THEN 'the policy asks for no record of promotions to ' || a.alias
    WHEN f.failed = 1 THEN f.first
    WHEN f.failed > 1 THEN f.failed || ' flaws of the record, the first: ' || f.first
    WHEN f.undecided > 0 THEN f.doubt
    ELSE 'the promotion is recorded'
  END AS message,
  CASE
    WHEN a.version_id IS NULL OR q.subject_id IS NULL THEN NULL
    WHEN f.failed > 0 THEN json_object('count', f.failed, 'items', json(f.flaws))
    WHEN f.undecided > 0 THEN json_object('count', f.undecided, 'items', json(f.doubts))
  END AS details
FROM aliases a
LEFT JOIN asked q ON q.subject_id = a.subject_id
LEFT JOIN flagged f ON f.subject_id = a.subject_id
