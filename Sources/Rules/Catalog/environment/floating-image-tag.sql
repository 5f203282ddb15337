/*
id: floating-image-tag
title: The container image of the run has a tag that moves
subject: run
severity: error
rationale: >
  `latest`, a partial version or no tag at all names another image next month, with other libraries
  in it.
remedy: >
  Record a full version tag, and better the digest that `docker buildx imagetools inspect IMAGE` prints.
references:
  - https://docs.docker.com/reference/cli/docker/image/pull/
controls:
  eu-ai-act: [Annex IV 1(c), Annex IV 2(c)]
  nist-ai-rmf: [MEASURE 2.1]
  iso-42001: [A.4.2, A.4.4]
parameters: []
*/
WITH
offenders AS (
  SELECT environment_id, text, path, line,
    CASE pin
      WHEN 'floating' THEN 'the tag can move'
      WHEN 'none' THEN 'no tag is given'
      ELSE 'the reference cannot be parsed'
    END AS message,
    row_number() OVER (PARTITION BY environment_id ORDER BY position) AS place
  FROM images WHERE role = 'run' AND pin NOT IN ('digest', 'version')
),
flagged AS (
  SELECT environment_id, count(*) AS total, min(text || ': ' || message) FILTER (WHERE place = 1) AS first,
    json_group_array(json_object('item', text, 'message', message, 'path', path, 'line', line))
      FILTER (WHERE place <= 20) AS items
  FROM offenders GROUP BY environment_id
),
named AS (SELECT environment_id, count(*) AS total FROM images WHERE role = 'run' GROUP BY environment_id)
SELECT
  r.subject_id,
  CASE WHEN n.total IS NULL THEN 'not-applicable' WHEN f.total > 0 THEN 'fail' ELSE 'pass' END AS outcome,
  CASE
    WHEN n.total IS NULL THEN 'no container image is recorded'
    WHEN f.total = 1 THEN f.first
    WHEN f.total > 1 THEN f.total || ' images have no fixed tag, the first: ' || f.first
    ELSE 'the image has a fixed tag or a digest'
  END AS message,
  CASE WHEN f.total > 0 THEN json_object('count', f.total, 'items', json(f.items)) END AS details
FROM runs r
LEFT JOIN named n ON n.environment_id = r.environment_id
LEFT JOIN flagged f ON f.environment_id = r.environment_id
