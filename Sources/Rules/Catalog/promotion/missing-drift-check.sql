/*
id: missing-drift-check
title: Nobody has checked that the data is still what the model was trained on
subject: alias
severity: error
rationale: >
  A model is as good as its metrics say only while the data looks like the data it was trained on. The
  policy asks that this be checked; the check is missing, too old, found drift, or compared with
  something else than the training data.
remedy: >
  Compare current data with the training data of this version, and append the result to
  `validations.jsonl`: kind drift, version, digest, statistic, value, limit, reference and current
  dataset with their digests, at. When the data has drifted, train again.
references:
  - https://airc.nist.gov/airmf-resources/airmf/5-sec-core/
  - https://artificialintelligenceact.eu/annex/4/
controls:
  eu-ai-act: [Annex IV 3, Article 72]
  nist-ai-rmf: [MEASURE 2.4, MANAGE 4.1]
  iso-42001: [A.6.2.6, A.7.4]
parameters: []
*/
WITH
asked AS (
  SELECT a.subject_id, a.alias, a.version_id, v.version, v.run_subject_id, m.path AS folder, s.drift_max_age AS max_age,
    s.drift_statistic AS statistic, s.drift_limit AS most
  FROM aliases a
  JOIN stages s ON s.stage = a.alias AND s.drift_required = 1
  JOIN versions v ON v.subject_id = a.version_id
  JOIN models m ON m.subject_id = a.model_id
),
used AS ( -- the datasets that the version was made from
  SELECT DISTINCT q.version_id, u.dataset_id, coalesce(d.dataset, u.declared) AS name, d.file_id, lower(u.digest) AS manifest,
    lower(d.content_hash) AS content
  FROM asked q JOIN run_datasets u ON u.subject_id = q.run_subject_id LEFT JOIN datasets d ON d.subject_id = u.dataset_id
),
known AS (
  SELECT u.version_id, c.algorithm || ':' || c.digest AS digest FROM used u JOIN claims c ON c.file_id = u.file_id
  WHERE c.digest IS NOT NULL
  UNION SELECT u.version_id, 'sha256:' || f.sha256 FROM used u JOIN files f ON f.file_id = u.file_id WHERE f.sha256 IS NOT NULL
  UNION SELECT version_id, CASE WHEN instr(manifest, ':') THEN manifest ELSE 'sha256:' || manifest END
  FROM used WHERE manifest IS NOT NULL
  UNION SELECT version_id, CASE WHEN instr(content, ':') THEN content ELSE 'sha256:' || content END
  FROM used WHERE content IS NOT NULL
),
candidates AS (
  SELECT q.subject_id, c.*,
    CASE
      WHEN c.digest_state IN ('different', 'malformed') THEN 'the drift check was made of another model than ' || q.version
      WHEN q.statistic IS NOT NULL AND c.statistic IS NOT q.statistic COLLATE NOCASE
        THEN 'the drift check used ' || coalesce(substr(c.statistic, 1, 80), 'no statistic that it names') || ', not ' || q.statistic
    END AS void
  FROM asked q JOIN validations c ON c.version_id = q.version_id
  WHERE c.kind = 'drift' OR (c.kind IS NULL AND c.name LIKE '%drift%')
),
ranked AS (
  SELECT *, row_number() OVER (
    PARTITION BY subject_id ORDER BY void IS NOT NULL, performed_at IS NULL, performed_at DESC, validation_id DESC) AS place
  FROM candidates
),
checked AS (
  SELECT q.subject_id, q.version_id, q.version, q.alias, q.max_age, q.statistic AS required_statistic, q.most,
    coalesce(q.most, c.threshold) AS most_effective, c.validation_id, c.void, c.passed, c.result, c.value, c.performed_at,
    c.digest_state, coalesce(c.statistic, 'the drift') AS statistic,
    coalesce(c.path, ltrim(q.folder || '/validations.jsonl', '/')) AS path, c.line
  FROM asked q LEFT JOIN ranked c ON c.subject_id = q.subject_id AND c.place = 1
),
flaws AS (
  SELECT subject_id, 'fail' AS outcome, 'drift check' AS item,
    coalesce(void, 'no drift check of ' || version || ' is recorded') AS message, path, line
  FROM checked WHERE validation_id IS NULL OR void IS NOT NULL
  UNION ALL SELECT subject_id, 'fail', 'result',
    CASE
      WHEN value > most_effective THEN statistic || ' is ' || printf('%.6g', value) || ', above the limit ' || printf('%.6g', most_effective)
      WHEN passed = 0 THEN 'the drift check failed: the record says ' || substr(result, 1, 80)
      WHEN most IS NOT NULL THEN 'the drift check states no value to hold against the limit ' || printf('%.6g', most)
      ELSE 'the drift check does not say its result'
    END, path, line
  FROM checked WHERE validation_id IS NOT NULL AND void IS NULL AND (
    value > most_effective OR passed = 0 OR (most IS NOT NULL AND value IS NULL)
    OR (passed IS NULL AND (value IS NULL OR most_effective IS NULL)))
  UNION ALL SELECT subject_id, 'fail', 'age',
    CASE
      WHEN performed_at IS NULL THEN 'the drift check has no date, and may be at most ' || CASE WHEN max_age % 86400 = 0 THEN max_age / 86400 || ' days' ELSE printf('%.4g', max_age / 3600.0) || ' hours' END || ' old'
      WHEN performed_at > now THEN 'the drift check is dated ' || performed_at || ', after this audit'
      ELSE 'the drift check was made on ' || substr(performed_at, 1, 10) || ', more than ' || CASE WHEN max_age % 86400 = 0 THEN max_age / 86400 || ' days' ELSE printf('%.4g', max_age / 3600.0) || ' hours' END || ' ago'
    END, path, line
  FROM checked JOIN current WHERE validation_id IS NOT NULL AND void IS NULL AND max_age IS NOT NULL
    AND (performed_at IS NULL OR performed_at > now OR unixepoch(now) - unixepoch(performed_at) > max_age)
  UNION ALL SELECT k.subject_id, 'fail', d.role || ' dataset', 'the drift check does not name its ' || d.role || ' dataset', k.path, k.line
  FROM checked k JOIN (SELECT 'reference' AS role UNION ALL SELECT 'current') d
  WHERE k.validation_id IS NOT NULL AND k.void IS NULL
    AND NOT EXISTS (SELECT 1 FROM validation_datasets s WHERE s.validation_id = k.validation_id AND s.role = d.role)
  UNION ALL SELECT k.subject_id,
    CASE WHEN EXISTS (SELECT 1 FROM used u WHERE u.version_id = k.version_id) THEN 'fail' ELSE 'unverified' END,
    'reference dataset',
    CASE WHEN EXISTS (SELECT 1 FROM used u WHERE u.version_id = k.version_id)
      THEN 'the drift check compares with ' || substr(coalesce(s.name, s.digest_text), 1, 80) || ', which ' || k.version || ' was not made from'
      ELSE 'no dataset of ' || k.version || ' is recorded that the reference could be held against'
    END, k.path, k.line
  FROM checked k JOIN validation_datasets s ON s.validation_id = k.validation_id AND s.role = 'reference'
  WHERE k.void IS NULL AND NOT (
    CASE WHEN s.digest_text IS NULL
      THEN EXISTS (SELECT 1 FROM used u WHERE u.version_id = k.version_id AND u.name = s.name COLLATE NOCASE)
      ELSE EXISTS (SELECT 1 FROM known n WHERE n.version_id = k.version_id AND n.digest = s.digest)
    END)
  UNION ALL SELECT k.subject_id, 'fail', 'current dataset', 'the drift check compares the reference with itself', k.path, k.line
  FROM checked k WHERE k.void IS NULL AND EXISTS (
    SELECT 1 FROM validation_datasets s JOIN validation_datasets t ON t.validation_id = s.validation_id AND t.digest = s.digest
    WHERE s.validation_id = k.validation_id AND s.role = 'reference' AND t.role = 'current')
  UNION ALL SELECT subject_id, 'unverified', 'drift check',
    'whether the drift check was made of this model cannot be told: it was not read', path, line
  FROM checked WHERE void IS NULL AND digest_state = 'unknown'
),
offenders AS (
  SELECT *, row_number() OVER (PARTITION BY subject_id, outcome ORDER BY item, path, line) AS place FROM flaws
),
flagged AS (
  SELECT subject_id, count(*) FILTER (WHERE outcome = 'fail') AS failed,
    count(*) FILTER (WHERE outcome = 'unverified') AS undecided,
    min(message) FILTER (WHERE outcome = 'fail' AND place = 1) AS first,
    min(message) FILTER (WHERE outcome = 'unverified' AND place = 1) AS doubt,
    json_group_array(json_object('item', item, 'message', message, 'path', path, 'line', line))
      FILTER (WHERE outcome = 'fail' AND place <= 1000) AS flaws,
    json_group_array(json_object('item', item, 'message', message, 'path', path, 'line', line))
      FILTER (WHERE outcome = 'unverified' AND place <= 1000) AS doubts
  FROM offenders GROUP BY subject_id
)
SELECT
  a.subject_id,
  CASE
    WHEN a.version_id IS NULL THEN 'not-applicable'
    WHEN q.subject_id IS NULL THEN 'not-applicable'
    WHEN f.failed > 0 THEN 'fail'
    WHEN f.undecided > 0 THEN 'unverified'
    ELSE 'pass'
  END AS outcome,
  CASE
    WHEN a.version_id IS NULL THEN 'the alias points at no version'
    WHEN q.subject_id IS NULL THEN 'the policy asks for no drift check at ' || a.alias
    WHEN f.failed = 1 THEN f.first
    WHEN f.failed > 1 THEN f.failed || ' flaws of the drift check, the first: ' || f.first
    WHEN f.undecided > 0 THEN f.doubt
    ELSE 'the data has been checked for drift'
  END AS message,
  CASE
    WHEN a.version_id IS NULL OR q.subject_id IS NULL THEN NULL
    WHEN f.failed > 0 THEN json_object('count', f.failed, 'items', json(f.flaws))
    WHEN f.undecided > 0 THEN json_object('count', f.undecided, 'items', json(f.doubts))
  END AS details
FROM aliases a
LEFT JOIN asked q ON q.subject_id = a.subject_id
LEFT JOIN flagged f ON f.subject_id = a.subject_id
