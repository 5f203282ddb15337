/*
id: requirements-without-digest
title: No digest of the requirements is recorded
subject: run
severity: warning
rationale: >
  A requirements file that is edited after the run still looks like the one that the run used; only a
  digest shows the difference.
remedy: >
  Record the SHA-256 of the file as `environment.requirements_sha256`: `sha256sum requirements.txt`. A
  line for it in the checksum.txt of the version serves as well.
remedy_command: |
  cd '{folder}' && sha256sum -- '{file}' >> checksum.txt
references:
  - https://www.gnu.org/software/coreutils/manual/html_node/sha2-utilities.html
controls:
  eu-ai-act: [Annex IV 1(c), Annex IV 2(c)]
  nist-ai-rmf: [MEASURE 2.1]
  iso-42001: [A.4.2, A.4.4]
parameters: []
*/
WITH
judged AS (
  SELECT r.subject_id, r.path, r.line, q.path AS item,
    CASE
      WHEN q.file_id IS NULL OR e.requirements_state <> 'read' THEN 'not-applicable'
      WHEN q.digest IS NOT NULL OR EXISTS (SELECT 1 FROM claims c WHERE c.file_id = q.file_id) THEN 'pass'
      ELSE 'fail'
    END AS outcome
  FROM runs r
  LEFT JOIN environments e ON e.environment_id = r.environment_id
  LEFT JOIN run_requirements_files q ON q.subject_id = r.subject_id
)
SELECT
  subject_id, outcome,
  CASE outcome
    WHEN 'not-applicable' THEN 'no requirements file was read'
    WHEN 'fail' THEN 'no record states the digest of ' || item
    ELSE ''
  END AS message,
  CASE WHEN outcome = 'fail' THEN
    json_object('count', 1, 'items', json_array(json_object(
      'item', item, 'message', 'no digest of the requirements is recorded', 'path', path, 'line', line)))
  END AS details
FROM judged
