/*
id: unpinned-install-in-dockerfile
title: A Dockerfile installs packages without a fixed version
subject: run
severity: warning
rationale: >
  `RUN pip install torch` takes what is newest on the day of the build, whatever the requirements file
  beside it says, so the same Dockerfile gives another environment.
remedy: >
  Pin what is installed, for example `pip install torch==2.2.0`, or install from a file with pins:
  `pip install --require-hashes -r requirements.txt`. Download scripts with a digest: `ADD --checksum=`.
references:
  - https://docs.docker.com/build/building/best-practices/
controls:
  eu-ai-act: [Annex IV 1(c), Annex IV 2(c)]
  nist-ai-rmf: [MEASURE 2.1]
  iso-42001: [A.4.2, A.4.4]
parameters: []
*/
WITH
offenders AS (
  SELECT environment_id, text, pin, tool, path, line,
    row_number() OVER (PARTITION BY environment_id ORDER BY position) AS place
  FROM installs WHERE pinned = 0 AND tool <> 'apt'
),
flagged AS (
  SELECT environment_id, count(*) AS total, min(text) FILTER (WHERE place = 1) AS first,
    json_group_array(json_object(
      'item', text, 'path', path, 'line', line,
      'message', CASE
        WHEN tool = 'script' THEN 'a script is downloaded and run'
        WHEN pin = 'range' THEN 'several versions satisfy it'
        WHEN pin = 'wildcard' THEN 'a wildcard matches several versions'
        WHEN pin = 'none' THEN 'no version is given'
        WHEN pin = 'vcs-floating' THEN 'a branch or tag can move; name the full commit'
        WHEN pin = 'url' THEN 'the file behind the URL can change; add its digest'
        WHEN pin = 'local' THEN 'a local path is no pin'
        ELSE 'it cannot be parsed'
      END)) FILTER (WHERE place <= 1000) AS items
  FROM offenders GROUP BY environment_id
),
named AS (SELECT DISTINCT environment_id FROM installs WHERE tool <> 'apt')
SELECT
  r.subject_id,
  CASE WHEN n.environment_id IS NULL THEN 'not-applicable' WHEN f.total > 0 THEN 'fail' ELSE 'pass' END AS outcome,
  CASE
    WHEN n.environment_id IS NULL THEN 'no Dockerfile installs packages'
    WHEN f.total = 1 THEN f.first || ' is installed without a fixed version'
    WHEN f.total > 1 THEN f.total || ' packages are installed without a fixed version, the first: ' || f.first
    ELSE 'every installed package is pinned'
  END AS message,
  CASE WHEN f.total > 0 THEN json_object('count', f.total, 'items', json(f.items)) END AS details
FROM runs r
LEFT JOIN named n ON n.environment_id = r.environment_id
LEFT JOIN flagged f ON f.environment_id = r.environment_id
