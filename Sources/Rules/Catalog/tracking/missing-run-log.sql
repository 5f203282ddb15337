/*
id: missing-run-log
title: The run has no log
subject: run
severity: warning
staged: error
rationale: >
  The log is the only witness of warnings, restarts and skipped data; without it a surprising metric
  cannot be explained later.
remedy: >
  Write the output of the run to a file that is kept with it, and record its path or URI as `log`.
references:
  - https://artificialintelligenceact.eu/article/12/
controls:
  eu-ai-act: [Article 12, Article 18, Article 19]
  nist-ai-rmf: [MANAGE 4.1]
  iso-42001: [A.6.2.8]
parameters: []
*/
WITH
judged AS (
  SELECT r.subject_id, r.path, coalesce(r.log_line, r.line) AS line, coalesce(r.log, 'log') AS item,
    CASE
      WHEN r.log IS NULL THEN CASE
        WHEN EXISTS (SELECT 1 FROM artifacts a WHERE a.subject_id = r.subject_id AND a.role = 'log') THEN 'pass'
        ELSE 'fail'
      END
      WHEN r.log_file_id IS NULL OR f.location = 'remote' THEN 'pass'
      WHEN f.exclusion IS NOT NULL THEN 'unverified'
      WHEN f.state = 'missing' AND f.file_id IN (SELECT file_id FROM retired_files) THEN 'not-applicable'
      WHEN f.state IN ('missing', 'outside') THEN 'fail'
      WHEN f.state IN ('unreadable', 'not-read') THEN 'unverified'
      ELSE 'pass'
    END AS outcome,
    CASE
      WHEN r.log IS NULL THEN 'the record names no log'
      WHEN r.log_file_id IS NULL OR f.location = 'remote' THEN r.log
      WHEN f.exclusion IS NOT NULL THEN 'declared out of scope: ' || f.exclusion
      WHEN f.state = 'missing' AND f.file_id IN (SELECT file_id FROM retired_files) THEN 'the log went with the retired version'
      WHEN f.state = 'missing' THEN 'the log ' || r.log || ' is not there'
      WHEN f.state = 'outside' THEN 'the log ' || r.log || ' lies outside the store'
      WHEN f.state IN ('unreadable', 'not-read') THEN 'the log could not be read' || coalesce(': ' || f.message, '')
      ELSE r.log
    END AS message
  FROM runs r
  LEFT JOIN files f ON f.file_id = r.log_file_id
)
SELECT
  subject_id, outcome, message,
  CASE WHEN outcome IN ('fail', 'unverified') THEN
    json_object('count', 1, 'items', json_array(json_object(
      'item', item, 'message', message, 'path', path, 'line', line)))
  END AS details
FROM judged
