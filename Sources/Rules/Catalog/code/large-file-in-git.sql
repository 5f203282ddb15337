/*
id: large-file-in-git
title: Large files lie in git at the run's commit
subject: run
severity: warning
rationale: >
  git keeps every version of a large file for ever in every clone: clones become slow and are made
  shallow, and the commit of an old run can then not be looked up. Models and data in git also have no
  manifest and no digest of their own.
remedy: >
  Keep models and data in the registry or in a data store, or put them under Git LFS or DVC, which
  leave a small pointer in git: `git lfs migrate import --include='*.pkl'` moves what is there
  already, and rewrites history.
references:
  - https://git-lfs.com
  - https://docs.github.com/en/repositories/working-with-files/managing-large-files/about-large-files-on-github
controls:
  eu-ai-act: [Annex IV 1(a), Annex IV 6]
  nist-ai-rmf: [GOVERN 1.4]
  iso-42001: [A.6.2.3]
parameters:
  - name: limit
    type: integer
    default: 10485760
    meaning: bytes from which a file is large
*/
WITH
offenders AS (
  SELECT subject_id, path AS item, size, row_number() OVER (PARTITION BY subject_id ORDER BY size DESC, path) AS place
  FROM large_blobs
),
flagged AS (
  SELECT subject_id, count(*) AS total, min(item) FILTER (WHERE place = 1) AS first, max(size) AS largest,
    json_group_array(json_object('item', item, 'message', size || ' bytes', 'path', NULL, 'line', NULL))
      FILTER (WHERE place <= 1000) AS items
  FROM offenders GROUP BY subject_id
),
judged AS (
  SELECT r.subject_id, r.path, c.line, c.resolution, f.total, f.first, f.largest, f.items,
    CASE
      WHEN c."commit" IS NULL THEN 'not-applicable'
      WHEN c.resolution IN ('absent', 'ambiguous', 'malformed') THEN 'not-applicable'
      WHEN t.state = 'read' AND f.total > 0 THEN 'fail'
      WHEN t.state = 'read' THEN 'pass'
      ELSE 'unverified'
    END AS outcome,
    CASE
      WHEN c."commit" IS NULL THEN 'the record names no commit'
      WHEN c.resolution IN ('absent', 'ambiguous', 'malformed') THEN 'the commit leads to no files'
      WHEN f.total = 1 THEN f.first || ' has ' || f.largest || ' bytes'
      WHEN f.total > 1 THEN f.total || ' large files, the largest: ' || f.first || ' with ' || f.largest || ' bytes'
      WHEN t.state = 'read' THEN ''
      WHEN t.state = 'unreadable' THEN 'the files of the commit could not be listed: give a full clone with `--repository NAME=PATH`'
      ELSE 'no repository is at hand to look into; give one with `--repository NAME=PATH`'
    END AS message
  FROM runs r
  LEFT JOIN commits c ON c.subject_id = r.subject_id
  LEFT JOIN commit_trees t ON t.subject_id = r.subject_id
  LEFT JOIN flagged f ON f.subject_id = r.subject_id
  LIMIT -1 OFFSET 0 -- so that SQLite asks once a row and not once a use
)
SELECT
  subject_id, outcome, message,
  CASE outcome
    WHEN 'fail' THEN json_object('count', total, 'items', json(items))
    WHEN 'unverified' THEN json_object('count', 1, 'items', json_array(json_object(
      'item', 'git_commit', 'message', message, 'path', path, 'line', line)))
  END AS details
FROM judged
