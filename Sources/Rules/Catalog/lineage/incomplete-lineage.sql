/*
id: incomplete-lineage
title: The version cannot be traced to code, data, environment and configuration
subject: version
severity: error
rationale: >
  A model can be rebuilt, and defended, only when every link is there: the run that made it, and that
  run's commit, data, configuration, environment and upstream models.
remedy: >
  Record what each gap names in the run's record. An upstream version that is incomplete is mended in
  its own record.
references:
  - https://www.w3.org/TR/prov-overview/
controls:
  eu-ai-act: [Annex IV 1(a), Annex IV 2(d), Annex IV 6]
  nist-ai-rmf: [GOVERN 1.4, MAP 4.1]
  iso-42001: [A.6.2.3, A.7.5]
parameters: []
*/
WITH RECURSIVE
edges AS MATERIALIZED (
  SELECT child_id, relation, parent_kind, parent_id, parent_name, gap FROM lineage
  WHERE gap IS NOT NULL OR relation IN ('starts from', 'child of')
),
own AS MATERIALIZED (
  SELECT subject_id AS version_id, subject_id AS child_id FROM versions
  UNION ALL SELECT subject_id, run_subject_id FROM versions WHERE run_subject_id IS NOT NULL
),
sources AS MATERIALIZED ( -- whose gaps count for a version: its own, its run's, its run's direct parent's
  SELECT version_id, child_id FROM own
  UNION SELECT o.version_id, e.parent_id
  FROM edges e JOIN own o ON o.child_id = e.child_id WHERE e.relation = 'child of' AND e.parent_id IS NOT NULL
),
gaps AS (
  SELECT s.version_id, s.child_id, e.parent_kind || coalesce(' ' || e.parent_name, '') AS missing, e.gap
  FROM edges e JOIN sources s ON s.child_id = e.child_id WHERE e.gap IS NOT NULL AND e.relation <> 'child of'
  UNION ALL
  SELECT o.version_id, o.child_id, 'run' || coalesce(' ' || e.parent_name, ''), e.gap
  FROM edges e JOIN own o ON o.child_id = e.child_id WHERE e.gap IS NOT NULL AND e.relation = 'child of'
),
upstream AS MATERIALIZED (
  SELECT DISTINCT s.version_id, s.child_id, e.parent_id
  FROM edges e JOIN sources s ON s.child_id = e.child_id WHERE e.relation = 'starts from' AND e.parent_id IS NOT NULL
),
incomplete(version_id) AS ( -- backwards from the gaps: each version enters once
  SELECT version_id FROM gaps
  UNION SELECT u.version_id FROM incomplete i JOIN upstream u ON u.parent_id = i.version_id
),
offenders AS (
  SELECT version_id, child_id, missing, gap FROM gaps
  UNION ALL
  SELECT u.version_id, u.child_id, 'version ' || v.subject, 'the upstream version ' || v.subject || ' is incomplete'
  FROM upstream u
  JOIN versions v ON v.subject_id = u.parent_id
  WHERE u.parent_id IN (SELECT version_id FROM incomplete)
),
named AS MATERIALIZED (
  SELECT subject_id, subject, path, line FROM runs UNION ALL SELECT subject_id, subject, path, NULL FROM versions
),
ranked AS (
  SELECT o.version_id, o.missing || ' of ' || n.subject AS item, o.gap, n.path, n.line,
    row_number() OVER (PARTITION BY o.version_id ORDER BY n.path, o.missing, n.subject) AS place
  FROM offenders o JOIN named n ON n.subject_id = o.child_id
),
flagged AS (
  SELECT version_id, count(*) AS total,
    min(gap) FILTER (WHERE place = 1) AS first, min(gap) FILTER (WHERE place = 2) AS second,
    min(gap) FILTER (WHERE place = 3) AS third,
    json_group_array(json_object('item', item, 'message', gap, 'path', path, 'line', line))
      FILTER (WHERE place <= 1000) AS items
  FROM ranked GROUP BY version_id
)
SELECT
  v.subject_id,
  CASE WHEN f.total > 0 THEN 'fail' ELSE 'pass' END AS outcome,
  CASE
    WHEN f.total IS NULL THEN 'the chain is complete'
    ELSE f.total || CASE f.total WHEN 1 THEN ' gap: ' ELSE ' gaps: ' END || f.first || coalesce(', ' || f.second, '')
      || coalesce(', ' || f.third, '') || CASE WHEN f.total > 3 THEN ' and ' || (f.total - 3) || ' more' ELSE '' END
  END AS message,
  CASE WHEN f.total > 0 THEN json_object('count', f.total, 'items', json(f.items)) END AS details
FROM versions v
LEFT JOIN flagged f ON f.version_id = v.subject_id
