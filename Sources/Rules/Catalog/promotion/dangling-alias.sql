/*
id: dangling-alias
title: The alias does not point at a version
subject: alias
severity: error
rationale: >
  Whoever deploys by the alias gets nothing, an old copy, or an error at the worst moment.
remedy: >
  Point the alias at a version that exists, as a symbolic link or a one-line file: `ln -sfn 1.2.0 prod`.
remedy_command: |
  cd "$(dirname '{path}')" && ln -sfT "$(ls -d [0-9]* | sort -V | tail -n 1)" "$(basename '{path}')"  # the highest version; name another that is meant
references:
  - https://mlflow.org/docs/latest/ml/model-registry/workflow/
controls:
  eu-ai-act: [Annex IV 1(a), Annex IV 6]
  nist-ai-rmf: [GOVERN 1.4]
  iso-42001: [A.6.2.4]
parameters: []
*/
WITH
judged AS (
  SELECT subject_id, path, coalesce(nullif(target, ''), alias) AS item,
    CASE
      WHEN form = 'directory' THEN 'fail'
      WHEN version_id IS NOT NULL THEN 'pass'
      WHEN target IS NULL THEN 'unverified'
      ELSE 'fail'
    END AS outcome,
    CASE
      WHEN form = 'directory'
        THEN 'a copy turned the alias into a directory; make it a link or a one-line file again'
      WHEN version_id IS NOT NULL THEN 'points at ' || coalesce(target, 'a version')
      WHEN target IS NULL THEN 'where the alias points could not be read'
      WHEN target = '' THEN 'the alias does not name one version'
      ELSE 'points at ' || substr(target, 1, 200) || ', which does not exist'
    END AS message
  FROM aliases
)
SELECT
  subject_id, outcome, message,
  CASE WHEN outcome <> 'pass' THEN
    json_object('count', 1, 'items', json_array(json_object(
      'item', item, 'message', message, 'path', path, 'line', NULL)))
  END AS details
FROM judged
