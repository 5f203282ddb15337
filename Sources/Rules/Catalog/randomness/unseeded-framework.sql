/*
id: unseeded-framework
title: A framework that the run requires has no seed
subject: run
severity: warning
staged: error
rationale: >
  Each framework keeps its own generator: a seed for NumPy says nothing of PyTorch, and the run still
  draws other numbers each time.
remedy: >
  Seed that framework too and record it under its name in `seeds`, or record one seed as `all` when a
  helper sets them all.
references:
  - https://docs.pytorch.org/docs/stable/notes/randomness.html
  - https://scikit-learn.org/stable/common_pitfalls.html#controlling-randomness
controls:
  eu-ai-act: [Annex IV 2(b)]
  nist-ai-rmf: [MEASURE 2.1]
  iso-42001: [A.6.2.3]
parameters: []
*/
WITH
packages AS (SELECT DISTINCT package FROM frameworks),
places AS ( -- a package may stand on several lines, with different markers
  SELECT q.environment_id, q.name AS package, q.path, q.line,
    row_number() OVER (PARTITION BY q.environment_id, q.name ORDER BY q.position) AS place
  FROM requirements q WHERE q.name IN (SELECT package FROM packages)
),
required AS MATERIALIZED (SELECT environment_id, package, path, line FROM places WHERE place = 1),
seeded AS MATERIALIZED ( -- the names between separators that no name has
  SELECT subject_id, lower(char(31) || group_concat(framework, char(31)) || char(31)) AS names
  FROM seeds WHERE value IS NOT NULL GROUP BY subject_id
),
mixes AS MATERIALIZED ( -- many runs share an environment and the names that they seed: these few are judged
  SELECT DISTINCT r.environment_id, s.names
  FROM seeded s JOIN runs r ON r.subject_id = s.subject_id
  WHERE r.environment_id IN (SELECT environment_id FROM required)
    AND instr(s.names, char(31) || 'all' || char(31)) = 0
),
offenders AS (
  SELECT m.environment_id, m.names, q.package, q.path, q.line,
    row_number() OVER (PARTITION BY m.environment_id, m.names ORDER BY q.package) AS place
  FROM mixes m JOIN required q ON q.environment_id = m.environment_id
  WHERE NOT EXISTS (
    SELECT 1 FROM frameworks f
    WHERE f.package = q.package AND instr(m.names, char(31) || f.seed || char(31)) > 0)
),
flagged AS MATERIALIZED (
  SELECT environment_id, names, count(*) AS total, min(package) AS first,
    json_group_array(json_object('item', package, 'message', 'no seed is recorded for it', 'path', path, 'line', line))
      FILTER (WHERE place <= 1000) AS items
  FROM offenders GROUP BY environment_id, names
),
equipped AS (SELECT environment_id, count(*) AS total FROM required GROUP BY environment_id),
judged AS (
  SELECT r.subject_id, e.environment_id IS NULL OR e.requirements_state = 'none' AS unlisted,
    e.requirements_state = 'read' AS readable, s.subject_id IS NULL AS unseeded, q.total AS required,
    f.total, f.first, f.items
  FROM runs r
  LEFT JOIN environments e ON e.environment_id = r.environment_id
  LEFT JOIN seeded s ON s.subject_id = r.subject_id
  LEFT JOIN equipped q ON q.environment_id = r.environment_id
  LEFT JOIN flagged f ON f.environment_id = r.environment_id AND f.names = s.names
)
SELECT
  subject_id,
  CASE
    WHEN unlisted OR unseeded THEN 'not-applicable'
    WHEN NOT readable THEN 'unverified'
    WHEN required IS NULL THEN 'not-applicable'
    WHEN total > 0 THEN 'fail'
    ELSE 'pass'
  END AS outcome,
  CASE
    WHEN unlisted THEN 'no requirements are recorded'
    WHEN unseeded THEN 'the record names no seed at all'
    WHEN NOT readable THEN 'the requirements that the record names could not be read'
    WHEN required IS NULL THEN 'no known framework is required'
    WHEN total = 1 THEN first || ' has no seed'
    WHEN total > 1 THEN total || ' frameworks have no seed'
    ELSE 'every framework has a seed'
  END AS message,
  CASE WHEN readable AND total > 0 THEN json_object('count', total, 'items', json(items)) END AS details
FROM judged
