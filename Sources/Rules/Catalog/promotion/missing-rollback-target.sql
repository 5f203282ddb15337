/*
id: missing-rollback-target
title: There is no proven way back from the version behind the alias
subject: alias
severity: error
rationale: >
  When a model goes wrong in production it has to be replaced at once. A plan that nobody has tried, or
  that leads to a version which is gone, retired or damaged, is found out at the worst moment.
remedy: >
  Write `rollback.md` (or .yaml, .json) beside the model with `Owner:`, `Tested:` (a date) and `Target:`
  (a version, or none when the model can be switched off), and try it. Keep the version it leads to.
references:
  - https://airc.nist.gov/airmf-resources/airmf/5-sec-core/
  - https://mlflow.org/docs/latest/ml/model-registry/workflow/
controls:
  eu-ai-act: [Annex IV 2(e), Article 14, Article 15]
  nist-ai-rmf: [MANAGE 2.3, MANAGE 2.4]
  iso-42001: [A.6.2.5, A.6.2.6]
parameters: []
*/
WITH
asked AS (
  SELECT a.subject_id, a.alias, a.model_id, a.version_id, v.version, v.version_rank, m.path AS folder,
    s.rollback_tested AS tested, s.rollback_tested_within AS within
  FROM aliases a
  JOIN stages s ON s.stage = a.alias AND s.rollback_required = 1
  JOIN versions v ON v.subject_id = a.version_id
  JOIN models m ON m.subject_id = a.model_id
),
plans AS ( -- a version's own plan before its model's
  SELECT q.subject_id, p.path, p.line, p.tested_at, p.target, p.target_id,
    row_number() OVER (PARTITION BY q.subject_id ORDER BY p.version IS NULL, p.path) AS place
  FROM asked q JOIN rollback_plans p ON p.model_id = q.model_id AND (p.version IS NULL OR p.version_id = q.version_id)
),
targets AS ( -- as the plan says, or what was replaced, or the version before
  SELECT q.*, p.path AS plan, p.line, p.tested_at, coalesce(p.path, ltrim(q.folder || '/rollback.md', '/')) AS path,
    CASE
      WHEN p.target IS NOT NULL THEN p.target
      WHEN r.replaces IS NOT NULL THEN r.replaces
      ELSE (SELECT w.version FROM versions w WHERE w.model_id = q.model_id AND w.version_rank < q.version_rank
        AND w.subject_id NOT IN (SELECT subject_id FROM retirements) ORDER BY w.version_rank DESC LIMIT 1)
    END AS target
  FROM asked q
  LEFT JOIN plans p ON p.subject_id = q.subject_id AND p.place = 1
  LEFT JOIN alias_promotions l ON l.subject_id = q.subject_id
  LEFT JOIN promotions r ON r.promotion_id = l.promotion_id AND r.version_id = q.version_id
),
resolved AS (
  SELECT t.*, lower(t.target) = 'none' AS switches_off,
    (SELECT w.subject_id FROM versions w WHERE w.model_id = t.model_id AND w.version = t.target) AS target_id
  FROM targets t
),
broken AS ( -- files of the target that are not what was published, or could not be read
  SELECT r.subject_id, k.path, k.verdict, row_number() OVER (
    PARTITION BY r.subject_id
    ORDER BY k.verdict IN ('unreadable', 'unreachable', 'changing', 'unknown-definition', 'unstable-read'), k.path) AS place
  FROM (SELECT DISTINCT subject_id, target_id FROM resolved) r
  JOIN artifacts a ON a.subject_id = r.target_id
  JOIN checks k ON k.file_id = a.file_id
  WHERE k.claim_id IS NOT NULL AND k.verdict NOT IN ('matched', 'pointer')
    AND (SELECT exclusion FROM files WHERE file_id = k.file_id) IS NULL
),
flaws AS (
  SELECT subject_id, 'fail' AS outcome, 'plan' AS item, 'there is no rollback plan for ' || version AS message, path, NULL AS line
  FROM resolved WHERE plan IS NULL
  UNION ALL SELECT subject_id, 'fail', 'test',
    CASE
      WHEN tested_at IS NULL THEN 'the rollback plan does not say when it was tested'
      WHEN tested_at > now THEN 'the rollback plan was tested on ' || substr(tested_at, 1, 10) || ', after this audit'
      ELSE 'the rollback plan was tested on ' || substr(tested_at, 1, 10) || ', more than ' || CASE WHEN within % 86400 = 0 THEN within / 86400 || ' days' ELSE printf('%.4g', within / 3600.0) || ' hours' END || ' ago'
    END, path, NULL
  FROM resolved JOIN current WHERE plan IS NOT NULL AND tested = 1
    AND (tested_at IS NULL OR tested_at > now OR unixepoch(now) - unixepoch(tested_at) > within)
  UNION ALL SELECT subject_id, 'fail', coalesce(target, 'target'),
    CASE
      WHEN target IS NULL THEN 'there is no version to return to from ' || version
      WHEN target_id IS NULL THEN 'the version to return to, ' || substr(target, 1, 80) || ', does not exist'
      WHEN target_id = version_id THEN 'the version to return to is the one that the alias points at'
      ELSE 'the version to return to, ' || target || ', is retired'
    END, path, line
  FROM resolved WHERE switches_off IS NOT 1
    AND (target_id IS NULL OR target_id = version_id OR target_id IN (SELECT subject_id FROM retirements))
  UNION ALL SELECT r.subject_id,
    CASE WHEN b.verdict IN ('unreadable', 'unreachable', 'changing', 'unknown-definition', 'unstable-read') THEN 'unverified' ELSE 'fail' END,
    r.target,
    'the version to return to, ' || r.target || ', '
    || CASE WHEN b.verdict IN ('unreadable', 'unreachable', 'changing', 'unknown-definition', 'unstable-read')
      THEN 'could not be verified: ' ELSE 'is not what was published: ' END
    || b.path || ' is ' || CASE b.verdict WHEN 'malformed-claim' THEN 'recorded without a digest' ELSE b.verdict END, r.path, r.line
  FROM resolved r JOIN broken b ON b.subject_id = r.subject_id AND b.place = 1
),
offenders AS (
  SELECT *, row_number() OVER (PARTITION BY subject_id, outcome ORDER BY item <> 'plan', item) AS place FROM flaws
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
    WHEN q.subject_id IS NULL THEN 'the policy asks for no rollback plan at ' || a.alias
    WHEN f.failed = 1 THEN f.first
    WHEN f.failed > 1 THEN f.failed || ' flaws of the way back, the first: ' || f.first
    WHEN f.undecided > 0 THEN f.doubt
    ELSE 'there is a way back'
  END AS message,
  CASE
    WHEN a.version_id IS NULL OR q.subject_id IS NULL THEN NULL
    WHEN f.failed > 0 THEN json_object('count', f.failed, 'items', json(f.flaws))
    WHEN f.undecided > 0 THEN json_object('count', f.undecided, 'items', json(f.doubts))
  END AS details
FROM aliases a
LEFT JOIN asked q ON q.subject_id = a.subject_id
LEFT JOIN flagged f ON f.subject_id = a.subject_id
