/*
id: contradictory-environment
title: What is said of the environment cannot all be true
subject: run
severity: error
rationale: >
  Where the record names one Python and the image holds another, or a build for CUDA is required on
  hardware without, at least one of them is not what ran; nobody can tell which to rebuild.
remedy: >
  Find out what ran, from the log or the image, and correct the record. Let the script that records
  the run ask the running interpreter and the installed packages instead of copying settings.
references:
  - https://docs.python.org/3/library/platform.html
  - https://docs.python.org/3/library/importlib.metadata.html
  - https://pytorch.org/get-started/previous-versions/
controls:
  eu-ai-act: [Annex IV 1(a), Annex IV 6]
  nist-ai-rmf: [GOVERN 1.4]
  iso-42001: [A.6.2.3]
parameters: []
*/
WITH
stated AS MATERIALIZED ( -- `3.10` and `3.10.13` may both be true, a range and a name without numbers say too little
  SELECT environment_id, position, source, coalesce(version, text) AS version, text, path, line
  FROM pythons WHERE is_range = 0 AND coalesce(version, text) GLOB '[0-9]*.[0-9]*'
    AND coalesce(version, text) NOT GLOB '*[^0-9.]*'
),
clashes AS ( -- of several images that a build uses one may bring the Python that ran
  SELECT a.environment_id, 'python' AS item, a.path, a.line,
    CASE a.source WHEN 'record' THEN 'the record' ELSE coalesce(a.path, a.text) END || ' says Python ' || a.version || ', '
      || CASE b.source WHEN 'record' THEN 'the record' ELSE coalesce(b.path, b.text) END || ' says ' || b.version AS message,
    row_number() OVER (PARTITION BY a.environment_id ORDER BY a.position, b.position) AS place
  FROM stated a JOIN stated b ON b.environment_id = a.environment_id AND b.position > a.position
  WHERE NOT (a.source = 'image' AND b.source = 'image')
    AND substr(a.version || '.', 1, length(b.version) + 1) <> b.version || '.'
    AND substr(b.version || '.', 1, length(a.version) + 1) <> a.version || '.'
    AND NOT EXISTS (
      SELECT 1 FROM stated o WHERE o.environment_id = a.environment_id AND o.source = 'image' AND b.source = 'image'
        AND (substr(a.version || '.', 1, length(o.version) + 1) = o.version || '.'
          OR substr(o.version || '.', 1, length(a.version) + 1) = a.version || '.'))
),
moved AS ( -- one tag leads to one image at a time
  SELECT environment_id, coalesce(registry || '/', '') || repository || ':' || tag AS item, min(digest) AS first,
    max(digest) AS last, min(path) AS path
  FROM images WHERE tag IS NOT NULL AND digest IS NOT NULL AND role <> 'frontend'
  GROUP BY environment_id, registry, repository, tag HAVING count(DISTINCT digest) > 1
),
doubled AS ( -- pip refuses such a file; lines with markers may both be meant
  SELECT environment_id, name, min(text) AS first, max(text) AS last, min(path) AS path, max(line) AS line
  FROM requirements WHERE pin IN ('exact', 'hashed') AND name IS NOT NULL AND path LIKE '%.txt' AND instr(text, ';') = 0
  GROUP BY environment_id, name HAVING count(DISTINCT substr(text, 1, instr(text || ' ', ' ') - 1)) > 1
),
devices AS MATERIALIZED (
  SELECT environment_id, hardware, lower(hardware) AS note,
    lower(hardware) LIKE '%no gpu%' OR lower(hardware) LIKE '%no accelerator%' OR lower(hardware) LIKE '%without gpu%'
      OR lower(hardware) LIKE '%cpu only%' OR lower(hardware) LIKE '%cpu-only%' OR trim(lower(hardware)) IN ('cpu', 'none') AS none
  FROM environments WHERE hardware IS NOT NULL
),
builds AS (
  SELECT q.environment_id, q.text AS item, q.path, q.line,
    CASE WHEN d.none THEN 'a build for CUDA on hardware noted as ' ELSE 'a build without CUDA on hardware noted as ' END
      || substr(d.hardware, 1, 80) AS message,
    row_number() OVER (PARTITION BY q.environment_id ORDER BY q.position) AS place
  FROM devices d JOIN requirements q ON q.environment_id = d.environment_id
  WHERE d.none AND lower(q.text) GLOB '*+cu[0-9]*'
    OR NOT d.none AND instr(lower(q.text), '+cpu') > 0 AND (d.note LIKE '%nvidia%' OR d.note LIKE '%cuda%' OR d.note LIKE '%gpu%')
),
offenders AS (
  SELECT environment_id, item, message, path, line FROM clashes WHERE place <= 20
  UNION ALL SELECT environment_id, item, 'the same tag has the digests ' || first || ' and ' || last, path, NULL FROM moved
  UNION ALL SELECT environment_id, name, first || ' and ' || last || ' cannot both be installed', path, line FROM doubled
  UNION ALL SELECT environment_id, item, message, path, line FROM builds WHERE place <= 20
),
ranked AS (
  SELECT *, row_number() OVER (PARTITION BY environment_id ORDER BY item, message) AS place FROM offenders
),
flagged AS MATERIALIZED (
  SELECT environment_id, count(*) AS total, min(message) FILTER (WHERE place = 1) AS first,
    json_group_array(json_object('item', item, 'message', message, 'path', path, 'line', line))
      FILTER (WHERE place <= 1000) AS items
  FROM ranked GROUP BY environment_id
)
SELECT
  r.subject_id,
  CASE WHEN r.environment_id IS NULL THEN 'not-applicable' WHEN f.total > 0 THEN 'fail' ELSE 'pass' END AS outcome,
  CASE
    WHEN r.environment_id IS NULL THEN 'the record says nothing of its environment'
    WHEN f.total = 1 THEN f.first
    WHEN f.total > 1 THEN f.total || ' contradictions, the first: ' || f.first
    ELSE ''
  END AS message,
  CASE WHEN f.total > 0 THEN json_object('count', f.total, 'items', json(f.items)) END AS details
FROM runs r
LEFT JOIN flagged f ON f.environment_id = r.environment_id
