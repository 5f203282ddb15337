/*
id: missing-commit
title: The run names no commit
subject: run
severity: error
rationale: >
  Without the commit nobody can say which code made the artifact, so the run cannot be repeated.
remedy: >
  Record the full commit of the code with the run, as `git_commit`: `git rev-parse HEAD`.
references:
  - https://git-scm.com/docs/git-rev-parse
controls:
  eu-ai-act: [Annex IV 1(a), Annex IV 6]
  nist-ai-rmf: [GOVERN 1.4]
  iso-42001: [A.6.2.3]
parameters: []
*/
SELECT
  r.subject_id,
  CASE WHEN c."commit" IS NULL THEN 'fail' ELSE 'pass' END AS outcome,
  CASE WHEN c."commit" IS NULL THEN 'the record names no commit' ELSE 'commit ' || c."commit" END AS message,
  CASE WHEN c."commit" IS NULL THEN
    json_object('count', 1, 'items', json_array(json_object(
      'item', 'git_commit', 'message', 'no commit is recorded', 'path', r.path, 'line', r.line)))
  END AS details
FROM runs r
LEFT JOIN commits c ON c.subject_id = r.subject_id
