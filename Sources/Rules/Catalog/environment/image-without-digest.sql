/*
id: image-without-digest
title: A container image is named by a version tag and not by its digest
subject: run
severity: note
rationale: >
  A full version tag is seldom moved, and yet it can be: registries rebuild `python:3.10.13-slim` with
  newer system libraries. Only the digest names the same bytes for ever.
remedy: >
  Name the image as NAME:TAG@sha256:…, with the digest that `docker buildx imagetools inspect NAME:TAG`
  prints.
references:
  - https://docs.docker.com/build/building/best-practices/#pin-base-image-versions
controls:
  eu-ai-act: [Annex IV 1(c), Annex IV 2(c)]
  nist-ai-rmf: [MEASURE 2.1]
  iso-42001: [A.4.2, A.4.4]
parameters: []
*/
WITH
offenders AS (
  SELECT environment_id, text, path, line, row_number() OVER (PARTITION BY environment_id ORDER BY position) AS place
  FROM images WHERE pin = 'version' AND role <> 'frontend'
),
flagged AS (
  SELECT environment_id, count(*) AS total, min(text) FILTER (WHERE place = 1) AS first,
    json_group_array(json_object(
      'item', text, 'message', 'the tag is a version, and could still be moved', 'path', path, 'line', line))
      FILTER (WHERE place <= 1000) AS items
  FROM offenders GROUP BY environment_id
),
named AS (SELECT DISTINCT environment_id FROM images WHERE pin IN ('digest', 'version') AND role <> 'frontend')
SELECT
  r.subject_id,
  CASE WHEN n.environment_id IS NULL THEN 'not-applicable' WHEN f.total > 0 THEN 'fail' ELSE 'pass' END AS outcome,
  CASE
    WHEN n.environment_id IS NULL THEN 'no image is named by a version tag or a digest'
    WHEN f.total = 1 THEN f.first || ' has no digest'
    WHEN f.total > 1 THEN f.total || ' images have no digest, the first: ' || f.first
    ELSE 'every image has a digest'
  END AS message,
  CASE WHEN f.total > 0 THEN json_object('count', f.total, 'items', json(f.items)) END AS details
FROM runs r
LEFT JOIN named n ON n.environment_id = r.environment_id
LEFT JOIN flagged f ON f.environment_id = r.environment_id
