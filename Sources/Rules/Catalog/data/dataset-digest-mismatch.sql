/*
id: dataset-digest-mismatch
title: The data is not what its manifest says
subject: dataset
severity: error
rationale: >
  Data that changed or vanished after the manifest was written is not the data that the model was
  trained on, and a rerun measures the change.
remedy: >
  Restore the snapshot from a backup. When the new data is meant, give it a new name and a new
  manifest, and leave the old snapshot as it was.
references:
  - https://www.gnu.org/software/coreutils/manual/html_node/sha2-utilities.html
controls:
  eu-ai-act: [Annex IV 2(d), Article 10]
  nist-ai-rmf: [MAP 4.1]
  iso-42001: [A.7.5, A.7.6]
parameters: []
*/
WITH
members AS MATERIALIZED (
  SELECT subject_id, file_id FROM dataset_files
  UNION SELECT subject_id, file_id FROM datasets WHERE file_id IS NOT NULL
),
published AS ( -- data that no version was trained on may be edited
  SELECT d.dataset_id FROM versions v JOIN run_datasets d ON d.subject_id = v.run_subject_id WHERE d.dataset_id IS NOT NULL
),
doubtful AS MATERIALIZED ( -- the unary + keeps the planner from taking these for a handful of rows
  SELECT file_id, claim_id IS NULL AND verdict = 'edited' AS worked_on, document, line, claimed, found, size, verdict, message,
    CASE
      WHEN verdict IN ('mismatched', 'truncated', 'swapped', 'moved', 'missing', 'malformed-claim', 'contradicted',
        'edited', 'corrupted', 'claim-altered') THEN 3
      ELSE 2
    END AS level
  FROM checks
  WHERE verdict NOT IN ('matched', 'unclaimed')
    -- Without a claim, what an earlier scan found is what it should be.
    AND (claim_id IS NOT NULL OR verdict IN ('edited', 'corrupted', 'unstable-read')) AND +file_id IN (SELECT file_id FROM members)
    AND (verdict NOT IN ('missing', 'moved') OR file_id NOT IN (SELECT file_id FROM retired_files)) -- deleted on purpose
  UNION ALL
  SELECT file_id, 0, NULL, NULL, NULL, NULL, NULL, 'missing', NULL, 3
  FROM files WHERE file_id IN (SELECT file_id FROM members) AND state = 'missing'
    AND file_id NOT IN (SELECT file_id FROM retired_files)
),
ranked AS (
  SELECT *, row_number() OVER (
    PARTITION BY file_id ORDER BY level DESC, document IS NULL, document, line, claimed) AS place
  FROM doubtful
),
flaws AS (
  SELECT w.file_id, w.worked_on, f.path AS item, f.exclusion, coalesce(w.document, f.path) AS document, w.line,
    CASE WHEN f.exclusion IS NULL AND w.level = 3 THEN 'fail' ELSE 'unverified' END AS outcome,
    CASE
      WHEN f.exclusion IS NOT NULL THEN 'declared out of scope: ' || f.exclusion
      WHEN w.verdict = 'moved' THEN 'the data was moved' || coalesce(': ' || w.message, '')
      WHEN w.verdict = 'missing' THEN 'the data is not there'
      WHEN w.verdict = 'contradicted' THEN w.message
      WHEN w.verdict = 'malformed-claim' THEN 'the record states no digest but `' || substr(w.claimed, 1, 80) || '`'
      WHEN w.verdict = 'truncated' THEN 'truncated' || coalesce(' to ' || w.size || ' bytes', '')
        || ': found ' || coalesce(w.found, 'another digest') || ', recorded ' || w.claimed
      WHEN w.verdict = 'swapped' THEN 'swapped with another file: found ' || coalesce(w.found, 'another digest')
        || ', recorded ' || w.claimed || coalesce(' (' || w.message || ')', '')
      WHEN w.verdict IN ('edited', 'corrupted') THEN w.verdict || ': found ' || coalesce(w.found, 'another digest')
        || CASE WHEN w.document IS NULL THEN '' ELSE ', recorded ' || w.claimed END || coalesce('; ' || w.message, '')
      WHEN w.verdict = 'claim-altered' THEN 'the record was altered: found ' || coalesce(w.found, 'another digest')
        || ', recorded ' || w.claimed || coalesce('; ' || w.message, '')
      WHEN w.level = 3 THEN 'found ' || coalesce(w.found, 'another digest') || ', recorded ' || w.claimed
      WHEN w.verdict = 'unknown-definition' THEN coalesce(w.message, 'what the digest was computed over is not known')
      WHEN w.verdict = 'changing' THEN 'the data changed while it was read'
      WHEN w.verdict = 'pointer' THEN 'a pointer stands in for the data'
      ELSE coalesce(w.message, f.message, 'the data was not read: ' || w.verdict)
    END AS message
  FROM ranked w JOIN files f ON f.file_id = w.file_id WHERE w.place = 1
),
offenders AS (
  SELECT m.subject_id, p.outcome, p.item, p.message, p.document AS path, p.line, p.exclusion,
    row_number() OVER (
      PARTITION BY m.subject_id, p.outcome ORDER BY p.exclusion IS NOT NULL, p.item) AS place
  FROM flaws p JOIN members m ON m.file_id = p.file_id
  WHERE NOT p.worked_on OR m.subject_id IN (SELECT dataset_id FROM published)
),
flagged AS (
  SELECT subject_id, count(*) FILTER (WHERE outcome = 'fail') AS failed,
    count(*) FILTER (WHERE outcome = 'unverified') AS undecided,
    min(message) FILTER (WHERE outcome = 'fail' AND place = 1) AS flaw,
    min(CASE WHEN exclusion IS NULL THEN item || ': ' ELSE '' END || message)
      FILTER (WHERE outcome = 'unverified' AND place = 1) AS doubt,
    json_group_array(json_object('item', item, 'message', message, 'path', path, 'line', line))
      FILTER (WHERE outcome = 'fail' AND place <= 1000) AS flaws,
    json_group_array(json_object('item', item, 'message', message, 'path', path, 'line', line))
      FILTER (WHERE outcome = 'unverified' AND place <= 1000) AS doubts
  FROM offenders GROUP BY subject_id
),
claimed AS (
  SELECT DISTINCT m.subject_id FROM members m
  WHERE m.file_id NOT IN (SELECT file_id FROM retired_files) AND EXISTS (SELECT 1 FROM checks k WHERE k.file_id = m.file_id AND k.claim_id IS NOT NULL)
),
placed AS (SELECT DISTINCT subject_id FROM members),
judged AS (
  SELECT d.subject_id, d.path, d.content_hash_line, d.content_hash IS NOT NULL AND p.subject_id IS NULL AS nowhere,
    c.subject_id IS NOT NULL AS claimed,
    d.subject_id IN (SELECT subject_id FROM members WHERE file_id IN (SELECT file_id FROM retired_files)) AS retired,
    f.failed, f.undecided, f.flaw, f.doubt, f.flaws, f.doubts
  FROM datasets d
  LEFT JOIN placed p ON p.subject_id = d.subject_id
  LEFT JOIN claimed c ON c.subject_id = d.subject_id
  LEFT JOIN flagged f ON f.subject_id = d.subject_id
)
SELECT
  subject_id,
  CASE
    WHEN failed > 0 THEN 'fail'
    WHEN undecided > 0 OR nowhere THEN 'unverified'
    WHEN claimed THEN 'pass'
    ELSE 'not-applicable'
  END AS outcome,
  CASE
    WHEN failed > 0 THEN
      CASE failed WHEN 1 THEN flaw ELSE failed || ' files are not what is recorded, the first: ' || flaw END
      || CASE WHEN undecided > 0 THEN ', and ' || undecided || ' could not be checked' ELSE '' END
    WHEN undecided > 1 THEN doubt || ' (' || undecided || ' files)'
    WHEN undecided = 1 THEN doubt
    WHEN nowhere THEN 'the manifest does not say where the data lies'
    WHEN claimed THEN 'the data is what is recorded'
    WHEN retired THEN 'the data went with the retired version'
    ELSE 'no digest of the data is recorded'
  END AS message,
  CASE
    WHEN failed > 0 THEN json_object('count', failed, 'items', json(flaws))
    WHEN undecided > 0 THEN json_object('count', undecided, 'items', json(doubts))
    WHEN nowhere THEN json_object('count', 1, 'items', json_array(json_object(
      'item', 'storage_uri', 'message', 'no location is recorded', 'path', path, 'line', content_hash_line)))
  END AS details
FROM judged
