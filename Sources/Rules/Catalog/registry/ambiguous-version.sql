/*
id: ambiguous-version
title: Two names can be taken for each other
subject: [model, version]
severity: warning
staged: error
rationale: >
  `1.0` and `1.0.0`, `v1.0.0` and `1.0.0`, or names that differ by case alone mean the same to people
  and to most tools, and hold different models.
remedy: >
  Keep one of the two names. Point aliases and records at it, and retire the other.
references:
  - https://semver.org/#spec-item-10
  - https://packaging.python.org/en/latest/specifications/version-specifiers/
controls:
  eu-ai-act: [Annex IV 1(a), Annex IV 6]
  nist-ai-rmf: [GOVERN 1.4]
  iso-42001: [A.6.2.3]
parameters: []
*/
WITH
zero AS (SELECT '.000000000000000000' AS part),
keyed AS ( -- a build such as 1.0.0+cpu is told apart on purpose
  SELECT subject_id, path, version AS name, 'v' || model_id AS family,
    CASE
      WHEN version_rank IS NULL OR instr(version, '+') > 0 THEN 'name ' || lower(version)
      ELSE lower(
        replace(replace(replace(replace(replace(replace(version_rank,
          part || '~', '~'), part || '~', '~'), part || '~', '~'), part || '-', '-'), part || '-', '-'), part || '-', '-'))
    END AS key
  FROM versions CROSS JOIN zero
  UNION ALL
  SELECT subject_id, path, subject, 'm' || store, replace(lower(subject), '_', '-') FROM models
),
repeated AS (SELECT family, key FROM keyed GROUP BY family, key HAVING count(*) > 1),
members AS MATERIALIZED (
  SELECT k.*, row_number() OVER (PARTITION BY k.family, k.key ORDER BY k.name, k.path) AS place
  FROM repeated q JOIN keyed k ON k.family = q.family AND k.key = q.key
),
offenders AS MATERIALIZED (
  SELECT m.subject_id, m.name, o.name AS other
  FROM members m JOIN members o
    ON o.family = m.family AND o.key = m.key AND o.place = CASE m.place WHEN 1 THEN 2 ELSE 1 END
)
SELECT
  k.subject_id,
  CASE WHEN o.subject_id IS NULL THEN 'pass' ELSE 'fail' END AS outcome,
  CASE WHEN o.subject_id IS NULL THEN '' ELSE k.name || ' can be taken for ' || o.other END AS message,
  CASE WHEN o.subject_id IS NOT NULL THEN
    json_object('count', 1, 'items', json_array(json_object(
      'item', o.other, 'message', k.name || ' can be taken for ' || o.other, 'path', k.path, 'line', NULL)))
  END AS details
FROM keyed k
LEFT JOIN offenders o ON o.subject_id = k.subject_id
