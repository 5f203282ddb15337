/*
id: missing-hardware-note
title: The run requires a GPU framework and does not say which hardware it used
subject: run
severity: warning
rationale: >
  Kernels, and the order in which they add, differ between processors and accelerators: without the
  model of the device nobody knows whether a difference is one of hardware or a fault.
remedy: >
  Record it as `environment.hardware`: the device, how many, and the driver, for example with `nvidia-
  smi --query-gpu=name,driver_version --format=csv`; `CPU only` is an answer too.
references:
  - https://docs.pytorch.org/docs/stable/notes/randomness.html
  - https://docs.nvidia.com/deploy/nvidia-smi/index.html
controls:
  eu-ai-act: [Annex IV 1(c), Annex IV 2(c)]
  nist-ai-rmf: [MEASURE 2.1]
  iso-42001: [A.4.2, A.4.4]
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
  WHERE p.rule = 'missing-hardware-note' AND p.name = 'packages'
),
named AS MATERIALIZED (SELECT DISTINCT name FROM requirements WHERE name IS NOT NULL),
accelerated AS MATERIALIZED (SELECT DISTINCT n.name FROM named n JOIN patterns p ON n.name GLOB p.pattern),
places AS ( -- a build such as 2.4.1+cpu uses no accelerator
  SELECT environment_id, name, text, path, line, row_number() OVER (PARTITION BY environment_id ORDER BY position) AS place
  FROM requirements WHERE name IN (SELECT name FROM accelerated) AND instr(lower(text), '+cpu') = 0
),
required AS (SELECT environment_id, name, text, path, line FROM places WHERE place = 1),
judged AS (
  SELECT r.subject_id, q.name, q.text, coalesce(q.path, r.path) AS path, CASE WHEN q.path IS NULL THEN r.line ELSE q.line END AS line,
    e.requirements_state,
    CASE
      WHEN nullif(trim(e.hardware), '') IS NOT NULL THEN 'pass'
      WHEN e.requirements_state = 'missing' AND EXISTS (
        SELECT 1 FROM run_requirements_files f
        WHERE f.subject_id = r.subject_id AND f.file_id IN (SELECT file_id FROM retired_files)) THEN 'retired'
      WHEN e.requirements_state IN ('missing', 'unreadable') THEN 'unverified'
      WHEN q.name IS NULL THEN 'not-applicable'
      ELSE 'fail'
    END AS outcome
  FROM runs r
  LEFT JOIN environments e ON e.environment_id = r.environment_id
  LEFT JOIN required q ON q.environment_id = r.environment_id
)
SELECT
  subject_id, CASE outcome WHEN 'retired' THEN 'not-applicable' ELSE outcome END AS outcome,
  CASE outcome
    WHEN 'retired' THEN 'the requirements went with the retired version'
    WHEN 'fail' THEN name || ' is required, and the record does not say which hardware it ran on'
    WHEN 'unverified' THEN 'the requirements that the record names could not be read'
    WHEN 'not-applicable' THEN 'no framework that uses accelerators is required'
    ELSE ''
  END AS message,
  CASE WHEN outcome = 'fail' THEN
    json_object('count', 1, 'items', json_array(json_object(
      'item', 'environment.hardware', 'message', text || ' runs on accelerators, and no hardware is recorded',
      'path', path, 'line', line)))
  END AS details
FROM judged
