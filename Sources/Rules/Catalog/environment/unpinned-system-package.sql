/*
id: unpinned-system-package
title: A Dockerfile installs system packages without a version
subject: run
severity: note
rationale: >
  Distributions update their packages in place, so that `apt-get install libgomp1` gives other bytes
  next year; numerical libraries among them change results.
remedy: >
  Write `apt-get install libgomp1=12.2.0-14`, or install from a snapshot of the distribution by date;
  a base image pinned by digest fixes what it already holds.
references:
  - https://docs.docker.com/build/building/best-practices/#apt-get
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
  FROM installs WHERE pinned = 0 AND tool = 'apt'
),
flagged AS (
  SELECT environment_id, count(*) AS total, min(text) FILTER (WHERE place = 1) AS first,
    json_group_array(json_object(
      'item', text, 'path', path, 'line', line,
      'message', 'no version is given')) FILTER (WHERE place <= 1000) AS items
  FROM offenders GROUP BY environment_id
),
named AS (SELECT DISTINCT environment_id FROM installs WHERE tool = 'apt')
SELECT
  r.subject_id,
  CASE WHEN n.environment_id IS NULL THEN 'not-applicable' WHEN f.total > 0 THEN 'fail' ELSE 'pass' END AS outcome,
  CASE
    WHEN n.environment_id IS NULL THEN 'no Dockerfile installs system packages'
    WHEN f.total = 1 THEN f.first || ' is installed without a version'
    WHEN f.total > 1 THEN f.total || ' system packages are installed without a version, the first: ' || f.first
    ELSE 'every system package has a version'
  END AS message,
  CASE WHEN f.total > 0 THEN json_object('count', f.total, 'items', json(f.items)) END AS details
FROM runs r
LEFT JOIN named n ON n.environment_id = r.environment_id
LEFT JOIN flagged f ON f.environment_id = r.environment_id
