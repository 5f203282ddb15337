/*
id: floating-image-tag
title: A container image that the run uses has a tag that moves
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
  SELECT environment_id, text, path, line, pin = 'unresolved' AS undecided,
    CASE pin
      WHEN 'floating' THEN 'the tag can move'
      WHEN 'none' THEN 'no tag is given'
      WHEN 'unresolved' THEN reason
      ELSE 'the reference cannot be parsed'
    END AS message,
    row_number() OVER (PARTITION BY environment_id, pin = 'unresolved' ORDER BY position) AS place
  FROM images WHERE role IN ('run', 'service') AND pin NOT IN ('digest', 'version')
),
flagged AS (
  SELECT environment_id, undecided, count(*) AS total, min(text || ': ' || message) FILTER (WHERE place = 1) AS first,
    json_group_array(json_object('item', text, 'message', message, 'path', path, 'line', line))
      FILTER (WHERE place <= 1000) AS items
  FROM offenders GROUP BY environment_id, undecided
),
named AS (SELECT environment_id, count(*) AS total FROM images WHERE role IN ('run', 'service') GROUP BY environment_id)
SELECT
  r.subject_id,
  CASE
    WHEN n.total IS NULL THEN 'not-applicable'
    WHEN f.total > 0 THEN 'fail'
    WHEN u.total > 0 THEN 'unverified'
    ELSE 'pass'
  END AS outcome,
  CASE
    WHEN n.total IS NULL THEN 'no container image is recorded'
    WHEN coalesce(f.total, u.total) = 1 THEN coalesce(f.first, u.first)
    WHEN f.total > 1 THEN f.total || ' images have no fixed tag, the first: ' || f.first
    WHEN u.total > 1 THEN u.total || ' images cannot be told from the file, the first: ' || u.first
    ELSE 'every image has a fixed tag or a digest'
  END AS message,
  CASE
    WHEN f.total > 0 THEN json_object('count', f.total, 'items', json(f.items))
    WHEN u.total > 0 THEN json_object('count', u.total, 'items', json(u.items))
  END AS details
FROM runs r
LEFT JOIN named n ON n.environment_id = r.environment_id
LEFT JOIN flagged f ON f.environment_id = r.environment_id AND f.undecided = 0
LEFT JOIN flagged u ON u.environment_id = r.environment_id AND u.undecided = 1
