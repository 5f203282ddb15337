/*
id: unsafe-model-format
title: A model is kept in a format that runs code when it is loaded
subject: version
severity: note
rationale: >
  A pickle is a program: loading it runs whatever its writer, or whoever replaced the file, put into
  it. It also loads only under the library versions that wrote it.
remedy: >
  Save the weights as safetensors, ONNX or the library's own format without code
  (`model.save_model('model.ubj')`), or load it with `weights_only=True`. Where that is not possible,
  name the suffix in `accepted`, and load such files only after their digest was checked.
references:
  - https://docs.python.org/3/library/pickle.html
  - https://github.com/huggingface/safetensors
controls:
  eu-ai-act: [Article 15]
  nist-ai-rmf: [MANAGE 4.1]
  iso-42001: [A.6.2.8]
parameters:
  - name: formats
    type: list
    default: [pkl, pickle, joblib, dill, pt, pth, ckpt]
    meaning: suffixes of files that are pickles
  - name: accepted
    type: list
    default: []
    meaning: suffixes that the team accepts all the same
*/
WITH
lists AS (
  SELECT max(',' || lower(value) || ',') FILTER (WHERE name = 'formats') AS formats,
    max(',' || lower(value) || ',') FILTER (WHERE name = 'accepted') AS accepted
  FROM parameters WHERE rule = 'unsafe-model-format'
),
loaded AS MATERIALIZED (
  SELECT a.subject_id, a.path AS item, lower(replace(a.path, rtrim(a.path, replace(a.path, '.', '')), '')) AS suffix
  FROM versions v JOIN artifacts a ON a.subject_id = v.subject_id WHERE a.role = 'model'
),
offenders AS (
  SELECT *, row_number() OVER (PARTITION BY subject_id ORDER BY item) AS place
  FROM loaded
  WHERE instr((SELECT formats FROM lists), ',' || suffix || ',') > 0
    AND instr((SELECT accepted FROM lists), ',' || suffix || ',') = 0
),
flagged AS (
  SELECT subject_id, count(*) AS total, min(item) FILTER (WHERE place = 1) AS first,
    json_group_array(json_object(
      'item', item, 'message', 'loading a .' || suffix || ' file runs the code in it', 'path', item, 'line', NULL))
      FILTER (WHERE place <= 1000) AS items
  FROM offenders GROUP BY subject_id
)
SELECT
  v.subject_id,
  CASE
    WHEN f.total > 0 THEN 'fail'
    WHEN v.subject_id IN (SELECT subject_id FROM loaded) THEN 'pass'
    ELSE 'not-applicable'
  END AS outcome,
  CASE
    WHEN f.total = 1 THEN 'loading ' || f.first || ' runs the code in it'
    WHEN f.total > 1 THEN 'loading any of ' || f.total || ' model files runs the code in it'
    WHEN v.subject_id IN (SELECT subject_id FROM loaded) THEN ''
    ELSE 'the version holds no model file'
  END AS message,
  CASE WHEN f.total > 0 THEN json_object('count', f.total, 'items', json(f.items)) END AS details
FROM versions v
LEFT JOIN flagged f ON f.subject_id = v.subject_id
