/*
id: changed-requirements
title: The requirements file is not the one that the run recorded
subject: run
severity: error
rationale: >
  Requirements that were edited after the run describe another environment than the one that made the
  model.
remedy: >
  Restore the file from history, or keep a copy of it with each run and record the digest of that copy.
references:
  - https://pip.pypa.io/en/stable/topics/repeatable-installs/
controls:
  eu-ai-act: [Annex IV 1(c), Annex IV 2(c)]
  nist-ai-rmf: [MEASURE 2.1]
  iso-42001: [A.4.2, A.4.4]
parameters: []
*/
WITH
stated AS (
  SELECT file_id, document, line, claimed, found, verdict, message,
    CASE
      WHEN verdict = 'matched' THEN 1
      WHEN verdict IN ('mismatched', 'truncated', 'swapped', 'moved', 'malformed-claim', 'edited', 'corrupted',
        'claim-altered') THEN 3
      ELSE 2
    END AS level
  FROM checks
  WHERE claim_id IS NOT NULL AND +file_id IN (SELECT file_id FROM run_requirements_files WHERE file_id IS NOT NULL)
),
worst AS MATERIALIZED ( -- nearly every claim matches, and only the others need ranks
  SELECT *, row_number() OVER (PARTITION BY file_id, document ORDER BY level DESC, claimed, line) AS place
  FROM stated WHERE level > 1
),
matched AS (SELECT file_id, document FROM stated WHERE level = 1),
judged AS (
  SELECT r.subject_id, r.path, coalesce(w.line, s.line) AS line, coalesce(s.path, s.declared, 'requirements') AS item,
    CASE
      WHEN f.exclusion IS NOT NULL AND (w.level IS NOT NULL OR (s.file_id, r.path) IN matched OR s.digest IS NOT NULL)
        THEN 'unverified'
      WHEN w.level = 3 THEN 'fail'
      WHEN w.level = 2 THEN 'unverified'
      WHEN (s.file_id, r.path) IN matched THEN 'pass'
      WHEN s.digest IS NULL THEN 'not-applicable'
      ELSE 'unverified'
    END AS outcome,
    CASE
      WHEN w.level IS NULL AND s.digest IS NULL THEN 'the record states no digest of its requirements'
      WHEN s.file_id IS NULL THEN 'the requirements file whose digest the record states is not at hand'
      WHEN f.exclusion IS NOT NULL THEN 'declared out of scope: ' || f.exclusion
      WHEN w.level IS NULL THEN s.path || ' was not checked' || coalesce(': ' || f.message, '')
      WHEN w.verdict = 'malformed-claim' THEN 'the record states no digest but `' || substr(w.claimed, 1, 80) || '`'
      WHEN w.level = 3 THEN 'found ' || coalesce(w.found, w.verdict) || ', the record states ' || w.claimed
      WHEN w.verdict = 'missing' THEN s.path || ' is not there'
      WHEN w.level = 2 THEN s.path || ' could not be checked: ' || coalesce(w.message, f.message, w.verdict)
      ELSE s.path || ' is the recorded file'
    END AS message
  FROM runs r
  LEFT JOIN run_requirements_files s ON s.subject_id = r.subject_id
  LEFT JOIN files f ON f.file_id = s.file_id
  LEFT JOIN worst w ON w.file_id = s.file_id AND w.document = r.path AND w.place = 1
)
SELECT
  subject_id, outcome, message,
  CASE WHEN outcome IN ('fail', 'unverified') THEN
    json_object('count', 1, 'items', json_array(json_object(
      'item', item, 'message', message, 'path', path, 'line', line)))
  END AS details
FROM judged
