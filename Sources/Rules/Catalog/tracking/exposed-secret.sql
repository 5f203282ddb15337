/*
id: exposed-secret
title: A record holds a password, a token or a key
subject: [run, dataset]
severity: warning
rationale: >
  Records are copied, mailed and kept for years, and whoever reads one can use the secret. A run that
  depends on a secret in its command line cannot be repeated by anybody else either.
remedy: >
  Revoke the secret now: it counts as known. Then take it out of the record, and hand secrets to runs
  through the environment or a secret store, recording only the name.
references:
  - https://owasp.org/www-project-top-ten/
  - https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html
controls:
  eu-ai-act: [Article 15]
  nist-ai-rmf: [MANAGE 4.1]
  iso-42001: [A.6.2.8]
parameters: []
*/
WITH
offenders AS (
  SELECT subject_id, key, path, line, row_number() OVER (PARTITION BY subject_id ORDER BY line, key) AS place FROM secrets
),
flagged AS (
  SELECT subject_id, count(*) AS total, min(key) FILTER (WHERE place = 1) AS first,
    json_group_array(json_object(
      'item', key, 'message', 'it looks like a secret', 'path', path, 'line', line)) FILTER (WHERE place <= 1000) AS items
  FROM offenders GROUP BY subject_id
),
population AS (
  SELECT subject_id FROM runs
  UNION ALL SELECT subject_id FROM datasets
)
SELECT
  p.subject_id,
  CASE WHEN f.total > 0 THEN 'fail' ELSE 'pass' END AS outcome,
  CASE
    WHEN f.total = 1 THEN f.first || ' looks like a secret'
    WHEN f.total > 1 THEN f.total || ' values look like secrets, the first: ' || f.first
    ELSE ''
  END AS message,
  CASE WHEN f.total > 0 THEN json_object('count', f.total, 'items', json(f.items)) END AS details
FROM population p
LEFT JOIN flagged f ON f.subject_id = p.subject_id
