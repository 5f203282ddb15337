/*
id: retired-version-in-use
title: The alias points at a version that was retired
subject: alias
severity: error
rationale: >
  Somebody decided that this version must not be used any more, for its data, its faults or its age, and
  whoever deploys by the alias still gets it.
remedy: >
  Point the alias at a version that is in use. When the retirement was a mistake, append a record with
  the action `restore` to `promotions.jsonl`, or remove the mark from the version's folder.
references:
  - https://mlflow.org/docs/latest/ml/model-registry/workflow/
  - https://airc.nist.gov/airmf-resources/airmf/5-sec-core/
controls:
  eu-ai-act: [Annex IV 6, Article 20]
  nist-ai-rmf: [GOVERN 1.7, MANAGE 2.4]
  iso-42001: [A.6.2.6]
parameters:
  - {name: exempt, type: list, default: [archived, archive, retired, deprecated], meaning: aliases that may point at retired versions}
*/
WITH
retired AS (
  SELECT v.model_id, v.subject_id AS version_id, v.version, r.retired_at, r.reason, r.path, r.line,
    row_number() OVER (PARTITION BY v.subject_id ORDER BY r.path, r.line) AS place
  FROM retirements r JOIN versions v ON v.subject_id = r.subject_id
),
affected AS (SELECT DISTINCT model_id FROM retired),
judged AS (
  SELECT a.subject_id, a.alias, a.version_id, m.model_id AS affected, r.version, r.path, r.line,
    r.version || ' is retired' || coalesce(' since ' || substr(r.retired_at, 1, 10), '')
      || coalesce(': ' || substr(r.reason, 1, 200), '') AS message,
    instr(',' || lower(p.value) || ',', ',' || lower(a.alias) || ',') > 0 AS exempt
  FROM aliases a
  JOIN parameters p ON p.rule = 'retired-version-in-use' AND p.name = 'exempt'
  LEFT JOIN affected m ON m.model_id = a.model_id
  LEFT JOIN retired r ON r.version_id = a.version_id AND r.place = 1
)
SELECT
  subject_id,
  CASE
    WHEN version_id IS NULL OR affected IS NULL OR exempt THEN 'not-applicable'
    WHEN version IS NOT NULL THEN 'fail'
    ELSE 'pass'
  END AS outcome,
  CASE
    WHEN version_id IS NULL THEN 'the alias points at no version'
    WHEN affected IS NULL THEN 'no version of the model is retired'
    WHEN exempt THEN alias || ' may point at retired versions'
    WHEN version IS NOT NULL THEN message
    ELSE 'the version is not retired'
  END AS message,
  CASE WHEN version IS NOT NULL AND NOT exempt THEN
    json_object('count', 1, 'items', json_array(json_object('item', version, 'message', message, 'path', path, 'line', line)))
  END AS details
FROM judged
