/*
id: unpinned-requirement
title: A requirement is not pinned to one version
subject: run
severity: error
rationale: >
  A requirement that several versions satisfy resolves differently next month, and the rerun then
  measures the difference between libraries instead of reproducing the model.
remedy: >
  Pin every requirement exactly, for example with `pip-compile requirements.in` or `pip freeze`.
references:
  - https://pip.pypa.io/en/stable/topics/repeatable-installs/
controls:
  eu-ai-act: [Annex IV 1(c), Annex IV 2(c)]
  nist-ai-rmf: [MEASURE 2.1]
  iso-42001: [A.4.2, A.4.4]
parameters: []
*/
WITH
offenders AS (
  SELECT environment_id, text, pin, path, line,
    row_number() OVER (PARTITION BY environment_id ORDER BY position) AS place
  FROM requirements WHERE pinned = 0
),
flagged AS (
  SELECT environment_id, count(*) AS total,
    json_group_array(json_object(
      'item', text, 'path', path, 'line', line,
      'message', CASE pin
        WHEN 'range' THEN 'several versions satisfy it'
        WHEN 'wildcard' THEN 'a wildcard matches several versions'
        WHEN 'none' THEN 'no version is given'
        WHEN 'vcs-floating' THEN 'a branch or tag can move; name the full commit'
        WHEN 'url' THEN 'the file behind the URL can change; add its digest'
        WHEN 'local' THEN 'a local path exists on one machine only'
        ELSE 'the line cannot be parsed'
      END)) FILTER (WHERE place <= 1000) AS items
  FROM offenders GROUP BY environment_id
)
SELECT
  r.subject_id,
  CASE
    WHEN e.environment_id IS NULL OR e.requirements_state = 'none' THEN 'not-applicable'
    WHEN e.requirements_state <> 'read' THEN 'unverified'
    WHEN f.total > 0 THEN 'fail'
    ELSE 'pass'
  END AS outcome,
  CASE
    WHEN e.environment_id IS NULL OR e.requirements_state = 'none' THEN 'no requirements are recorded'
    WHEN e.requirements_state <> 'read' THEN 'the requirements that the record names could not be read'
    WHEN f.total = 1 THEN '1 requirement is not pinned'
    WHEN f.total > 1 THEN f.total || ' requirements are not pinned'
    ELSE 'every requirement is pinned'
  END AS message,
  CASE WHEN e.requirements_state = 'read' AND f.total > 0
    THEN json_object('count', f.total, 'items', json(f.items)) END AS details
FROM runs r
LEFT JOIN environments e ON e.environment_id = r.environment_id
LEFT JOIN flagged f ON f.environment_id = r.environment_id
