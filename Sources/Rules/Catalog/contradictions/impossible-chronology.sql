/*
id: impossible-chronology
title: The times on record cannot all be true
subject: [run, dataset]
severity: error
rationale: >
  A run cannot have read data that was made after it, nor end before it began, and what it made cannot
  have been checked or promoted before that. Where times say so, one record belongs to something else
  or was written by hand.
remedy: >
  Look for the right time in the log, and correct the record that is wrong. Let scripts write times in
  UTC with a `Z`: a clock in local time is the usual cause.
references:
  - https://www.rfc-editor.org/rfc/rfc3339
controls:
  eu-ai-act: [Annex IV 1(a), Annex IV 6]
  nist-ai-rmf: [GOVERN 1.4]
  iso-42001: [A.6.2.3]
parameters:
  - name: tolerance
    type: number
    default: 5
    meaning: minutes that clocks may differ
*/
WITH
slack AS (
  SELECT CAST(value AS REAL) / 1440 AS days FROM parameters WHERE rule = 'impossible-chronology' AND name = 'tolerance'
),
made AS MATERIALIZED (
  SELECT subject_id, julianday(created_at) AS instant FROM datasets
  WHERE created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'
),
tomorrow AS (SELECT date(julianday(c.now) + s.days - 1) AS day FROM current c CROSS JOIN slack s),
used (version_id, deed, text, moment) AS (
  SELECT version_id,
    CASE action WHEN 'promote' THEN 'promoted' WHEN 'retire' THEN 'retired' WHEN 'restore' THEN 'restored' ELSE 'put back' END,
    at_text, promoted_at
  FROM promotions WHERE version_id IS NOT NULL AND promoted_at IS NOT NULL
  UNION ALL SELECT version_id, 'checked', at_text, performed_at FROM validations
  WHERE version_id IS NOT NULL AND performed_at IS NOT NULL
),
suspects AS MATERIALIZED ( -- by the day alone, with two of grace for zones; nearly every time is in order, and only these are parsed
  SELECT subject_id FROM runs
  WHERE recorded_at >= (SELECT day FROM tomorrow) OR started_at >= (SELECT day FROM tomorrow)
    OR finished_at >= (SELECT day FROM tomorrow) OR started_at IS NOT NULL AND finished_at IS NOT NULL
  UNION SELECT subject_id FROM datasets WHERE created_at >= (SELECT day FROM tomorrow)
  UNION SELECT u.subject_id FROM run_datasets u JOIN made d ON d.subject_id = u.dataset_id
  JOIN runs r ON r.subject_id = u.subject_id CROSS JOIN slack s
  WHERE min(coalesce(r.recorded_at, '~'), coalesce(r.started_at, '~'), coalesce(r.finished_at, '~'))
    < date(d.instant - s.days + 2)
  UNION SELECT child_id FROM lineage WHERE relation = 'starts from'
  UNION SELECT v.run_subject_id FROM lineage l JOIN versions v ON v.subject_id = l.parent_id
  WHERE l.relation = 'starts from'
  UNION SELECT v.run_subject_id FROM used u JOIN versions v ON v.subject_id = u.version_id
),
written (subject_id, key, text, moment) AS ( -- of a version what was done with it, of others the keys of their records
  SELECT subject_id, key, text, text FROM (
    SELECT r.subject_id, k.key,
      CASE k.key
        WHEN 'timestamp' THEN CASE WHEN r.recorded_at IS NOT r.started_at THEN r.recorded_at END -- which stands in for it
        WHEN 'started_at' THEN r.started_at
        ELSE r.finished_at
      END AS text
    FROM suspects x CROSS JOIN runs r ON r.subject_id = x.subject_id
    CROSS JOIN (SELECT 'timestamp' AS key UNION ALL SELECT 'started_at' UNION ALL SELECT 'finished_at') k
  ) WHERE text IS NOT NULL
  UNION ALL SELECT subject_id, 'created_at', created_at, created_at FROM datasets WHERE created_at IS NOT NULL
  UNION ALL SELECT version_id, deed, text, moment FROM used
),
parsed AS (
  SELECT subject_id, key, text, moment, julianday(moment) AS instant,
    CASE
      WHEN text GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' OR length(text) = 8 THEN 'day'
      WHEN text NOT GLOB '*[^0-9.]*' THEN 'zoned' -- seconds since 1970
      WHEN text GLOB '*[Zz]' OR text GLOB '*UTC' OR text GLOB '*GMT' OR substr(text, 11) GLOB '*[-+]*' THEN 'zoned'
      ELSE 'local'
    END AS form
  FROM written WHERE moment GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'
),
times AS MATERIALIZED ( -- a time without a zone may be that of any place on earth
  SELECT subject_id, key, CASE form WHEN 'zoned' THEN moment ELSE text END AS text,
    instant - CASE form WHEN 'zoned' THEN 0 ELSE 14.0 / 24 END AS earliest,
    instant + CASE form WHEN 'zoned' THEN 0 WHEN 'day' THEN 1.5 ELSE 0.5 END AS latest
  FROM parsed WHERE instant IS NOT NULL
),
ranged AS (
  SELECT *, row_number() OVER (PARTITION BY subject_id ORDER BY earliest, key DESC) AS from_first,
    row_number() OVER (PARTITION BY subject_id ORDER BY latest DESC, key DESC) AS from_last
  FROM times WHERE key IN ('timestamp', 'started_at', 'finished_at')
),
ends AS MATERIALIZED ( -- what is known of when a run was under way
  SELECT subject_id, min(earliest) AS earliest, min(text) FILTER (WHERE from_first = 1) AS earliest_text,
    max(latest) AS latest, min(text) FILTER (WHERE from_last = 1) AS latest_text,
    min(key) FILTER (WHERE from_last = 1) AS latest_key,
    -- before this, the run had made nothing
    coalesce(min(earliest) FILTER (WHERE key = 'finished_at'), min(earliest)) AS until,
    coalesce(min(text) FILTER (WHERE key = 'finished_at'), min(text) FILTER (WHERE from_first = 1)) AS until_text,
    CASE WHEN max(key = 'finished_at') THEN 'finished_at' ELSE min(key) FILTER (WHERE from_first = 1) END AS until_key
  FROM ranged GROUP BY subject_id
),
offenders AS (
  SELECT t.subject_id, t.key AS item, t.text || ' lies in the future' AS message
  FROM times t CROSS JOIN current c CROSS JOIN slack s
  WHERE t.key IN ('timestamp', 'started_at', 'finished_at', 'created_at') AND t.earliest > julianday(c.now) + s.days
  UNION ALL
  SELECT a.subject_id, 'finished_at', 'the run ended ' || b.text || ', before it began ' || a.text
  FROM times a JOIN times b ON b.subject_id = a.subject_id AND b.key = 'finished_at' CROSS JOIN slack s
  WHERE a.key = 'started_at' AND b.latest + s.days < a.earliest
  UNION ALL
  SELECT DISTINCT u.subject_id, e.latest_key, 'the run of ' || e.latest_text || ' reads data that was made ' || d.text
  FROM run_datasets u JOIN times d ON d.subject_id = u.dataset_id AND d.key = 'created_at'
  JOIN ends e ON e.subject_id = u.subject_id CROSS JOIN slack s WHERE e.latest + s.days < d.earliest
  UNION ALL
  SELECT DISTINCT l.child_id, e.latest_key,
    'the run of ' || e.latest_text || ' starts from a version that was made ' || o.earliest_text
  FROM lineage l JOIN versions v ON v.subject_id = l.parent_id
  JOIN ends o ON o.subject_id = v.run_subject_id JOIN ends e ON e.subject_id = l.child_id CROSS JOIN slack s
  WHERE l.relation = 'starts from' AND e.latest + s.days < o.earliest
  UNION ALL
  SELECT DISTINCT v.run_subject_id, e.until_key,
    'the run of ' || e.until_text || ' made a version that was ' || u.key || ' ' || u.text
  FROM times u JOIN versions v ON v.subject_id = u.subject_id
  JOIN ends e ON e.subject_id = v.run_subject_id CROSS JOIN slack s WHERE u.latest + s.days < e.until
),
ranked AS (
  SELECT *, row_number() OVER (PARTITION BY subject_id ORDER BY item, message) AS place FROM offenders
),
flagged AS (
  SELECT k.subject_id, count(*) AS total, min(k.message) FILTER (WHERE k.place = 1) AS first,
    json_group_array(json_object('item', k.item, 'message', k.message, 'path', coalesce(r.path, d.path),
      'line', coalesce(r.line, d.line))) FILTER (WHERE k.place <= 1000) AS items
  FROM ranked k LEFT JOIN runs r ON r.subject_id = k.subject_id LEFT JOIN datasets d ON d.subject_id = k.subject_id
  GROUP BY k.subject_id
),
population AS MATERIALIZED (
  SELECT subject_id,
    recorded_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*' AND julianday(recorded_at) IS NOT NULL
    OR started_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*' AND julianday(started_at) IS NOT NULL
    OR finished_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*' AND julianday(finished_at) IS NOT NULL AS timed
  FROM runs
  UNION ALL
  SELECT subject_id, created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*' AND julianday(created_at) IS NOT NULL
  FROM datasets
)
SELECT
  p.subject_id,
  CASE
    WHEN f.total > 0 THEN 'fail'
    WHEN p.timed THEN 'pass'
    ELSE 'not-applicable'
  END AS outcome,
  CASE
    WHEN f.total = 1 THEN f.first
    WHEN f.total > 1 THEN f.total || ' contradictions, the first: ' || f.first
    WHEN p.timed THEN ''
    ELSE 'the record states no time in the form of RFC 3339'
  END AS message,
  CASE WHEN f.total > 0 THEN json_object('count', f.total, 'items', json(f.items)) END AS details
FROM population p
LEFT JOIN flagged f ON f.subject_id = p.subject_id
