/*
id: unreadable-file
title: Something in the store could not be read
subject: store
severity: error
rationale: >
  What cannot be read is not audited: a record that does not parse, a directory without permission or a
  link that leads nowhere hides whatever it holds.
remedy: >
  Mend the record at the line given, grant the permission, or replace the link. Leave out with `exclude`
  in the policy what does not belong to the store.
references:
  - https://www.rfc-editor.org/rfc/rfc8259
  - https://yaml.org/spec/1.2.2/
controls:
  eu-ai-act: [Article 12]
  nist-ai-rmf: [MANAGE 4.1]
  iso-42001: [A.6.2.8]
parameters: []
*/
WITH
troubles AS (
  SELECT subject_id, path, line, message, 0 AS late FROM problems
  UNION ALL -- seen only when the bytes were read
  SELECT s.subject_id, f.path, NULL, coalesce(f.message, f.state), 1
  FROM unread_files f JOIN stores s ON s.store = f.store
  WHERE f.exclusion IS NULL AND f.state IN ('unreadable', 'changing')
),
ranked AS (
  SELECT *, row_number() OVER (PARTITION BY subject_id, path ORDER BY late, line, message) AS rank,
    count(*) FILTER (WHERE late = 0) OVER (PARTITION BY subject_id, path) AS many
  FROM troubles
),
offenders AS ( -- one item per path, its first trouble
  SELECT subject_id, path, line,
    message || CASE WHEN many > 1 THEN ' (and ' || (many - 1) || ' more in this file)' ELSE '' END AS message,
    row_number() OVER (PARTITION BY subject_id ORDER BY path) AS place
  FROM ranked WHERE rank = 1
),
flagged AS (
  SELECT subject_id, count(*) AS total, min(path) FILTER (WHERE place = 1) AS first,
    min(message) FILTER (WHERE place = 1) AS reason,
    json_group_array(json_object('item', path, 'message', message, 'path', path, 'line', line))
      FILTER (WHERE place <= 1000) AS items
  FROM offenders GROUP BY subject_id
)
SELECT
  s.subject_id,
  CASE WHEN f.total > 0 THEN 'fail' ELSE 'pass' END AS outcome,
  CASE
    WHEN f.total = 1 THEN f.first || ': ' || f.reason
    WHEN f.total > 1 THEN f.total || ' files could not be read, the first: ' || f.first || ': ' || f.reason
    ELSE 'everything could be read'
  END AS message,
  CASE WHEN f.total > 0 THEN json_object('count', f.total, 'items', json(f.items)) END AS details
FROM stores s
LEFT JOIN flagged f ON f.subject_id = s.subject_id
