/*
id: requirement-without-hash
title: A pinned requirement has no hash
subject: run
severity: note
rationale: >
  A version number names a release and not its bytes: an index can serve another file under it, and a
  mirror or an attacker does.
remedy: >
  Lock with hashes, and install with `pip install --require-hashes -r requirements.txt`; `pip-compile
  --generate-hashes requirements.in` and `uv pip compile --generate-hashes requirements.in` write
  them.
references:
  - https://pip.pypa.io/en/stable/topics/secure-installs/#hash-checking-mode
controls:
  eu-ai-act: [Annex IV 1(c), Annex IV 2(c)]
  nist-ai-rmf: [MEASURE 2.1]
  iso-42001: [A.4.2, A.4.4]
parameters: []
*/
WITH
offenders AS (
  SELECT environment_id, text, path, line, row_number() OVER (PARTITION BY environment_id ORDER BY position) AS place
  FROM requirements WHERE pin = 'exact' AND hashed = 0
),
flagged AS (
  SELECT environment_id, count(*) AS total, min(text) FILTER (WHERE place = 1) AS first,
    json_group_array(json_object(
      'item', text, 'message', 'no hash says which file it is', 'path', path, 'line', line))
      FILTER (WHERE place <= 1000) AS items
  FROM offenders GROUP BY environment_id
),
pinned AS (SELECT DISTINCT environment_id FROM requirements WHERE pinned = 1)
SELECT
  r.subject_id,
  CASE
    WHEN e.environment_id IS NULL OR e.requirements_state = 'none' THEN 'not-applicable'
    WHEN e.requirements_state <> 'read' THEN 'unverified'
    WHEN p.environment_id IS NULL THEN 'not-applicable'
    WHEN f.total > 0 THEN 'fail'
    ELSE 'pass'
  END AS outcome,
  CASE
    WHEN e.environment_id IS NULL OR e.requirements_state = 'none' THEN 'no requirements are recorded'
    WHEN e.requirements_state <> 'read' THEN 'the requirements that the record names could not be read'
    WHEN p.environment_id IS NULL THEN 'no requirement is pinned'
    WHEN f.total = 1 THEN f.first || ' has no hash'
    WHEN f.total > 1 THEN f.total || ' pinned requirements have no hash'
    ELSE 'every pinned requirement says which file it is'
  END AS message,
  CASE WHEN e.requirements_state = 'read' AND f.total > 0
    THEN json_object('count', f.total, 'items', json(f.items)) END AS details
FROM runs r
LEFT JOIN environments e ON e.environment_id = r.environment_id
LEFT JOIN pinned p ON p.environment_id = r.environment_id
LEFT JOIN flagged f ON f.environment_id = r.environment_id
