/*
id: missing-model-card
title: A staged version has no model card or no licence
subject: version
severity: note
rationale: >
  Whoever serves or judges the model has to know what it is for, what it was measured on and what may
  be done with it; the people who knew leave.
remedy: >
  Put a MODEL_CARD.md (intended use, data, metrics, limits) and a LICENSE into the model's directory,
  or into the version's when they differ between versions.
references:
  - https://arxiv.org/abs/1810.03993
  - https://huggingface.co/docs/hub/model-cards
controls:
  eu-ai-act: [Annex IV 1, Article 13]
  nist-ai-rmf: [GOVERN 1.4]
  iso-42001: [A.6.2.7]
parameters: []
*/
WITH
staged AS (SELECT DISTINCT version_id AS subject_id FROM aliases WHERE version_id IS NOT NULL),
names AS (
  SELECT a.subject_id, lower(replace(a.path, rtrim(a.path, replace(a.path, '/', '')), '')) AS name
  FROM staged s JOIN artifacts a ON a.subject_id = s.subject_id
),
found AS MATERIALIZED (
  SELECT v.subject_id, d.kind FROM versions v JOIN model_documents d ON d.subject_id = v.model_id
  UNION
  SELECT subject_id, 'card' FROM names
  WHERE name LIKE 'readme%' OR name LIKE 'model\_card%' ESCAPE '\' OR name LIKE 'model-card%' OR name LIKE 'modelcard%'
  UNION
  SELECT subject_id, 'licence' FROM names WHERE name LIKE 'license%' OR name LIKE 'licence%' OR name LIKE 'copying%'
),
judged AS (
  SELECT v.subject_id, v.path, s.subject_id IS NOT NULL AS is_staged,
    EXISTS (SELECT 1 FROM found f WHERE f.subject_id = v.subject_id AND f.kind = 'card') AS card,
    EXISTS (SELECT 1 FROM found f WHERE f.subject_id = v.subject_id AND f.kind = 'licence') AS licence
  FROM versions v
  LEFT JOIN staged s ON s.subject_id = v.subject_id
)
SELECT
  subject_id,
  CASE WHEN NOT is_staged THEN 'not-applicable' WHEN card AND licence THEN 'pass' ELSE 'fail' END AS outcome,
  CASE
    WHEN NOT is_staged THEN 'no alias points at the version'
    WHEN card AND licence THEN ''
    WHEN card THEN 'there is no licence'
    WHEN licence THEN 'there is no model card'
    ELSE 'there is neither a model card nor a licence'
  END AS message,
  CASE WHEN is_staged AND NOT (card AND licence) THEN
    json_object('count', 2 - card - licence, 'items', CASE
      WHEN card THEN json_array(json_object('item', 'LICENSE', 'message', 'there is no licence', 'path', path, 'line', NULL))
      WHEN licence THEN json_array(json_object(
        'item', 'MODEL_CARD.md', 'message', 'there is no model card', 'path', path, 'line', NULL))
      ELSE json_array(
        json_object('item', 'LICENSE', 'message', 'there is no licence', 'path', path, 'line', NULL),
        json_object('item', 'MODEL_CARD.md', 'message', 'there is no model card', 'path', path, 'line', NULL))
    END)
  END AS details
FROM judged
