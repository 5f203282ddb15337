/*
id: voided-waiver
title: A waiver is bound to content that has changed
subject: waiver
severity: warning
rationale: >
  A waiver with a digest accepts one file or dataset as somebody saw it. Other bytes under the same name
  are another decision.
remedy: >
  Look at what is there now; have it waived with the new digest, restore what was there, or remove the
  waiver.
references:
  - https://airc.nist.gov/airmf-resources/airmf/5-sec-core/
controls:
  eu-ai-act: [Article 9(2), Article 17(1)(m)]
  nist-ai-rmf: [GOVERN 1.4, MANAGE 1.4]
  iso-42001: [A.3.2, A.6.2.4]
parameters: []
*/
WITH
dated AS (
  SELECT w.*, substr(c.now, 1, 10) AS today FROM waivers w CROSS JOIN current c
),
judged AS (
  SELECT *,
    CASE
      WHEN binding = 'none' OR created > today OR ends < today OR subjects = 0 THEN 'not-applicable'
      WHEN binding = 'unread' THEN 'unverified'
      WHEN binding = 'changed' THEN 'fail'
      ELSE 'pass'
    END AS outcome,
    CASE
      WHEN binding = 'none' THEN 'it is bound to no digest'
      WHEN created > today THEN 'it is in force from ' || created
      WHEN ends < today THEN 'it expired on ' || ends
      WHEN subjects = 0 THEN 'no subject of ' || rule || ' is called ' || subject_glob
      WHEN binding = 'unread' THEN 'no file was read, so the digest that it is bound to is not known'
      WHEN binding = 'changed' THEN 'no file of ' || subject_glob || ' has the digest that it is bound to'
      ELSE 'the content that it is bound to is there'
    END AS message
  FROM dated
)
SELECT subject_id, outcome, message,
  CASE WHEN outcome = 'fail' THEN
    json_object('count', 1, 'items', json_array(json_object(
      'item', subject, 'message', message, 'path', path, 'line', line)))
  END AS details
FROM judged
