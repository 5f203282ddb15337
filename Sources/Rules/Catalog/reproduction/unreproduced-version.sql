/*
id: unreproduced-version
title: Nobody has made the version again
subject: version
severity: note
rationale: >
  Commit, data, environment and seeds promise that a rerun gives the same model. Only a rerun proves it.
remedy: >
  Train the version again from what is recorded, compare, and append the result to `reproductions.jsonl`
  in the model's folder: version, digest, reproduced_digest or metrics, result, at.
references:
  - https://www.acm.org/publications/policies/artifact-review-and-badging-current
  - https://airc.nist.gov/airmf-resources/airmf/5-sec-core/
controls:
  eu-ai-act: [Annex IV 2(g), Article 15]
  nist-ai-rmf: [MEASURE 2.1, MEASURE 2.3]
  iso-42001: [A.6.2.4]
parameters:
  - {name: max_age, type: duration, default: 0, meaning: how old the last reproduction may be; 0 is without limit}
  - {name: staged_only, type: boolean, default: 1, meaning: whether only versions that an alias points at are asked for}
*/
WITH
settings AS (
  SELECT CAST(max(value) FILTER (WHERE name = 'max_age') AS INTEGER) AS max_age,
    max(value) FILTER (WHERE name = 'staged_only') = '1' AS staged_only
  FROM parameters WHERE rule = 'unreproduced-version'
),
staged AS (SELECT DISTINCT version_id FROM aliases WHERE version_id IS NOT NULL),
attempts AS ( -- one of another model says nothing of this one
  SELECT version_id, verdict, performed_at, digest_state, path, line, row_number() OVER (
    PARTITION BY version_id
    ORDER BY digest_state IN ('different', 'malformed'), performed_at IS NULL, performed_at DESC, reproduction_id DESC) AS place
  FROM reproductions WHERE version_id IS NOT NULL
),
judged AS (
  SELECT v.subject_id, v.version, coalesce(t.path, v.path) AS path, t.line,
    s.staged_only AND v.subject_id NOT IN (SELECT version_id FROM staged) AS unstaged,
    t.digest_state NOT IN ('different', 'malformed') AND t.verdict <> 'passed' AS tried,
    CASE
      WHEN t.version_id IS NULL THEN 'nobody has recorded that the version was made again'
      WHEN t.digest_state IN ('different', 'malformed') THEN 'the recorded reproduction is of another model'
      WHEN s.max_age = 0 THEN NULL
      WHEN t.performed_at IS NULL THEN 'the reproduction has no date, and may be at most ' || CASE WHEN s.max_age % 86400 = 0 THEN s.max_age / 86400 || ' days' ELSE printf('%.4g', s.max_age / 3600.0) || ' hours' END || ' old'
      WHEN t.performed_at > now THEN 'the reproduction is dated ' || t.performed_at || ', after this audit'
      WHEN unixepoch(now) - unixepoch(t.performed_at) > s.max_age THEN 'the version was last made again on '
        || substr(t.performed_at, 1, 10) || ', more than ' || CASE WHEN s.max_age % 86400 = 0 THEN s.max_age / 86400 || ' days' ELSE printf('%.4g', s.max_age / 3600.0) || ' hours' END || ' ago'
    END AS message
  FROM versions v JOIN settings s JOIN current
  LEFT JOIN attempts t ON t.version_id = v.subject_id AND t.place = 1
)
SELECT
  subject_id,
  CASE
    WHEN unstaged OR tried THEN 'not-applicable'
    WHEN message IS NOT NULL THEN 'fail'
    ELSE 'pass'
  END AS outcome,
  CASE
    WHEN unstaged THEN 'no alias points at the version'
    WHEN tried THEN 'the last attempt did not succeed, which failed-reproduction judges'
    ELSE coalesce(message, 'the version was made again')
  END AS message,
  CASE WHEN message IS NOT NULL AND NOT coalesce(unstaged OR tried, 0) THEN
    json_object('count', 1, 'items', json_array(json_object('item', version, 'message', message, 'path', path, 'line', line)))
  END AS details
FROM judged
