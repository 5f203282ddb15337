/*
id: self-referential-checksum
title: The only checksum of a model lies beside it
subject: version
severity: note
rationale: >
  Whoever can replace the model can replace the checksum in the same directory: the two then agree,
  and prove that no byte was lost, not that nobody changed one.
remedy: >
  Keep the digest in a second place that other people write: the run's record in the tracking store, a
  list of checksums for the whole registry (`SHA256SUMS` above the versions), or a signature.
references:
  - https://slsa.dev/spec/v1.0/threats
  - https://www.gnu.org/software/coreutils/manual/html_node/sha2-utilities.html
controls:
  eu-ai-act: [Annex IV 1(a), Annex IV 6]
  nist-ai-rmf: [GOVERN 1.4]
  iso-42001: [A.6.2.3]
parameters: []
*/
WITH
stated AS MATERIALIZED (
  SELECT v.subject_id, a.path AS item, c.document, c.line,
    c.evidence = 'independent' OR substr(c.document, 1, length(v.path) + 1) <> v.path || '/' AS elsewhere
  FROM versions v
  JOIN artifacts a ON a.subject_id = v.subject_id AND a.role = 'model'
  JOIN claims c ON c.file_id = a.file_id AND c.digest IS NOT NULL
),
named AS (
  SELECT subject_id, item, max(elsewhere) AS elsewhere, min(document) AS document, min(line) AS line
  FROM stated GROUP BY subject_id, item
),
offenders AS (
  SELECT *, row_number() OVER (PARTITION BY subject_id ORDER BY item) AS place FROM named WHERE NOT elsewhere
),
flagged AS (
  SELECT subject_id, count(*) AS total, min(item) FILTER (WHERE place = 1) AS first,
    json_group_array(json_object(
      'item', item, 'message', 'only ' || document || ' states its digest', 'path', document, 'line', line))
      FILTER (WHERE place <= 1000) AS items
  FROM offenders GROUP BY subject_id
)
SELECT
  v.subject_id,
  CASE
    WHEN f.total > 0 THEN 'fail'
    WHEN v.subject_id IN (SELECT subject_id FROM named) THEN 'pass'
    ELSE 'not-applicable'
  END AS outcome,
  CASE
    WHEN f.total = 1 THEN 'the digest of ' || f.first || ' stands in its own directory only'
    WHEN f.total > 1 THEN 'the digests of ' || f.total || ' model files stand in their own directory only'
    WHEN v.subject_id IN (SELECT subject_id FROM named) THEN ''
    ELSE 'no record states a digest of a model file'
  END AS message,
  CASE WHEN f.total > 0 THEN json_object('count', f.total, 'items', json(f.items)) END AS details
FROM versions v
LEFT JOIN flagged f ON f.subject_id = v.subject_id
