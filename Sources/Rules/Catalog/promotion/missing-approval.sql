/*
id: missing-approval
title: Too few people have approved the version behind the alias
subject: alias
severity: error
rationale: >
  The policy says how many people must agree before a version gets here, and whose word counts. A single
  person who trains, judges and deploys a model is what this is meant to prevent.
remedy: >
  Have the version approved, and list who did so under `approved_by` in the record of the promotion,
  each with name, role and at.
references:
  - https://airc.nist.gov/airmf-resources/airmf/5-sec-core/
  - https://artificialintelligenceact.eu/annex/4/
controls:
  eu-ai-act: [Article 14, Article 17]
  nist-ai-rmf: [GOVERN 2.1, MANAGE 1.1]
  iso-42001: [A.3.2, A.6.2.5]
parameters: []
*/
WITH
asked AS (
  SELECT a.subject_id, a.alias, a.version_id, v.version, m.path AS folder, s.approvals_required AS required, s.not_author,
    p.promotion_id, p."by", p.promoted_at, coalesce(p.path, ltrim(m.path || '/promotions.jsonl', '/')) AS path, p.line
  FROM aliases a
  JOIN stages s ON s.stage = a.alias AND s.approvals_required > 0
  JOIN versions v ON v.subject_id = a.version_id
  JOIN models m ON m.subject_id = a.model_id
  LEFT JOIN alias_promotions l ON l.subject_id = a.subject_id
  LEFT JOIN promotions p ON p.promotion_id = l.promotion_id AND p.version_id = a.version_id
),
given AS (
  SELECT q.subject_id, g.name, lower(trim(g.name)) AS person, q.path, q.line,
    CASE
      WHEN q.not_author = 1 AND lower(trim(g.name)) = lower(trim(q."by")) THEN 'who promotes does not count'
      WHEN EXISTS (SELECT 1 FROM approvers w WHERE w.stage = q.alias) AND NOT EXISTS (
        SELECT 1 FROM approvers w WHERE w.stage = q.alias AND CASE w.kind
          WHEN 'role' THEN w.name = g.role COLLATE NOCASE ELSE w.name = trim(g.name) COLLATE NOCASE END)
        THEN CASE WHEN g.role IS NULL THEN 'the policy does not name them' ELSE 'the role ' || substr(g.role, 1, 80) || ' may not approve' END
      WHEN g.approved_at > q.promoted_at THEN 'approved on ' || g.approved_at || ', after the promotion'
    END AS objection
  FROM asked q JOIN approvals g ON g.promotion_id = q.promotion_id
),
counted AS (
  SELECT subject_id, count(DISTINCT person) FILTER (WHERE objection IS NULL) AS total FROM given GROUP BY subject_id
),
short AS (
  SELECT q.*, coalesce(c.total, 0) AS total FROM asked q LEFT JOIN counted c ON c.subject_id = q.subject_id
  WHERE coalesce(c.total, 0) < q.required
),
flaws AS (
  SELECT subject_id, 'approvals' AS item,
    CASE
      WHEN promotion_id IS NULL THEN 'the promotion of ' || version || ' is not recorded, so nobody has approved it'
      WHEN total = 0 THEN 'nobody whose approval counts has approved ' || version
      ELSE 'only ' || total || ' of ' || required || ' approvals of ' || version || ' count'
    END AS message, path, line, 0 AS rank
  FROM short
  UNION ALL SELECT q.subject_id, 'by', 'the record does not say who promoted ' || q.version
    || ', whose own approval does not count', q.path, q.line, 1
  FROM asked q WHERE q.promotion_id IS NOT NULL AND q.not_author = 1 AND q."by" IS NULL
  UNION ALL SELECT DISTINCT g.subject_id, g.name, g.name || ': ' || g.objection, g.path, g.line, 2
  FROM given g JOIN short s ON s.subject_id = g.subject_id WHERE g.objection IS NOT NULL
),
offenders AS (
  SELECT *, row_number() OVER (PARTITION BY subject_id ORDER BY rank, item) AS place FROM flaws
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
    WHEN a.version_id IS NULL THEN 'not-applicable'
    WHEN q.subject_id IS NULL THEN 'not-applicable'
    WHEN f.failed > 0 THEN 'fail'
    ELSE 'pass'
  END AS outcome,
  CASE
    WHEN a.version_id IS NULL THEN 'the alias points at no version'
    WHEN q.subject_id IS NULL THEN 'the policy asks for no approval at ' || a.alias
    WHEN f.failed = 1 THEN f.first
    WHEN f.failed > 1 THEN f.failed || ' flaws of the approval, the first: ' || f.first
    ELSE 'enough people have approved'
  END AS message,
  CASE
    WHEN a.version_id IS NULL OR q.subject_id IS NULL THEN NULL
    WHEN f.failed > 0 THEN json_object('count', f.failed, 'items', json(f.flaws))
  END AS details
FROM aliases a
LEFT JOIN asked q ON q.subject_id = a.subject_id
LEFT JOIN flagged f ON f.subject_id = a.subject_id
