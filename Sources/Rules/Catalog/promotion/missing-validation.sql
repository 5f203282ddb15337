/*
id: missing-validation
title: A validation that the stage asks for is missing
subject: alias
severity: error
rationale: >
  The policy says which checks a model must have passed before it gets here. One was not recorded,
  failed, is too old, or was made of other bytes than those that are deployed, and is void.
remedy: >
  Run the validation on this version and append its result to `validations.jsonl` in the model's folder:
  name, version, digest of the model, result, at. A model that was changed has to be validated again.
references:
  - https://airc.nist.gov/airmf-resources/airmf/5-sec-core/
  - https://artificialintelligenceact.eu/annex/4/
controls:
  eu-ai-act: [Annex IV 2(g), Article 9]
  nist-ai-rmf: [MEASURE 2.3, MEASURE 2.5]
  iso-42001: [A.6.2.4]
parameters:
  - {name: require_digest, type: boolean, default: 0, meaning: whether a validation must state the digest of the model it was made of}
*/
WITH
asked AS (
  SELECT a.subject_id, a.alias, a.version_id, v.version, m.path AS folder, r.position, r.name, r.kind, r.max_age, r.dataset,
    coalesce(r.name, r.kind, 'validation') AS item
  FROM aliases a
  JOIN required_validations r ON r.stage = a.alias
  JOIN versions v ON v.subject_id = a.version_id
  JOIN models m ON m.subject_id = a.model_id
),
strict AS (SELECT value = '1' AS digests FROM parameters WHERE rule = 'missing-validation' AND name = 'require_digest'),
candidates AS ( -- what is void or of other data counts only when there is nothing else
  SELECT q.subject_id, q.position, c.validation_id, c.passed, c.result, c.performed_at, c.at_text, c.digest_state, c.path, c.line,
    CASE
      WHEN c.digest_state IN ('different', 'malformed') THEN 'was made of another model than ' || q.version
      WHEN c.digest_state = 'absent' AND strict.digests THEN 'states no digest of the model it was made of'
      WHEN q.dataset IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM validation_datasets d WHERE d.validation_id = c.validation_id
          AND (d.name = q.dataset COLLATE NOCASE OR d.digest = q.dataset COLLATE NOCASE OR d.digest IN (
            SELECT k.algorithm || ':' || k.digest FROM datasets s JOIN claims k ON k.file_id = s.file_id
            WHERE s.dataset = q.dataset))) THEN 'was not made on ' || q.dataset
    END AS void
  FROM asked q JOIN strict
  JOIN validations c ON c.version_id = q.version_id
    AND (q.name IS NULL OR c.name = q.name COLLATE NOCASE) AND (q.kind IS NULL OR c.kind = q.kind COLLATE NOCASE)
    AND (q.name IS NOT NULL OR q.kind IS NOT NULL OR c.kind IS NOT 'drift')
),
ranked AS (
  SELECT *, row_number() OVER (
    PARTITION BY subject_id, position
    ORDER BY void IS NOT NULL, performed_at IS NULL, performed_at DESC, validation_id DESC) AS place
  FROM candidates
),
judged AS (
  SELECT q.subject_id, q.item, coalesce(c.path, ltrim(q.folder || '/validations.jsonl', '/')) AS path, c.line,
    CASE
      WHEN c.validation_id IS NULL THEN 'no ' || q.item || ' of ' || q.version || ' is recorded'
      WHEN c.void IS NOT NULL THEN q.item || ' ' || c.void
      WHEN c.passed = 0 THEN q.item || ' failed: the record says ' || substr(c.result, 1, 80)
      WHEN c.passed IS NULL THEN q.item || ' does not say whether it passed'
      WHEN q.max_age IS NULL THEN NULL
      WHEN c.performed_at IS NULL THEN q.item || ' has no date, and may be at most '
        || CASE WHEN q.max_age % 86400 = 0 THEN q.max_age / 86400 || ' days' ELSE printf('%.4g', q.max_age / 3600.0) || ' hours' END || ' old'
      WHEN c.performed_at > now THEN q.item || ' is dated ' || c.performed_at || ', after this audit'
      WHEN unixepoch(now) - unixepoch(c.performed_at) > q.max_age THEN q.item || ' was made on '
        || substr(c.performed_at, 1, 10) || ', more than ' || CASE WHEN q.max_age % 86400 = 0 THEN q.max_age / 86400 || ' days' ELSE printf('%.4g', q.max_age / 3600.0) || ' hours' END || ' ago'
    END AS flaw,
    CASE WHEN c.digest_state = 'unknown' THEN 'whether ' || q.item || ' was made of this model cannot be told: it was not read'
    END AS doubt
  FROM asked q JOIN current
  LEFT JOIN ranked c ON c.subject_id = q.subject_id AND c.position = q.position AND c.place = 1
),
flaws AS (
  SELECT subject_id, CASE WHEN flaw IS NULL THEN 'unverified' ELSE 'fail' END AS outcome, item,
    coalesce(flaw, doubt) AS message, path, line
  FROM judged WHERE flaw IS NOT NULL OR doubt IS NOT NULL
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
),
required AS (SELECT subject_id, count(*) AS total FROM asked GROUP BY subject_id)
SELECT
  a.subject_id,
  CASE
    WHEN a.version_id IS NULL THEN 'not-applicable'
    WHEN q.total IS NULL THEN 'not-applicable'
    WHEN f.failed > 0 THEN 'fail'
    WHEN f.undecided > 0 THEN 'unverified'
    ELSE 'pass'
  END AS outcome,
  CASE
    WHEN a.version_id IS NULL THEN 'the alias points at no version'
    WHEN q.total IS NULL THEN 'the policy asks for no validation at ' || a.alias
    WHEN f.failed = 1 THEN f.first
    WHEN f.failed > 1 THEN f.failed || ' validations are missing, the first: ' || f.first
    WHEN f.undecided > 0 THEN f.doubt
    ELSE 'every validation that the policy asks for has passed'
  END AS message,
  CASE
    WHEN a.version_id IS NULL OR q.total IS NULL THEN NULL
    WHEN f.failed > 0 THEN json_object('count', f.failed, 'items', json(f.flaws))
    WHEN f.undecided > 0 THEN json_object('count', f.undecided, 'items', json(f.doubts))
  END AS details
FROM aliases a
LEFT JOIN required q ON q.subject_id = a.subject_id
LEFT JOIN flagged f ON f.subject_id = a.subject_id
