/*
id: artifact-digest-mismatch
title: An artifact is not the file that was recorded
subject: [version, run]
severity: error
rationale: >
  The bytes have changed since their digest was recorded, or since an earlier scan where no digest is: the
  file was replaced, edited, cut short or damaged, and what was tested is not what is served.
remedy: >
  Restore the recorded file from a backup. Publish a changed model as a new version, and never write
  over a published one.
references:
  - https://slsa.dev/spec/v1.0/verifying-artifacts
controls:
  eu-ai-act: [Annex IV 1(a), Article 15]
  nist-ai-rmf: [GOVERN 1.4]
  iso-42001: [A.6.2.3]
parameters: []
*/
WITH
data AS ( -- dataset-digest-mismatch judges these
  SELECT file_id FROM dataset_files UNION SELECT file_id FROM datasets WHERE file_id IS NOT NULL
),
own AS ( -- changed-config and changed-requirements judge what a run claims of these
  SELECT c.file_id, r.path AS document FROM configs c JOIN runs r ON r.subject_id = c.subject_id
  WHERE c.file_id IS NOT NULL
  UNION SELECT s.file_id, r.path FROM run_requirements_files s JOIN runs r ON r.subject_id = s.subject_id
  WHERE s.file_id IS NOT NULL
),
shared AS MATERIALIZED (
  SELECT file_id FROM configs WHERE file_id IS NOT NULL
  UNION SELECT file_id FROM run_requirements_files WHERE file_id IS NOT NULL
),
claimed AS NOT MATERIALIZED ( -- missing-artifact judges what is missing or moved
  SELECT file_id, document FROM checks
  WHERE claim_id IS NOT NULL AND verdict NOT IN ('missing', 'moved') AND file_id NOT IN (SELECT file_id FROM data)
),
covered_by_shared AS ( -- by a claim on a shared file that is not own
  SELECT DISTINCT subject_id FROM artifacts
  WHERE file_id IN (
    SELECT file_id FROM claimed
    WHERE +file_id IN (SELECT file_id FROM shared)
      AND CASE WHEN (file_id, document) IN own THEN 0 ELSE 1 END) -- NOT IN would scan for each pair
),
published AS ( -- work that nobody published may be edited
  SELECT subject_id FROM versions UNION SELECT run_subject_id FROM versions WHERE run_subject_id IS NOT NULL
),
excluded AS (SELECT file_id, exclusion FROM files WHERE exclusion IS NOT NULL),
doubtful AS MATERIALIZED ( -- scanned once and in no order: nearly every check matched
  SELECT k.file_id, k.claim_id IS NULL AND k.verdict = 'edited' AS worked_on, k.path, k.claimed, k.found, k.size, k.verdict, k.document, k.line, k.message, k.claim_id, x.exclusion,
    CASE
      WHEN x.exclusion IS NULL AND k.verdict IN ('mismatched', 'truncated', 'swapped', 'malformed-claim', 'contradicted',
        'edited', 'corrupted', 'claim-altered') THEN 'fail'
      ELSE 'unverified'
    END AS outcome
  FROM checks k LEFT JOIN excluded x ON x.file_id = k.file_id
  WHERE k.verdict NOT IN ('matched', 'missing', 'moved', 'unclaimed')
    -- Without a claim, what an earlier scan found is what it should be.
    AND (k.claim_id IS NOT NULL OR k.verdict IN ('corrupted', 'unstable-read')
      OR k.verdict = 'edited' AND k.file_id IN (SELECT file_id FROM file_changes WHERE published))
    AND k.file_id NOT IN (SELECT file_id FROM data)
    AND CASE WHEN (k.file_id, k.document) IN own THEN 0 ELSE 1 END
),
worst AS ( -- one row per file, whatever the number of claims
  SELECT *, row_number() OVER (PARTITION BY file_id ORDER BY outcome, document, line, claimed) AS place FROM doubtful
),
flaws AS (
  SELECT file_id, worked_on, path, exclusion, outcome, document, line,
    CASE
      WHEN exclusion IS NOT NULL THEN 'declared out of scope: ' || exclusion
      WHEN verdict IN ('edited', 'corrupted') THEN verdict || ': found ' || coalesce(found, 'another digest')
        || CASE WHEN claim_id IS NULL THEN '' ELSE ', recorded ' || claimed END || coalesce('; ' || message, '')
      WHEN verdict = 'claim-altered' THEN 'the record was altered: found ' || coalesce(found, 'another digest')
        || ', recorded ' || claimed || coalesce('; ' || message, '')
      WHEN verdict = 'contradicted' THEN message
      WHEN verdict = 'malformed-claim' THEN 'the record states no digest but `' || substr(claimed, 1, 80) || '`'
      WHEN verdict = 'truncated' THEN 'truncated' || coalesce(' to ' || size || ' bytes', '')
        || ': found ' || coalesce(found, 'another digest') || ', recorded ' || claimed
      WHEN verdict = 'swapped' THEN 'swapped with another file: found ' || coalesce(found, 'another digest')
        || ', recorded ' || claimed || coalesce(' (' || message || ')', '')
      WHEN outcome = 'fail' THEN 'found ' || coalesce(found, 'another digest') || ', recorded ' || claimed
      WHEN verdict = 'unknown-definition' THEN coalesce(message, 'what the digest was computed over is not known')
      WHEN verdict = 'changing' THEN 'it changed while it was read'
      WHEN verdict = 'unreachable' THEN coalesce(message, 'it lies at a URI that this scan does not reach')
      WHEN verdict = 'pointer' THEN 'a pointer stands in for the file'
      ELSE coalesce(message, 'it was not read: ' || verdict)
    END AS message
  FROM worst WHERE place = 1
),
offenders AS (
  SELECT a.subject_id, w.outcome, w.path AS item, w.message, coalesce(w.document, w.path) AS path, w.line, w.exclusion,
    row_number() OVER (
      PARTITION BY a.subject_id, w.outcome ORDER BY w.exclusion IS NOT NULL, w.path) AS place
  FROM flaws w JOIN artifacts a ON a.file_id = w.file_id
  WHERE NOT w.worked_on OR a.subject_id IN (SELECT subject_id FROM published)
),
flagged AS (
  SELECT subject_id, count(*) FILTER (WHERE outcome = 'fail') AS failed,
    count(*) FILTER (WHERE outcome = 'unverified') AS undecided,
    min(item) FILTER (WHERE outcome = 'fail' AND place = 1) AS first,
    min(message) FILTER (WHERE outcome = 'fail' AND place = 1) AS flaw,
    min(CASE WHEN exclusion IS NULL THEN item || ': ' ELSE '' END || message)
      FILTER (WHERE outcome = 'unverified' AND place = 1) AS doubt,
    json_group_array(json_object('item', item, 'message', message, 'path', path, 'line', line))
      FILTER (WHERE outcome = 'fail' AND place <= 1000) AS flaws,
    json_group_array(json_object('item', item, 'message', message, 'path', path, 'line', line))
      FILTER (WHERE outcome = 'unverified' AND place <= 1000) AS doubts
  FROM offenders GROUP BY subject_id
),
population AS MATERIALIZED ( -- each answer is asked for several times
  SELECT s.subject_id,
    CASE -- most subjects have files of their own, and for them the second question is not asked
      WHEN EXISTS (
        SELECT 1 FROM artifacts a JOIN claimed c ON c.file_id = a.file_id
        WHERE a.subject_id = s.subject_id AND a.file_id NOT IN (SELECT file_id FROM shared)
      ) THEN 1
      ELSE s.subject_id IN (SELECT subject_id FROM covered_by_shared)
    END AS covered
  FROM (SELECT subject_id FROM versions UNION ALL SELECT subject_id FROM runs) s
),
judged AS (
  SELECT p.subject_id, p.covered, f.failed, f.undecided, f.first, f.flaw, f.doubt, f.flaws, f.doubts
  FROM population p
  LEFT JOIN flagged f ON f.subject_id = p.subject_id
)
SELECT
  subject_id,
  CASE
    WHEN failed > 0 THEN 'fail'
    WHEN undecided > 0 THEN 'unverified'
    WHEN covered THEN 'pass'
    ELSE 'not-applicable'
  END AS outcome,
  CASE
    WHEN failed > 0 THEN
      CASE failed WHEN 1 THEN first || ': ' || flaw ELSE failed || ' artifacts are not the recorded files' END
      || CASE WHEN undecided > 0 THEN ', and ' || undecided || ' could not be checked' ELSE '' END
    WHEN undecided > 1 THEN doubt || ' (' || undecided || ' artifacts)'
    WHEN undecided = 1 THEN doubt
    WHEN covered THEN ''
    ELSE 'no artifact that is there has a digest'
  END AS message,
  CASE
    WHEN failed > 0 THEN json_object('count', failed, 'items', json(flaws))
    WHEN undecided > 0 THEN json_object('count', undecided, 'items', json(doubts))
  END AS details
FROM judged
