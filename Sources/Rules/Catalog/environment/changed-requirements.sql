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
stated AS NOT MATERIALIZED ( -- a table of all claims would cost more than what is asked of it
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
read_files AS MATERIALIZED (SELECT DISTINCT file_id FROM stated WHERE level = 1),
judged AS (
  SELECT r.subject_id, r.path, coalesce(w.line, s.line) AS line, s.file_id, s.declared, s.digest, f.exclusion,
    w.level, w.verdict, w.claimed, w.found, w.message AS reason,
    CASE
      WHEN f.state = 'missing' AND s.file_id IN (SELECT file_id FROM retired_files) THEN 'not-applicable'
      WHEN f.exclusion IS NOT NULL AND (w.level IS NOT NULL OR s.digest IS NOT NULL OR (s.file_id, r.path) IN matched)
        THEN 'unverified'
      WHEN w.level = 3 THEN 'fail'
      WHEN w.level = 2 THEN 'unverified'
      -- Of a file that was read, a digest that is none of the others is the right one; who states none there may elsewhere.
      WHEN s.digest IS NOT NULL AND s.file_id IN (SELECT file_id FROM read_files) THEN 'pass'
      WHEN s.digest IS NULL AND (s.file_id, r.path) IN matched THEN 'pass'
      WHEN s.digest IS NULL THEN 'not-applicable'
      ELSE 'unverified'
    END AS outcome
  FROM runs r
  LEFT JOIN run_requirements_files s ON s.subject_id = r.subject_id
  LEFT JOIN files f ON f.file_id = s.file_id
  LEFT JOIN worst w ON w.file_id = s.file_id AND w.document = r.path AND w.place = 1
  LIMIT -1 OFFSET 0 -- so that SQLite asks once a row and not once a use
),
worded AS (
  SELECT j.subject_id, j.path, j.line, j.outcome, coalesce(f.path, j.declared, 'requirements') AS item,
    CASE
      WHEN f.state = 'missing' AND j.outcome = 'not-applicable' THEN 'the requirements went with the retired version'
      WHEN j.level IS NULL AND j.digest IS NULL THEN 'the record states no digest of its requirements'
      WHEN j.file_id IS NULL THEN 'the requirements file whose digest the record states is not at hand'
      WHEN j.exclusion IS NOT NULL THEN 'declared out of scope: ' || j.exclusion
      WHEN j.level IS NULL THEN f.path || ' was not checked' || coalesce(': ' || f.message, '')
      WHEN j.verdict = 'malformed-claim' THEN 'the record states no digest but `' || substr(j.claimed, 1, 80) || '`'
      WHEN j.level = 3 THEN 'found ' || coalesce(j.found, j.verdict) || ', the record states ' || j.claimed
      WHEN j.verdict = 'missing' THEN f.path || ' is not there'
      ELSE f.path || ' could not be checked: ' || coalesce(j.reason, f.message, j.verdict)
    END AS message
  FROM judged j LEFT JOIN files f ON f.file_id = j.file_id
)
SELECT
  subject_id, outcome, CASE outcome WHEN 'pass' THEN '' ELSE message END AS message,
  CASE WHEN outcome IN ('fail', 'unverified') THEN
    json_object('count', 1, 'items', json_array(json_object(
      'item', item, 'message', message, 'path', path, 'line', line)))
  END AS details
FROM worded
