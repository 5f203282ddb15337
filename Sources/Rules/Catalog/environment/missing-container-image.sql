/*
id: missing-container-image
title: The run names no container image
subject: run
severity: warning
rationale: >
  Pinned packages still stand on system libraries, compilers and drivers that nothing records; an
  image holds them all.
remedy: >
  Run in a container, and record the image by its digest as `environment.docker_image`; a Dockerfile
  beside the record that the run was built from serves as well. Turn the rule off where the team
  recreates environments in another way.
references:
  - https://docs.docker.com/build/building/best-practices/
  - https://github.com/opencontainers/image-spec/blob/main/descriptor.md
controls:
  eu-ai-act: [Annex IV 1(c), Annex IV 2(c)]
  nist-ai-rmf: [MEASURE 2.1]
  iso-42001: [A.4.2, A.4.4]
parameters: []
*/
WITH
contained AS (
  SELECT environment_id, min(text) AS image FROM images WHERE role IN ('run', 'base', 'service') GROUP BY environment_id
)
SELECT
  r.subject_id,
  CASE WHEN c.environment_id IS NULL THEN 'fail' ELSE 'pass' END AS outcome,
  CASE WHEN c.environment_id IS NULL THEN 'neither the record nor a file beside it names a container image' ELSE c.image END AS message,
  CASE WHEN c.environment_id IS NULL THEN
    json_object('count', 1, 'items', json_array(json_object(
      'item', 'environment.docker_image', 'message', 'no container image is recorded', 'path', r.path, 'line', r.line)))
  END AS details
FROM runs r
LEFT JOIN contained c ON c.environment_id = r.environment_id
