/*
id: uncovered-file
title: No checksum covers a file of the version
subject: version
severity: warning
staged: error
rationale: >
  A configuration, a tokeniser or a threshold that no digest covers can be exchanged beside an
  untouched model, and changes what is served all the same.
remedy: >
  Cover the whole directory by its checksum.txt, the checksum itself apart.
remedy_command: |
  cd '{folder}' && sha256sum -- '{file}' >> checksum.txt
references:
  - https://www.gnu.org/software/coreutils/manual/html_node/sha2-utilities.html
controls:
  eu-ai-act: [Annex IV 1(a), Annex IV 6]
  nist-ai-rmf: [GOVERN 1.4]
  iso-42001: [A.6.2.3]
parameters:
  - name: roles
    type: list
    default: [config, metrics, features, transform, data, requirements, image, other]
    meaning: roles of the files that have to be covered; the model is what missing-checksum asks about
*/
WITH
roles AS MATERIALIZED (
  SELECT j.value AS role
  FROM parameters p, json_each('[' || replace(json_quote(p.value), ',', '","') || ']') j
  WHERE p.rule = 'uncovered-file' AND p.name = 'roles'
),
judged_files AS MATERIALIZED (
  SELECT a.subject_id, a.path AS item, f.exclusion,
    EXISTS (SELECT 1 FROM claims c WHERE c.file_id = a.file_id) AS covered
  FROM versions v
  JOIN artifacts a ON a.subject_id = v.subject_id
  JOIN files f ON f.file_id = a.file_id
  WHERE a.role IN (SELECT role FROM roles) AND f.state <> 'missing'
),
offenders AS (
  SELECT *, row_number() OVER (PARTITION BY subject_id, exclusion IS NULL ORDER BY item) AS place
  FROM judged_files WHERE NOT covered
),
flagged AS (
  SELECT subject_id, count(*) FILTER (WHERE exclusion IS NULL) AS failed,
    count(*) FILTER (WHERE exclusion IS NOT NULL) AS undecided,
    min(item) FILTER (WHERE exclusion IS NULL AND place = 1) AS first,
    min(exclusion) FILTER (WHERE exclusion IS NOT NULL AND place = 1) AS doubt,
    json_group_array(json_object('item', item, 'message', 'no digest is recorded', 'path', item, 'line', NULL))
      FILTER (WHERE exclusion IS NULL AND place <= 1000) AS flaws,
    json_group_array(json_object(
      'item', item, 'message', 'declared out of scope: ' || exclusion, 'path', item, 'line', NULL))
      FILTER (WHERE exclusion IS NOT NULL AND place <= 1000) AS doubts
  FROM offenders GROUP BY subject_id
)
SELECT
  v.subject_id,
  CASE
    WHEN f.failed > 0 THEN 'fail'
    WHEN f.undecided > 0 THEN 'unverified'
    WHEN v.subject_id IN (SELECT subject_id FROM judged_files) THEN 'pass'
    ELSE 'not-applicable'
  END AS outcome,
  CASE
    WHEN f.failed = 1 THEN 'no digest of ' || f.first || ' is recorded'
    WHEN f.failed > 1 THEN 'no digest of ' || f.failed || ' files is recorded, the first: ' || f.first
    WHEN f.undecided > 0 THEN 'declared out of scope: ' || f.doubt
    WHEN v.subject_id IN (SELECT subject_id FROM judged_files) THEN ''
    ELSE 'the version holds no file that has to be covered'
  END AS message,
  CASE
    WHEN f.failed > 0 THEN json_object('count', f.failed, 'items', json(f.flaws))
    WHEN f.undecided > 0 THEN json_object('count', f.undecided, 'items', json(f.doubts))
  END AS details
FROM versions v
LEFT JOIN flagged f ON f.subject_id = v.subject_id
