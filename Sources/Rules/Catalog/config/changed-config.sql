/*
id: changed-config
title: The configuration is not the one that the run recorded
subject: run
severity: error
rationale: >
  A configuration that was edited, moved or deleted after the run no longer says which settings made
  the model.
remedy: >
  Restore the file from history, or write the resolved configuration into a file of its own for each
  run and record its digest.
references:
  - https://hydra.cc/docs/tutorials/basic/running_your_app/working_directory/
controls:
  eu-ai-act: [Annex IV 2(b)]
  nist-ai-rmf: [MEASURE 2.1]
  iso-42001: [A.6.2.3]
parameters: []
*/
WITH
stated AS (
  SELECT file_id, document, line, claimed, found, verdict, message,
    CASE
      WHEN verdict = 'matched' THEN 1
      WHEN verdict IN ('mismatched', 'truncated', 'swapped', 'moved', 'missing', 'malformed-claim', 'edited',
        'corrupted', 'claim-altered') THEN 3
      ELSE 2
    END AS level
  FROM checks WHERE claim_id IS NOT NULL AND +file_id IN (SELECT file_id FROM configs WHERE file_id IS NOT NULL)
),
ranked AS MATERIALIZED (
  SELECT *, row_number() OVER (PARTITION BY file_id, document ORDER BY level DESC, claimed, line) AS place FROM stated
),
there AS (
  SELECT c.subject_id, f.path, f.state, f.exclusion, f.message,
    f.state = 'missing' AND f.file_id IN (SELECT file_id FROM retired_files) AS retired -- deleted on purpose
  FROM configs c JOIN files f ON f.file_id = c.file_id
),
judged AS (
  SELECT r.subject_id, r.path, coalesce(w.line, c.line) AS line, coalesce(f.path, c.declared, 'config') AS item,
    CASE
      WHEN c.file_id IS NULL THEN 'not-applicable'
      WHEN f.exclusion IS NOT NULL THEN 'unverified'
      WHEN f.retired THEN 'not-applicable'
      WHEN f.state = 'missing' OR w.level = 3 THEN 'fail'
      WHEN w.level IS NULL THEN 'not-applicable'
      WHEN w.level = 2 THEN 'unverified'
      ELSE 'pass'
    END AS outcome,
    CASE
      WHEN c.subject_id IS NULL THEN 'the record names no configuration'
      WHEN c.file_id IS NULL THEN 'the configuration stands in the record'
      WHEN f.exclusion IS NOT NULL THEN 'declared out of scope: ' || f.exclusion
      WHEN f.retired THEN 'the configuration went with the retired version'
      WHEN w.verdict = 'moved' THEN 'the configuration was moved' || coalesce(': ' || w.message, '')
      WHEN f.state = 'missing' OR w.verdict = 'missing' THEN 'the configuration that the record names is not there'
      WHEN w.level IS NULL THEN 'the record states no digest of its configuration'
      WHEN w.verdict = 'malformed-claim' THEN 'the record states no digest but `' || substr(w.claimed, 1, 80) || '`'
      WHEN w.level = 3 THEN 'found ' || coalesce(w.found, w.verdict) || ', the record states ' || w.claimed
      WHEN w.level = 2 THEN f.path || ' could not be checked: ' || coalesce(w.message, f.message, w.verdict)
      ELSE f.path || ' is the recorded file'
    END AS message
  FROM runs r
  LEFT JOIN configs c ON c.subject_id = r.subject_id
  LEFT JOIN there f ON f.subject_id = r.subject_id
  LEFT JOIN ranked w ON w.file_id = c.file_id AND w.document = r.path AND w.place = 1 -- the worst claim
)
SELECT
  subject_id, outcome, message,
  CASE WHEN outcome IN ('fail', 'unverified') THEN
    json_object('count', 1, 'items', json_array(json_object(
      'item', item, 'message', message, 'path', path, 'line', line)))
  END AS details
FROM judged
