/*
id: contradictory-dataset
title: Records of the same data disagree
subject: [dataset, run]
severity: error
rationale: >
  A dataset is one snapshot. Two manifests of one name with other digests or counts, or a run that
  states another digest than the manifest, mean that somebody trained on something else than the name
  says.
remedy: >
  Give each snapshot a name of its own, such as `transactions_2024-06`, and correct the record that
  names the wrong one.
references:
  - https://arxiv.org/abs/1803.09010
controls:
  eu-ai-act: [Annex IV 1(a), Annex IV 6]
  nist-ai-rmf: [GOVERN 1.4]
  iso-42001: [A.6.2.3]
parameters: []
*/
WITH
digests AS MATERIALIZED ( -- the hexadecimal behind the last colon; those of one length are of one kind
  SELECT subject_id, store, dataset, record_count, path,
    lower(replace(content_hash, rtrim(content_hash, replace(content_hash, ':', '')), '')) AS hex,
    content_hash_line, record_count_line, line
  FROM datasets
),
names AS (
  SELECT store, dataset FROM digests GROUP BY store, dataset HAVING count(*) > 1
),
members AS MATERIALIZED (
  SELECT d.*, row_number() OVER (PARTITION BY d.store, d.dataset ORDER BY d.path) AS place
  FROM names n JOIN digests d ON d.store = n.store AND d.dataset = n.dataset
),
against AS ( -- each is compared with the first of its name, and the first with the second
  SELECT m.subject_id, m.path, m.line, m.hex, o.hex AS other_hex, m.record_count, o.record_count AS other_count,
    m.content_hash_line, m.record_count_line, o.path AS other
  FROM members m
  JOIN members o ON o.store = m.store AND o.dataset = m.dataset AND o.place = CASE m.place WHEN 1 THEN 2 ELSE 1 END
),
offenders AS (
  SELECT subject_id, 'content_hash' AS item, other || ' states another digest under the same name' AS message, path,
    coalesce(content_hash_line, line) AS line
  FROM against WHERE hex <> other_hex AND length(hex) = length(other_hex)
  UNION ALL
  SELECT subject_id, 'record_count', other || ' states ' || other_count || ' records under the same name', path,
    coalesce(record_count_line, line)
  FROM against WHERE record_count <> other_count
  UNION ALL
  SELECT u.subject_id, coalesce(d.dataset, u.declared), 'the run states ' || substr(u.digest, 1, 100) || ', '
    || d.path || ' states ' || substr(d.content_hash, 1, 100), u.path, u.line
  FROM run_datasets u
  JOIN datasets d ON d.subject_id = u.dataset_id
  JOIN digests g ON g.subject_id = d.subject_id
  WHERE u.digest_of = 'data' AND u.digest_hex IS NOT NULL AND g.hex <> u.digest_hex AND length(g.hex) = length(u.digest_hex)
),
ranked AS (
  SELECT *, row_number() OVER (PARTITION BY subject_id ORDER BY item, message) AS place FROM offenders
),
flagged AS (
  SELECT subject_id, count(*) AS total, min(item || ': ' || message) FILTER (WHERE place = 1) AS first,
    json_group_array(json_object('item', item, 'message', message, 'path', path, 'line', line))
      FILTER (WHERE place <= 1000) AS items
  FROM ranked GROUP BY subject_id
),
population AS MATERIALIZED ( -- each answer is asked for several times
  SELECT subject_id, 1 AS concerned FROM datasets
  UNION ALL
  SELECT r.subject_id, EXISTS (
    SELECT 1 FROM run_datasets u WHERE u.subject_id = r.subject_id AND u.dataset_id IS NOT NULL) FROM runs r
)
SELECT
  p.subject_id,
  CASE WHEN f.total > 0 THEN 'fail' WHEN p.concerned THEN 'pass' ELSE 'not-applicable' END AS outcome,
  CASE
    WHEN f.total = 1 THEN f.first
    WHEN f.total > 1 THEN f.total || ' contradictions, the first: ' || f.first
    WHEN p.concerned THEN ''
    ELSE 'the run names no dataset that is known'
  END AS message,
  CASE WHEN f.total > 0 THEN json_object('count', f.total, 'items', json(f.items)) END AS details
FROM population p
LEFT JOIN flagged f ON f.subject_id = p.subject_id
