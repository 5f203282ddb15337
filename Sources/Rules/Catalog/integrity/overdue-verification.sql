/*
id: overdue-verification
title: Files were not verified for too long
subject: store
severity: warning
rationale: >
  Disks rot and people tidy up: a digest that nobody has compared for months says nothing of the bytes
  that lie there today.
remedy: >
  Scan the whole store with re-hashing on a schedule that is shorter than `verify_within`, and keep
  the database with `--db`. Move or grant what cannot be read.
references:
  - https://www.loc.gov/preservation/digital/formats/
  - https://www.ndsa.org/publications/levels-of-digital-preservation/
controls:
  eu-ai-act: [Article 12]
  nist-ai-rmf: [MANAGE 4.1]
  iso-42001: [A.6.2.8]
parameters:
  - name: verify_within
    type: number
    default: 30
    meaning: days within which every file has to be verified again
*/
WITH
promise AS ( -- the last moment that is too long ago, written as the facts write moments
  SELECT strftime('%Y-%m-%dT%H:%M:%SZ', julianday(c.now) - CAST(p.value AS REAL)) AS moment
  FROM parameters p CROSS JOIN current c WHERE p.rule = 'overdue-verification' AND p.name = 'verify_within'
),
stale AS ( -- from the few: nearly every file was just read
  SELECT file_id FROM checks WHERE verified_at IS NULL OR verified_at < (SELECT moment FROM promise)
  UNION SELECT file_id FROM unread_files
),
late AS MATERIALIZED ( -- each file counts by the last time that its bytes were read
  SELECT f.store, f.path AS item, f.location, f.state, f.message AS reason,
    (SELECT max(k.verified_at) FROM checks k WHERE k.file_id = f.file_id) AS verified_at
  FROM stale t CROSS JOIN files f ON f.file_id = t.file_id
  WHERE f.exclusion IS NULL AND f.state <> 'missing' AND NOT EXISTS (
    SELECT 1 FROM checks k WHERE k.file_id = f.file_id AND k.verified_at >= (SELECT moment FROM promise))
),
judged_files AS (
  SELECT store, item, coalesce(verified_at, '') AS verified_at,
    CASE
      WHEN verified_at IS NOT NULL THEN 'fail'
      WHEN location = 'remote' OR state = 'not-read' THEN 'unverified'
      ELSE 'fail'
    END AS outcome,
    CASE
      WHEN verified_at IS NOT NULL THEN 'last verified ' || verified_at
      WHEN location = 'remote' THEN 'it is not reached by this scan'
      WHEN location = 'outside' THEN 'it lies outside the store, and was never verified'
      WHEN state = 'not-read' THEN 'it was not read in this scan'
      ELSE 'it was never verified' || coalesce(': ' || reason, '')
    END AS message
  FROM late
),
ranked AS (
  SELECT *, row_number() OVER (PARTITION BY store, outcome ORDER BY verified_at, item) AS place FROM judged_files
),
flagged AS (
  SELECT store, count(*) FILTER (WHERE outcome = 'fail') AS failed,
    count(*) FILTER (WHERE outcome = 'unverified') AS undecided,
    min(item || ': ' || message) FILTER (WHERE outcome = 'fail' AND place = 1) AS flaw,
    json_group_array(json_object('item', item, 'message', message, 'path', item, 'line', NULL))
      FILTER (WHERE outcome = 'fail' AND place <= 1000) AS flaws,
    json_group_array(json_object('item', item, 'message', message, 'path', item, 'line', NULL))
      FILTER (WHERE outcome = 'unverified' AND place <= 1000) AS doubts
  FROM ranked GROUP BY store
),
audited AS MATERIALIZED (
  SELECT subject_id, store, EXISTS (
    SELECT 1 FROM files f WHERE f.store = s.store AND f.exclusion IS NULL AND f.state <> 'missing') AS holds_files
  FROM stores s
)
SELECT
  s.subject_id,
  CASE
    WHEN f.failed > 0 THEN 'fail'
    WHEN f.undecided > 0 THEN 'unverified'
    WHEN s.holds_files THEN 'pass'
    ELSE 'not-applicable'
  END AS outcome,
  CASE
    WHEN f.failed = 1 THEN f.flaw
    WHEN f.failed > 1 THEN f.failed || ' of ' || (
      SELECT count(*) FROM files t WHERE t.store = s.store AND t.exclusion IS NULL AND t.state <> 'missing'
    ) || ' files are overdue, the oldest: ' || f.flaw
    WHEN f.undecided > 0 THEN f.undecided || ' files were not read'
    WHEN s.holds_files THEN ''
    ELSE 'records name no file'
  END AS message,
  CASE
    WHEN f.failed > 0 THEN json_object('count', f.failed, 'items', json(f.flaws))
    WHEN f.undecided > 0 THEN json_object('count', f.undecided, 'items', json(f.doubts))
  END AS details
FROM audited s
LEFT JOIN flagged f ON f.store = s.store
