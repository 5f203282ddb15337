/*
id: missing-checksum
title: An artifact has no checksum
subject: [version, run]
severity: error
rationale: >
  Without a recorded digest nobody can tell whether the file is still the one that was trained, tested
  and released.
remedy: >
  Write a checksum.txt beside the model with `sha256sum model.pkl > checksum.txt`, or record `sha256`
  with each artifact of the run.
remedy_command: |
  cd '{folder}' && sha256sum -- '{file}' >> checksum.txt
references:
  - https://www.gnu.org/software/coreutils/manual/html_node/sha2-utilities.html
controls:
  eu-ai-act: [Annex IV 1(a), Article 15]
  nist-ai-rmf: [GOVERN 1.4]
  iso-42001: [A.6.2.3]
parameters:
  - name: roles
    type: list
    default: [model, features, transform, metrics, plot, other]
    meaning: roles of the artifacts that a run has to give a digest for; of a version it is always the model
*/
WITH
roles AS MATERIALIZED (
  SELECT j.value AS role
  FROM parameters p, json_each('[' || replace(json_quote(p.value), ',', '","') || ']') j
  WHERE p.rule = 'missing-checksum' AND p.name = 'roles'
),
unclaimed AS MATERIALIZED (
  SELECT DISTINCT k.file_id, f.exclusion
  FROM checks k CROSS JOIN files f ON f.file_id = k.file_id WHERE k.claim_id IS NULL -- nearly every check has a claim
),
offenders AS (
  SELECT q.subject_id, q.path AS item, coalesce(q.document, q.path) AS path, q.line,
    CASE WHEN u.exclusion IS NULL THEN 'fail' ELSE 'unverified' END AS outcome,
    coalesce('declared out of scope: ' || u.exclusion, 'no digest is recorded') AS message
  FROM unclaimed u CROSS JOIN artifacts q ON q.file_id = u.file_id -- from the few
  WHERE CASE
      WHEN q.subject_id IN (SELECT subject_id FROM versions) THEN q.role = 'model'
      ELSE q.declared IS NOT NULL AND q.role IN (SELECT role FROM roles)
    END
),
ranked AS (
  SELECT *, row_number() OVER (PARTITION BY subject_id, outcome ORDER BY item) AS place FROM offenders
),
flagged AS (
  SELECT subject_id, count(*) FILTER (WHERE outcome = 'fail') AS failed,
    count(*) FILTER (WHERE outcome = 'unverified') AS undecided,
    min(item) FILTER (WHERE outcome = 'fail' AND place = 1) AS first,
    min(message) FILTER (WHERE outcome = 'unverified' AND place = 1) AS doubt,
    json_group_array(json_object('item', item, 'message', message, 'path', path, 'line', line))
      FILTER (WHERE outcome = 'fail' AND place <= 1000) AS flaws,
    json_group_array(json_object('item', item, 'message', message, 'path', path, 'line', line))
      FILTER (WHERE outcome = 'unverified' AND place <= 1000) AS doubts
  FROM ranked GROUP BY subject_id
),
population AS MATERIALIZED ( -- each answer is asked for several times
  SELECT v.subject_id, 'the version holds no model file' AS absence,
    EXISTS (SELECT 1 FROM artifacts a WHERE a.subject_id = v.subject_id AND a.role = 'model') AS concerned
  FROM versions v
  UNION ALL
  SELECT r.subject_id, 'the run declares no artifact that needs a checksum',
    EXISTS (
      SELECT 1 FROM artifacts a WHERE a.subject_id = r.subject_id AND a.declared IS NOT NULL
        AND a.role IN (SELECT role FROM roles))
  FROM runs r
),
judged AS (
  SELECT p.subject_id, p.absence, p.concerned, f.failed, f.undecided, f.first, f.doubt, f.flaws, f.doubts
  FROM population p
  LEFT JOIN flagged f ON f.subject_id = p.subject_id
)
SELECT
  subject_id,
  CASE
    WHEN failed > 0 THEN 'fail'
    WHEN undecided > 0 THEN 'unverified'
    WHEN concerned THEN 'pass'
    ELSE 'not-applicable'
  END AS outcome,
  CASE
    WHEN failed = 1 THEN first || ' has no checksum'
    WHEN failed > 1 THEN failed || ' artifacts have no checksum'
    WHEN undecided > 1 THEN doubt || ' (' || undecided || ' artifacts)'
    WHEN undecided = 1 THEN doubt
    WHEN concerned THEN ''
    ELSE absence
  END AS message,
  CASE
    WHEN failed > 0 THEN json_object('count', failed, 'items', json(flaws))
    WHEN undecided > 0 THEN json_object('count', undecided, 'items', json(doubts))
  END AS details
FROM judged
