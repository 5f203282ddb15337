/*
id: undeclared-nondeterminism
title: The record does not say whether the run is deterministic
subject: run
severity: warning
rationale: >
  Frameworks for accelerators use kernels that add in another order each time, seeds or not. Unless
  the record says so, a rerun that differs looks like a fault, and one that agrees like luck.
remedy: >
  Switch to deterministic algorithms, for example with `torch.use_deterministic_algorithms(True)`, and
  record `seeds.deterministic: true`; or record false and list the operations under
  `seeds.nondeterministic_operations`.
references:
  - https://docs.pytorch.org/docs/stable/notes/randomness.html
  - https://www.tensorflow.org/api_docs/python/tf/config/experimental/enable_op_determinism
controls:
  eu-ai-act: [Annex IV 2(b)]
  nist-ai-rmf: [MEASURE 2.1]
  iso-42001: [A.6.2.3]
parameters:
  - name: packages
    type: list
    default: [torch, pytorch, pytorch-cuda, lightning, pytorch-lightning, tensorflow, tensorflow-gpu, keras, jax, jaxlib, flax, "jax-cuda*", "cupy*", "mxnet*", paddlepaddle-gpu, onnxruntime-gpu, "nvidia-*", cudatoolkit, vllm, deepspeed, bitsandbytes, triton]
    meaning: packages that use accelerators; `*` and `?` as in a shell
*/
WITH
patterns AS (
  SELECT j.value AS pattern
  FROM parameters p, json_each('[' || replace(json_quote(p.value), ',', '","') || ']') j
  WHERE p.rule = 'undeclared-nondeterminism' AND p.name = 'packages'
),
named AS MATERIALIZED (SELECT DISTINCT name FROM requirements WHERE name IS NOT NULL),
accelerated AS MATERIALIZED (SELECT DISTINCT n.name FROM named n JOIN patterns p ON n.name GLOB p.pattern),
places AS (
  SELECT environment_id, name, row_number() OVER (PARTITION BY environment_id ORDER BY position) AS place
  FROM requirements WHERE name IN (SELECT name FROM accelerated) AND instr(lower(text), '+cpu') = 0
),
required AS (SELECT environment_id, name FROM places WHERE place = 1),
judged AS (
  SELECT r.subject_id, r.path, r.line, r.deterministic, q.name,
    CASE
      WHEN r.deterministic = 1 OR r.nondeterminism IS NOT NULL THEN 'pass'
      WHEN r.deterministic = 0 OR q.name IS NOT NULL THEN 'fail'
      WHEN e.requirements_state = 'missing' AND EXISTS (
        SELECT 1 FROM run_requirements_files f
        WHERE f.subject_id = r.subject_id AND f.file_id IN (SELECT file_id FROM retired_files)) THEN 'retired'
      WHEN e.requirements_state IN ('missing', 'unreadable') THEN 'unverified'
      ELSE 'not-applicable'
    END AS outcome
  FROM runs r
  LEFT JOIN environments e ON e.environment_id = r.environment_id
  LEFT JOIN required q ON q.environment_id = r.environment_id
  LIMIT -1 OFFSET 0 -- so that SQLite asks once a row and not once a use
)
SELECT
  subject_id, CASE outcome WHEN 'retired' THEN 'not-applicable' ELSE outcome END AS outcome,
  CASE
    WHEN outcome = 'retired' THEN 'the requirements went with the retired version'
    WHEN outcome = 'fail' AND deterministic = 0 THEN 'the run is not deterministic, and the record names no operation that is to blame'
    WHEN outcome = 'fail' THEN name || ' is required, and the record does not say whether the run is deterministic'
    WHEN outcome = 'unverified' THEN 'the requirements that the record names could not be read'
    WHEN outcome = 'not-applicable' THEN 'no framework that uses accelerators is required'
    ELSE ''
  END AS message,
  CASE WHEN outcome = 'fail' THEN
    json_object('count', 1, 'items', json_array(json_object(
      'item', CASE deterministic WHEN 0 THEN 'seeds.nondeterministic_operations' ELSE 'seeds.deterministic' END,
      'message', CASE deterministic WHEN 0 THEN 'no operation is named' ELSE 'nothing is said of determinism' END,
      'path', path, 'line', line)))
  END AS details
FROM judged
