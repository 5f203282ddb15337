/*
id: missing-artifact
title: An artifact is not where the record says
subject: [version, run]
severity: error
rationale: >
  A model, plot or feature file that is gone can be neither checked nor served, and what the record
  says of it is worth nothing.
remedy: >
  Restore the file from a backup, or correct its path when it was moved. Retire the version when the
  file was deleted on purpose.
references:
  - https://mlflow.org/docs/latest/ml/model-registry/
controls:
  eu-ai-act: [Annex IV 1(a), Article 18]
  nist-ai-rmf: [GOVERN 1.4]
  iso-42001: [A.6.2.3]
parameters: []
*/
WITH
gone AS MATERIALIZED (SELECT file_id, message FROM checks WHERE verdict = 'moved'), -- few, and then grouped
moved AS (SELECT file_id, min(message) AS message FROM gone GROUP BY file_id),
away AS MATERIALIZED ( -- files that were not simply found
  SELECT f.file_id, f.path, f.exclusion,
    CASE
      WHEN f.exclusion IS NOT NULL THEN 'unverified'
      WHEN f.state IN ('missing', 'outside') THEN 'fail'
      ELSE 'unverified'
    END AS outcome,
    CASE
      WHEN f.exclusion IS NOT NULL THEN 'declared out of scope: ' || f.exclusion
      WHEN m.file_id IS NOT NULL THEN 'moved' || coalesce(': ' || m.message, '')
      WHEN f.state = 'missing' THEN 'it is not there'
      WHEN f.state = 'outside' THEN 'it lies outside the store'
      WHEN f.state = 'unreachable' THEN coalesce(f.message, 'it lies at a URI that this scan does not reach')
      ELSE coalesce(f.message, 'it was not read')
    END AS message
  FROM unread_files f LEFT JOIN moved m ON m.file_id = f.file_id
  WHERE (f.exclusion IS NOT NULL OR f.state NOT IN ('changing', 'unstable'))
    AND f.file_id NOT IN (SELECT file_id FROM retired_files) -- deleted on purpose
),
remote_models AS ( -- the model of a version may lie where only its run says
  SELECT v.subject_id, min(w.path) FILTER (WHERE w.exclusion IS NULL) AS path, min(w.exclusion) AS exclusion
  FROM versions v
  JOIN artifacts a ON a.subject_id = v.run_subject_id AND a.role = 'model'
  JOIN away w ON w.file_id = a.file_id AND w.outcome = 'unverified'
  GROUP BY v.subject_id
),
offenders AS (
  SELECT a.subject_id, w.outcome, w.path AS item, w.message, coalesce(a.document, w.path) AS path, a.line, w.exclusion
  FROM away w CROSS JOIN artifacts a ON a.file_id = w.file_id -- from the few
  WHERE -- changed-config, missing-requirements and missing-run-log judge these
    NOT EXISTS (SELECT 1 FROM runs r WHERE r.subject_id = a.subject_id AND r.log_file_id = a.file_id)
    AND NOT EXISTS (SELECT 1 FROM configs c WHERE c.subject_id = a.subject_id AND c.file_id = a.file_id)
    AND NOT EXISTS (
      SELECT 1 FROM run_requirements_files s WHERE s.subject_id = a.subject_id AND s.file_id = a.file_id)
  UNION ALL
  SELECT v.subject_id, CASE WHEN m.subject_id IS NULL THEN 'fail' ELSE 'unverified' END, 'model',
    CASE
      WHEN m.subject_id IS NULL THEN 'no model file lies in the version'
      WHEN m.path IS NULL THEN 'declared out of scope: ' || m.exclusion
      ELSE 'it lies at ' || m.path || ', which was not read'
    END,
    v.path, NULL, CASE WHEN m.path IS NULL THEN m.exclusion END
  FROM versions v LEFT JOIN remote_models m ON m.subject_id = v.subject_id
  WHERE NOT EXISTS (SELECT 1 FROM artifacts a WHERE a.subject_id = v.subject_id AND a.role = 'model')
    AND v.subject_id NOT IN (SELECT subject_id FROM retirements)
),
ranked AS (
  SELECT *, row_number() OVER (
    PARTITION BY subject_id, outcome ORDER BY exclusion IS NOT NULL, item) AS place
  FROM offenders
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
  FROM ranked GROUP BY subject_id
),
population AS MATERIALIZED ( -- each answer is asked for several times
  SELECT subject_id, 1 AS judged FROM versions
  UNION ALL
  SELECT r.subject_id, EXISTS (
    SELECT 1 FROM artifacts a WHERE a.subject_id = r.subject_id AND a.role NOT IN ('log', 'config', 'requirements'))
  FROM runs r
),
judged AS (
  SELECT p.subject_id, p.judged, f.failed, f.undecided, f.first, f.flaw, f.doubt, f.flaws, f.doubts
  FROM population p LEFT JOIN flagged f ON f.subject_id = p.subject_id
)
SELECT
  subject_id,
  CASE
    WHEN failed > 0 THEN 'fail'
    WHEN undecided > 0 THEN 'unverified'
    WHEN judged THEN 'pass'
    ELSE 'not-applicable'
  END AS outcome,
  CASE
    WHEN failed > 0 THEN
      CASE failed WHEN 1 THEN first || ': ' || flaw ELSE failed || ' artifacts are not there' END
      || CASE WHEN undecided > 0 THEN ', and ' || undecided || ' could not be looked for' ELSE '' END
    WHEN undecided > 1 THEN doubt || ' (' || undecided || ' artifacts)'
    WHEN undecided = 1 THEN doubt
    WHEN judged THEN ''
    ELSE 'the run declares no artifact'
  END AS message,
  CASE
    WHEN failed > 0 THEN json_object('count', failed, 'items', json(flaws))
    WHEN undecided > 0 THEN json_object('count', undecided, 'items', json(doubts))
  END AS details
FROM judged
