/*
id: missing-promotion-policy
title: The policy says nothing of a stage that is in use
subject: alias
severity: note
rationale: >
  What people deploy by has the name of a stage, and the policy does not say what a version must have
  reached before it gets there: no metric, no validation, nobody's consent.
remedy: >
  Add the stage to `stages` of the policy, with what it asks; an empty stage (`canary: {}`) says that
  nothing is asked on purpose.
references:
  - https://airc.nist.gov/airmf-resources/airmf/5-sec-core/
controls:
  eu-ai-act: [Annex IV 2(g), Article 17]
  nist-ai-rmf: [GOVERN 1.3, GOVERN 1.4]
  iso-42001: [A.6.2.4, A.6.2.5]
parameters:
  - {name: names, type: list, default: [prod, production, live, staging, stage, preprod, pre-production], meaning: aliases that are taken for stages, in any case of letters}
*/
WITH
judged AS (
  SELECT a.subject_id, a.alias, a.path,
    CASE
      WHEN s.stage IS NOT NULL THEN 'pass'
      WHEN instr(',' || lower(p.value) || ',', ',' || lower(a.alias) || ',') > 0 THEN 'fail'
      ELSE 'not-applicable'
    END AS outcome
  FROM aliases a
  JOIN parameters p ON p.rule = 'missing-promotion-policy' AND p.name = 'names'
  LEFT JOIN stages s ON s.stage = a.alias
)
SELECT
  subject_id, outcome,
  CASE outcome
    WHEN 'pass' THEN 'the policy has a stage of this name'
    WHEN 'fail' THEN 'the policy has no stage `' || alias || '`, so nothing is asked of the version it points at'
    ELSE 'stages are not usually called ' || alias
  END AS message,
  CASE WHEN outcome = 'fail' THEN
    json_object('count', 1, 'items', json_array(json_object(
      'item', alias, 'message', 'the policy has no stage of this name', 'path', path, 'line', NULL)))
  END AS details
FROM judged
