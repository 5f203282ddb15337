/*
id: uncommitted-changes
title: The run was started with uncommitted changes
subject: run
severity: error
rationale: >
  The code that ran is not the code that the commit holds, and what was changed is recorded nowhere.
remedy: >
  Commit before a run that is to be kept, and let the training script refuse to start when
  `git status --porcelain` prints anything.
references:
  - https://git-scm.com/docs/git-status
controls:
  eu-ai-act: [Annex IV 1(a), Annex IV 6]
  nist-ai-rmf: [GOVERN 1.4]
  iso-42001: [A.6.2.3]
parameters: []
*/
SELECT
  r.subject_id,
  CASE WHEN c.dirty IS NULL THEN 'not-applicable' WHEN c.dirty THEN 'fail' ELSE 'pass' END AS outcome,
  CASE
    WHEN c.dirty IS NULL THEN 'the record does not say whether there were uncommitted changes'
    WHEN c.dirty THEN 'the working tree had uncommitted changes'
    ELSE 'the working tree was clean'
  END AS message,
  CASE WHEN c.dirty THEN
    json_object('count', 1, 'items', json_array(json_object(
      'item', 'git_dirty', 'message', 'the working tree had uncommitted changes', 'path', c.path, 'line', c.line)))
  END AS details
FROM runs r
LEFT JOIN commits c ON c.subject_id = r.subject_id
