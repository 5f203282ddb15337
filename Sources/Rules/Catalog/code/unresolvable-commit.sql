/*
id: unresolvable-commit
title: The commit that the run names is not in the repository
subject: run
severity: error
rationale: >
  A commit that was never pushed, was rebased away or was mistyped leads to no code, and the record
  only looks traceable.
remedy: >
  Push the commit, or record the full hash of one that the shared repository holds. When the
  repository lies elsewhere, name it with `--repository NAME=PATH`.
references:
  - https://git-scm.com/docs/git-cat-file
  - https://git-scm.com/docs/gitrevisions
controls:
  eu-ai-act: [Annex IV 1(a), Annex IV 6]
  nist-ai-rmf: [GOVERN 1.4]
  iso-42001: [A.6.2.3]
parameters: []
*/
WITH
named AS (
  SELECT subject_id, "commit", resolution, message, path, line, rtrim(replace(repository, ':', '/'), '/') AS repository,
    CASE
      WHEN resolution = 'found' THEN 'pass'
      WHEN resolution IN ('absent', 'ambiguous', 'malformed') THEN 'fail'
      ELSE 'unverified'
    END AS outcome
  FROM commits WHERE "commit" IS NOT NULL
),
lasts AS ( -- the last part of a path or URL is a name to type
  SELECT *, replace(repository, rtrim(repository, replace(repository, '/', '')), '') AS name FROM named
),
hinted AS ( -- https://example.com/team/train.git is train
  SELECT subject_id, "commit", resolution, outcome, message, path, line,
    CASE
      WHEN coalesce(name, '') = '' THEN 'NAME'
      WHEN name LIKE '%_.git' THEN substr(name, 1, length(name) - 4)
      ELSE name
    END AS repository
  FROM lasts
),
judged AS (
  SELECT subject_id, outcome, path, line,
    CASE resolution
      WHEN 'found' THEN 'the repository holds the commit ' || "commit"
      WHEN 'absent' THEN 'the repository does not hold the commit ' || "commit"
      WHEN 'ambiguous' THEN 'several objects begin with ' || "commit"
      WHEN 'malformed' THEN '`' || substr("commit", 1, 80) || '` is not a commit hash'
      WHEN 'no-repository' THEN
        'no repository is at hand to look the commit up; give one with `--repository ' || repository || '=PATH`'
      WHEN 'shallow' THEN
        'the clone at hand is shallow; give a full one with `--repository ' || repository || '=PATH`'
      WHEN 'unreadable' THEN 'the repository could not be read' || coalesce(': ' || message, '')
        || '; give another clone with `--repository ' || repository || '=PATH`'
      ELSE 'the commit was not looked up; give its repository with `--repository ' || repository || '=PATH`'
    END AS message
  FROM hinted
)
SELECT
  r.subject_id,
  coalesce(j.outcome, 'not-applicable') AS outcome,
  coalesce(j.message, 'the record names no commit') AS message,
  CASE WHEN j.outcome IN ('fail', 'unverified') THEN
    json_object('count', 1, 'items', json_array(json_object(
      'item', 'git_commit', 'message', j.message, 'path', j.path, 'line', j.line)))
  END AS details
FROM runs r
LEFT JOIN judged j ON j.subject_id = r.subject_id
